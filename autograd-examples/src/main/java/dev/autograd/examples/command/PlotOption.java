package dev.autograd.examples.command;

import dev.autograd.examples.plot.Picture;
import dev.autograd.examples.plot.PictureFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option to draw what a command found. */
final class PlotOption {

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      converter = OutputFile.Picture.class,
      description = "Draw the result, as PNG or SVG.")
  private @Nullable Path file;

  /** Draws the picture if it was asked for. */
  void write(PrintWriter out, Supplier<? extends Picture> picture) {
    if (file != null) {
      PictureFile.write(file, picture.get());
      out.println("Wrote " + file);
    }
  }
}
