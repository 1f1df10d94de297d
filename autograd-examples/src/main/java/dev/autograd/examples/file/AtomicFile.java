package dev.autograd.examples.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that are written whole or not at all: into a temporary file beside the target, forced to
 * the disk, and renamed over it. Whoever reads meanwhile, or after a crash, sees the old text or
 * the new.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes a text in UTF-8, replacing what was there.
   *
   * @throws InvalidInputException if the file cannot be written there; the old one is then
   *     untouched
   */
  public static void write(Path file, String text) {
    Path target = file.toAbsolutePath();
    // A device, such as the null device, must not be renamed away.
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new InvalidInputException(file + ": is no ordinary file; choose another name");
    }
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InvalidInputException(
          file + ": there is no directory " + folder + "; create it first");
    }
    try {
      replace(target, folder, text);
    } catch (IOException e) {
      throw new InvalidInputException(
          file + ": cannot be written in " + folder + "; check its permissions and free space", e);
    }
  }

  private static void replace(Path target, Path folder, String text) throws IOException {
    Path temporary =
        folder.resolve("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(temporary, CREATE, TRUNCATE_EXISTING, WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(temporary, target, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    forceNames(folder);
  }

  private static void forceNames(Path folder) {
    try (FileChannel names = FileChannel.open(folder, READ)) {
      names.force(true);
    } catch (IOException unsupported) {
      // Some systems cannot open a directory; the text itself is on the disk already.
    }
  }
}
