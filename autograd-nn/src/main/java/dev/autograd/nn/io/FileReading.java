package dev.autograd.nn.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Reading a file, with messages that say what to do. */
final class FileReading {

  private static final String AGAIN = "fetch it, or write it, again";

  private FileReading() {}

  /** What reads. */
  @FunctionalInterface
  interface Action<T> {

    /** Returns what was read. */
    T run() throws IOException;
  }

  /**
   * Returns what an action on a file returns.
   *
   * @throws FormatException if the file is cut off or damaged
   * @throws UncheckedIOException if it cannot be read
   */
  static <T> T of(Path file, Action<T> action) {
    if (Files.isDirectory(file)) {
      throw new UncheckedIOException(
          file + ": is a directory; name a file in it", new IOException("is a directory"));
    }
    return of(file.toString(), action);
  }

  /**
   * Returns what an action on a file or a stream returns.
   *
   * @param source its name, for messages
   * @throws FormatException if it is cut off or damaged
   * @throws UncheckedIOException if it cannot be read
   */
  static <T> T of(String source, Action<T> action) {
    try {
      return action.run();
    } catch (EOFException e) {
      throw new FormatException(source, "is cut off (" + reason(e) + "); " + AGAIN, e);
    } catch (ZipException e) {
      throw new FormatException(source, "is damaged (" + reason(e) + "); " + AGAIN, e);
    } catch (InternalError e) {
      // What the virtual machine makes of an access to a mapped file that was cut off meanwhile.
      throw new FormatException(source, "became shorter while it was read; " + AGAIN, e);
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException(source + ": there is no such file; check the path", e);
    } catch (AccessDeniedException e) {
      throw new UncheckedIOException(source + ": may not be read; check its permissions", e);
    } catch (IOException e) {
      throw new UncheckedIOException(source + ": cannot be read: " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
