package dev.autograd.nn.io;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that are written whole or not at all: into a temporary file beside the target, forced to
 * the disk, and renamed over it. Whoever reads meanwhile, or after a crash, sees the old content or
 * the new; if writing fails, the old file is untouched and the temporary one is gone.
 *
 * <p>A symbolic link is followed: what it points to is replaced. A file that is replaced keeps its
 * permissions, where there are POSIX ones. An interrupt of the thread disturbs nothing, and stays
 * set.
 *
 * <p>What a process that was killed has left is removed by the next one that writes into its folder
 * {@value Leftovers#MINUTES} minutes later.
 */
public final class AtomicFile {

  private static final int BUFFER = 1 << 16;

  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes everything to a stream, which is buffered, and which the caller closes; once more if
     * the thread was interrupted meanwhile.
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a text in UTF-8, replacing what was there.
   *
   * @throws UncheckedIOException if the file cannot be written there; the old one is then untouched
   */
  public static void write(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a file, replacing what was there. What the content throws comes through, and leaves the
   * old file untouched.
   *
   * @throws UncheckedIOException if the file cannot be written there; the old one is then untouched
   */
  public static void write(Path file, Content content) {
    Path target = target(file);
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw unwritable(file, "there is no directory " + folder + "; create it first");
    }
    Leftovers.remove(folder);
    Uninterrupted.run(
        () -> {
          try {
            replace(target, folder, content);
          } catch (IOException e) {
            throw new UncheckedIOException(
                file
                    + ": cannot be written in "
                    + folder
                    + "; check its permissions and free space",
                e);
          }
        });
  }

  private static Path target(Path file) {
    if (!Files.exists(file)) {
      return file.toAbsolutePath();
    }
    // A device, such as the null device, must not be renamed away.
    if (!Files.isRegularFile(file)) {
      throw unwritable(file, "is no ordinary file; choose another name");
    }
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be found; check its path", e);
    }
  }

  private static UncheckedIOException unwritable(Path file, String problem) {
    return new UncheckedIOException(
        file + ": " + problem, new FileSystemException(file.toString(), null, problem));
  }

  private static void replace(Path target, Path folder, Content content) throws IOException {
    Path temporary = temporary(folder);
    try {
      try (FileChannel channel = FileChannel.open(temporary, WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      keepPermissions(target, temporary);
      // On most systems the first implies the second, but not by contract.
      Files.move(temporary, target, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException | RuntimeException | Error e) {
      // Not in a finally block: once renamed, the name may already be another writer's.
      remove(temporary, e);
      throw e;
    }
    forceNames(folder);
  }

  /** Makes an empty file of a name that no other writer has. */
  private static Path temporary(Path folder) throws IOException {
    for (int n = 0; ; n++) {
      Path candidate = folder.resolve(Leftovers.name(ProcessHandle.current().pid(), n));
      if (!Files.exists(candidate)) {
        try {
          return Files.createFile(candidate);
        } catch (FileAlreadyExistsException e) {
          // Somebody was faster; the next name may be free.
        }
      }
    }
  }

  private static void keepPermissions(Path target, Path temporary) throws IOException {
    if (Files.exists(target) && Files.getFileStore(target).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(target));
    }
  }

  private static void remove(Path temporary, Throwable reason) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static void forceNames(Path folder) {
    try (FileChannel names = FileChannel.open(folder, READ)) {
      names.force(true);
    } catch (IOException unsupported) {
      // Some systems cannot open a directory; the content itself is on the disk already.
    }
  }
}
