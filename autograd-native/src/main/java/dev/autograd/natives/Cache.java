package dev.autograd.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The directory that libraries are copied to, once for all runs: {@code .cache/autograd} in the
 * user's home, or what the property {@value #PROPERTY} names. Whoever may write there decides what
 * this virtual machine executes, so it is refused if others may.
 */
final class Cache {

  static final String PROPERTY = "autograd.native.cache";

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private Cache() {}

  /**
   * Returns the directory, made if it was not there.
   *
   * @throws IOException if it cannot be written, or others can write it
   */
  static Path directory() throws IOException {
    String named = System.getProperty(PROPERTY);
    Path directory =
        named == null
            ? Path.of(System.getProperty("user.home", ""), ".cache", "autograd")
            : Path.of(named);
    try {
      return checked(directory.toAbsolutePath());
    } catch (IOException e) {
      throw new IOException(
          "libraries cannot be copied to "
              + directory
              + " ("
              + e
              + "); name a directory of your own with -D"
              + PROPERTY,
          e);
    }
  }

  /**
   * Returns a directory that is the user's alone, made if it was not there.
   *
   * @throws IOException if it cannot be written, or others can write it
   */
  static Path checked(Path directory) throws IOException {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(directory)) {
      FileAttribute<?>[] mine =
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
              }
              : new FileAttribute<?>[0];
      Files.createDirectories(directory, mine);
    }
    // A file made here is the user's: nothing else in Java says who that is.
    Path probe = Files.createTempFile(directory, "probe", null);
    try {
      if (!Files.getOwner(probe).equals(Files.getOwner(directory))) {
        throw new IOException("it belongs to " + Files.getOwner(directory));
      }
    } finally {
      Files.delete(probe);
    }
    if (posix && Files.getPosixFilePermissions(directory).stream().anyMatch(OTHERS::contains)) {
      throw new IOException("others may write there");
    }
    return directory;
  }
}
