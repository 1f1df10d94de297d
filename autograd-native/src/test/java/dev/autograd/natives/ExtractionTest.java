package dev.autograd.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ExtractionTest {

  private static final String FOLDER = "org/bytedeco/openblas/linux-x86_64/";

  @TempDir private Path directory;

  @AfterEach
  void forgetTheCache() {
    System.clearProperty(Cache.PROPERTY);
  }

  private List<Path> extract(String jar, Map<String, byte[]> files) throws IOException {
    Path file = Jars.write(directory.resolve(jar), FOLDER, files);
    try (URLClassLoader loader = Jars.loader(file)) {
      URL folder = loader.getResource(FOLDER);
      assertThat(folder).isNotNull();
      return Extraction.extract("openblas", List.of(folder), directory.resolve("cache"));
    }
  }

  @Test
  void librariesAreCopiedAndNothingElse() throws IOException {
    Map<String, byte[]> files =
        Map.of(
            "libopenblas.so.0", new byte[] {1, 2, 3},
            "libgfortran.so.5", new byte[] {4},
            "libjniopenblas.so", new byte[] {5},
            "include/cblas.h", new byte[] {6});
    List<Path> copied = extract("a.jar", files);
    assertThat(copied)
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder("libopenblas.so.0", "libgfortran.so.5");
    for (Path file : copied) {
      assertThat(file).hasBinaryContent(files.get(file.getFileName().toString()));
      assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
    }
  }

  @Test
  void aWholeFileIsReusedAndATruncatedOneReplaced() throws IOException {
    Map<String, byte[]> files = Map.of("libopenblas.so.0", new byte[] {1, 2, 3});
    Path first = extract("a.jar", files).get(0);
    FileTime old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(first, old);
    assertThat(extract("b.jar", files)).containsExactly(first);
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(old);

    Files.write(first, new byte[] {1});
    assertThat(extract("c.jar", files)).containsExactly(first);
    assertThat(first).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void versionsDoNotMeet() throws IOException {
    Path one = extract("a.jar", Map.of("libopenblas.so.0", new byte[] {1})).get(0);
    Path other = extract("b.jar", Map.of("libopenblas.so.0", new byte[] {2})).get(0);
    assertThat(one).isNotEqualTo(other).hasBinaryContent(new byte[] {1});
  }

  @Test
  void theCacheIsMadeForItsOwnerOnly() throws IOException {
    Path cache = directory.resolve("made/cache");
    System.setProperty(Cache.PROPERTY, cache.toString());
    assertThat(Cache.directory()).isEqualTo(cache).isEmptyDirectory();
    assertThat(Cache.directory()).isEqualTo(cache);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aCacheThatOthersMayWriteIsRefused() throws IOException {
    Path cache = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    System.setProperty(Cache.PROPERTY, cache.toString());
    assertThatThrownBy(Cache::directory)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("others may write there")
        .hasMessageContaining("-D" + Cache.PROPERTY);
  }

  @Test
  void aCacheThatCannotBeMadeIsRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    System.setProperty(Cache.PROPERTY, file.resolve("cache").toString());
    assertThatThrownBy(Cache::directory)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("-D" + Cache.PROPERTY);
  }
}
