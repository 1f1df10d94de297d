package dev.autograd.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autograd.array.DType;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Kernels;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where a library is missing or broken, which never is an error. */
class LibrariesTest {

  private static final Platform LINUX = Platform.of("Linux", "amd64");

  @TempDir private Path directory;

  @BeforeEach
  void useACacheOfItsOwn() {
    System.setProperty(Cache.PROPERTY, directory.resolve("cache").toString());
  }

  @AfterEach
  void forgetTheProperties() {
    System.clearProperty(Cache.PROPERTY);
    System.clearProperty(Libraries.PROPERTY);
  }

  private static Libraries find(Path... jars) throws IOException {
    try (URLClassLoader loader = Jars.loader(jars)) {
      return Libraries.find(LINUX, loader);
    }
  }

  private Path jar(String artifact, String file) throws IOException {
    return Jars.write(
        directory.resolve(artifact + ".jar"),
        "org/bytedeco/" + artifact + "/linux-x86_64/",
        Map.of(file, "not a library".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void withoutAnyTheMessageSaysWhatToAdd() throws IOException {
    Libraries none = find();
    assertThat(none.layers()).isEmpty();
    assertThat(none.obstacles())
        .containsExactly(
            "no native library is on the class path; add "
                + Carrier.OPENBLAS.coordinates(LINUX)
                + ", or name a file with -D"
                + Libraries.PROPERTY);
  }

  /** Through JNI one library is loaded per process, and another test may have been first. */
  private static void assumeThatTheFirstIsLoadedHere() {
    String name = "dev/ludovic/netlib/blas/JNIBLAS.class";
    assumeTrue(
        ForeignLibrary.isSupported()
            || LibrariesTest.class.getClassLoader().getResource(name) == null);
  }

  @Test
  void aBrokenLibraryIsAReason() throws IOException {
    assumeThatTheFirstIsLoadedHere();
    Libraries broken = find(jar("openblas", "libopenblas.so.0"));
    assertThat(broken.layers()).isEmpty();
    assertThat(broken.obstacles()).hasSize(1);
    assertThat(broken.obstacles().get(0)).startsWith("OpenBLAS cannot be used: ");
  }

  @Test
  void aJarWithoutItsLibraryIsAReason() throws IOException {
    Libraries empty = find(jar("openblas", "readme.txt"));
    assertThat(empty.layers()).isEmpty();
    assertThat(empty.obstacles()).hasSize(1);
    assertThat(empty.obstacles().get(0)).contains("there is no library in");
  }

  @Test
  void jarsOfOtherPlatformsAreNotLookedAt() throws IOException {
    try (URLClassLoader loader = Jars.loader(jar("openblas", "libopenblas.so.0"))) {
      Libraries none = Libraries.find(Platform.of("Mac OS X", "aarch64"), loader);
      assertThat(none.obstacles().get(0)).contains("macosx-arm64");
    }
  }

  @Test
  void aNamedFileThatIsNotThereIsAReason() throws IOException {
    System.setProperty(Libraries.PROPERTY, directory.resolve("libblas.so").toString());
    assertThat(find().obstacles())
        .containsExactly(
            "there is no file "
                + directory.resolve("libblas.so")
                + ", which "
                + Libraries.PROPERTY
                + " names");
  }

  @Test
  void aNamedFileThatIsNoLibraryIsAReasonEvenIfAJarIsThere() throws IOException {
    assumeThatTheFirstIsLoadedHere();
    Path file = Files.writeString(directory.resolve("libblas.so"), "not a library");
    System.setProperty(Libraries.PROPERTY, file.toString());
    Libraries broken = find(jar("openblas", "libopenblas.so.0"));
    assertThat(broken.obstacles()).hasSize(1);
    assertThat(broken.obstacles().get(0)).startsWith("libblas.so cannot be used: ");
  }

  @Test
  void aBackEndWithoutLibrariesSaysSoAndLeavesTheKernelsAlone() throws IOException {
    NativeBackend backend = new NativeBackend(find());
    assertThat(backend.name()).isEqualTo("native");
    assertThat(backend.level()).isGreaterThan(10);
    assertThat(backend.obstacle()).get().asString().startsWith("no native library");
    Kernels<Object> below = Backends.kernels(DType.F64);
    assertThat((Object) backend.kernels(DType.F64, below)).isSameAs(below);
    assertThat((Object) backend.movement(DType.F64, below)).isSameAs(below);
  }
}
