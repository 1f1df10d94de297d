package dev.autograd.examples.text;

import dev.autograd.examples.input.InvalidInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts of the user's. */
public final class TextFile {

  private TextFile() {}

  /**
   * Returns the text of a file in UTF-8.
   *
   * @param least how many characters are needed
   * @throws InvalidInputException if there is no such text
   */
  public static String read(Path file, int least) {
    if (!Files.exists(file)) {
      throw new InvalidInputException(file + ": there is no such file; check the path");
    }
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(file + ": is a directory; name a file in it");
    }
    try {
      String text = Files.readString(file);
      if (text.length() < least) {
        throw new InvalidInputException(
            file + ": has " + text.length() + " characters; at least " + least + " are needed");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(file + ": is no UTF-8 text; save the file in UTF-8", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be read; check its permissions", e);
    }
  }
}
