package dev.autograd.nn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir private Path folder;

  @Test
  void writesUtf8AndLeavesNoOtherFile() throws IOException {
    Path file = folder.resolve("text.txt");
    AtomicFile.write(file, "x̂ = 1\n");
    assertThat(Files.readString(file)).isEqualTo("x̂ = 1\n");
    assertThat(names(folder)).containsExactly("text.txt");
  }

  @Test
  void replacesTheWholeFile() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), "a longer text");
    AtomicFile.write(file, "short");
    assertThat(Files.readString(file)).isEqualTo("short");
    assertThat(names(folder)).containsExactly("text.txt");
  }

  @Test
  void aReaderOfTheOldFileKeepsTheOldText() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), "old");
    try (var reader = Files.newBufferedReader(file)) {
      AtomicFile.write(file, "new");
      assertThat(reader.readLine()).isEqualTo("old");
    }
    assertThat(Files.readString(file)).isEqualTo("new");
  }

  @Test
  void aFullDiskLeavesTheOldFile() throws IOException {
    int disk = 64 * 1024;
    Configuration small =
        Configuration.unix().toBuilder().setMaxSize(disk).setBlockSize(1024).build();
    try (FileSystem system = Jimfs.newFileSystem(small)) {
      Path there = Files.createDirectory(system.getPath("/models"));
      Path file = Files.writeString(there.resolve("model"), "old");
      byte[] content = new byte[2 * disk];
      assertThatThrownBy(() -> AtomicFile.write(file, out -> out.write(content)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              "/models/model: cannot be written in /models; check its permissions and free space")
          .rootCause()
          .hasMessageContaining("disk space");
      assertThat(Files.readString(file)).isEqualTo("old");
      assertThat(names(there)).containsExactly("model");
      AtomicFile.write(file, "there is room again");
      assertThat(Files.readString(file)).isEqualTo("there is room again");
    }
  }

  @Test
  void whatTheContentThrowsLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), "old");
    IllegalStateException stop = new IllegalStateException("stop");
    AtomicFile.Content halfway =
        out -> {
          out.write(new byte[1 << 20]);
          throw stop;
        };
    assertThatThrownBy(() -> AtomicFile.write(file, halfway)).isSameAs(stop);
    assertThat(Files.readString(file)).isEqualTo("old");
    assertThat(names(folder)).containsExactly("text.txt");
  }

  @Test
  void nothingIsSeenBeforeAllIsWritten() throws IOException {
    Path file = folder.resolve("text.txt");
    AtomicFile.write(
        file,
        out -> {
          out.write(new byte[1 << 20]);
          out.flush();
          assertThat(file).doesNotExist();
        });
    assertThat(file).hasSize(1 << 20);
  }

  @Test
  void writersOfOneFileDoNotMeet() throws IOException, InterruptedException {
    Path file = folder.resolve("text.txt");
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Thread slow = new Thread(() -> AtomicFile.write(file, out -> pause(out, inside, leave)));
    slow.start();
    inside.await();
    AtomicFile.write(file, "fast");
    assertThat(Files.readString(file)).isEqualTo("fast");
    leave.countDown();
    slow.join();
    assertThat(Files.readString(file)).isEqualTo("slow");
    assertThat(names(folder)).containsExactly("text.txt");
  }

  private static void pause(OutputStream out, CountDownLatch inside, CountDownLatch leave)
      throws IOException {
    inside.countDown();
    try {
      leave.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    out.write("slow".getBytes(UTF_8));
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).isEqualTo("new");
  }

  @Test
  void permissionsAreKept() throws IOException {
    Configuration posix =
        Configuration.unix().toBuilder().setAttributeViews("basic", "owner", "posix").build();
    try (FileSystem system = Jimfs.newFileSystem(posix)) {
      Path file = Files.writeString(system.getPath("/secret"), "old");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      AtomicFile.write(file, "new");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void whatIsNoOrdinaryFileIsLeftAlone() {
    assertThatThrownBy(() -> AtomicFile.write(folder, "text"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(folder + ": is no ordinary file; choose another name");
    assertThat(folder).isDirectory();
  }

  @Test
  void theFolderMustExist() {
    Path file = folder.resolve("a/b");
    assertThatThrownBy(() -> AtomicFile.write(file, "text"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(file + ": there is no directory " + folder.resolve("a") + "; create it first");
  }

  @Test
  void aFailedWriteNamesThePlace() throws IOException {
    Path file = folder.resolve("n".repeat(300));
    assertThatThrownBy(() -> AtomicFile.write(file, "text"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            file + ": cannot be written in " + folder + "; check its permissions and free space");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void whatKilledWritersHaveLeftIsRemoved() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    child.waitFor();
    String dead = Leftovers.name(child.pid(), 0);
    String alive = Leftovers.name(ProcessHandle.current().pid(), 7);
    String recent = Leftovers.name(child.pid(), 1);
    String other = ".autograd-x-0.tmp";
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    for (String name : List.of(dead, alive, other)) {
      Files.setLastModifiedTime(Files.createFile(folder.resolve(name)), longAgo);
    }
    Files.createFile(folder.resolve(recent));
    AtomicFile.write(folder.resolve("text.txt"), "text");
    assertThat(names(folder)).containsExactlyInAnyOrder("text.txt", alive, recent, other);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
