package dev.autograd.examples.command;

import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.examples.plot.PictureFormat;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts an argument to a file to be written. What would make the writing fail is found here, and
 * not when a training is over.
 */
class OutputFile implements ITypeConverter<Path> {

  /** A file whose name tells a format of pictures. */
  static final class Picture extends OutputFile {

    @Override
    public Path convert(String text) {
      Path file = super.convert(text);
      try {
        PictureFormat.of(file);
      } catch (InvalidInputException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
      return file;
    }
  }

  @Override
  public Path convert(String text) {
    Path file = path(text);
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new TypeConversionException(file + " is a directory; name a file in it");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new TypeConversionException("there is no directory " + folder + "; create it first");
    }
    return file;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + text + "' is no name of a file");
    }
  }
}
