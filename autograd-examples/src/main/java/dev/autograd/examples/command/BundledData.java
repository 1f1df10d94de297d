package dev.autograd.examples.command;

import dev.autograd.nn.io.CsvTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The tables inside the jar; {@code data/README.md} beside them names sources and licences. */
final class BundledData {

  private BundledData() {}

  /** Returns a table by its file name. */
  static CsvTable table(String name) {
    try (InputStream in = BundledData.class.getResourceAsStream("/data/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks data/" + name + "; build it again");
      }
      return CsvTable.read(name, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
