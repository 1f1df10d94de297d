package dev.autograd.examples.plot;

import dev.autograd.nn.io.AtomicFile;
import java.nio.file.Path;

/** Pictures in files, whole or not at all; the file's name tells the format. */
public final class PictureFile {

  private PictureFile() {}

  /**
   * Writes a picture, replacing what was there.
   *
   * @throws dev.autograd.examples.input.InvalidInputException if the name ends neither in .png nor
   *     in .svg
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, Picture picture) {
    PictureFormat format = PictureFormat.of(file);
    AtomicFile.write(file, out -> format.write(picture, out));
  }
}
