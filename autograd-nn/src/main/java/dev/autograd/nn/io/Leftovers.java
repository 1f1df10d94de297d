package dev.autograd.nn.io;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The temporary files of writers that were killed before they could remove them. */
final class Leftovers {

  /**
   * How long nobody may have written to one: its writer may be on another machine, where its number
   * is that of a process.
   */
  static final int MINUTES = 10;

  private static final Pattern NAME = Pattern.compile("\\.autograd-(\\d{1,18})-\\d+\\.tmp");

  private Leftovers() {}

  /** Returns the name of a process's n-th temporary file. */
  static String name(long process, int n) {
    return ".autograd-" + process + "-" + n + ".tmp";
  }

  /** Removes those in a folder whose process is no more, as far as that is possible. */
  static void remove(Path folder) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, ".autograd-*.tmp")) {
      for (Path file : all) {
        if (isLeft(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // They only take space; whether the folder can be used is found out by writing.
    }
  }

  private static boolean isLeft(Path file) throws IOException {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches()
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
        && Files.getLastModifiedTime(file)
            .toInstant()
            .isBefore(Instant.now().minus(Duration.ofMinutes(MINUTES)));
  }
}
