package dev.autograd.examples.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Text in UTF-8, plain or compressed with gzip, which its first two bytes tell. */
public final class TextFile {

  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /**
   * Returns the text of a file, without a byte order mark.
   *
   * @throws InvalidInputException if there is no such file, or it is no text
   */
  public static String read(Path file) {
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(file + ": is a directory; name a file in it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(file + ": there is no such file; check the path", e);
    } catch (AccessDeniedException e) {
      throw new InvalidInputException(file + ": may not be read; check its permissions", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the text of a stream, without a byte order mark.
   *
   * @param source the name for messages
   * @throws InvalidInputException if it is no text
   * @throws IOException if the stream cannot be read
   */
  public static String read(String source, InputStream in) throws IOException {
    String text = decoded(source, unzipped(source, in.readAllBytes()));
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static byte[] unzipped(String source, byte[] bytes) {
    if (bytes.length < 2 || (bytes[0] & 0xff) != GZIP_FIRST || (bytes[1] & 0xff) != GZIP_SECOND) {
      return bytes;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new InvalidInputException(
          source + ": the gzip data is damaged (" + e.getMessage() + "); fetch the file again", e);
    }
  }

  private static String decoded(String source, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new InvalidInputException(
          source
              + ", line "
              + lineAt(bytes, in.position())
              + ": is no UTF-8 text; save the file as CSV in UTF-8");
    }
    return out.flip().toString();
  }

  private static int lineAt(byte[] bytes, int position) {
    int line = 1;
    for (int i = 0; i < position; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }
}
