package dev.autograd.examples.plot;

import dev.autograd.examples.input.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;

/** The formats of picture files. */
public enum PictureFormat {
  /** Pixels: for pictures of many small parts. */
  PNG("image/png") {
    @Override
    void write(Picture picture, OutputStream out) throws IOException {
      Png.write(picture, out);
    }
  },
  /** Shapes: for curves and text, sharp at every size. */
  SVG("image/svg+xml") {
    @Override
    void write(Picture picture, OutputStream out) throws IOException {
      Svg.write(picture, out);
    }
  };

  private final String mediaType;

  PictureFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /**
   * Returns the format that a file's name tells.
   *
   * @throws InvalidInputException if it tells none
   */
  public static PictureFormat of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    for (PictureFormat format : values()) {
      if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new InvalidInputException(
        file + ": the name does not tell the format of the picture; end it in .png or .svg");
  }

  /** Writes a picture to a stream, which stays open. */
  abstract void write(Picture picture, OutputStream out) throws IOException;

  /** Returns a picture as an address that holds its content, for pages that are one file. */
  public String dataAddress(Picture picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(picture, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be drawn: " + e.getMessage(), e);
    }
    return "data:"
        + mediaType
        + ";base64,"
        + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
