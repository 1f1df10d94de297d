package dev.autograd.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {

  private static final Jvm JVM = new Jvm(Path.of("home"), "25.0.3", true);

  private static final ClassPath ALL =
      new ClassPath(
          List.of(
              "/autograd/autograd-benchmarks/peer/target/classes",
              "/autograd/autograd-benchmarks/target/autograd-benchmarks-0.1.0.jar",
              "/autograd/autograd-core/target/classes",
              "/autograd/autograd-nn/target/autograd-nn-0.1.0.jar",
              "/m2/autograd-native-0.1.0.jar",
              "/m2/slf4j-api-2.0.jar",
              "/m2/openblas-0.3.30-linux-x86_64.jar",
              "/m2/blas-3.0.4.jar",
              "/m2/jmh-core-1.37.jar",
              "/m2/pytorch-engine-0.35.0.jar",
              "/m2/gson-2.13.1.jar"));

  @Test
  void aUserShipsWhatTheBackEndNeeds() {
    assertThat(ALL.shipped(Contender.of(JVM, BackEnd.VECTOR)).entries())
        .containsExactly("/autograd/autograd-core/target/classes", "/m2/slf4j-api-2.0.jar");
    assertThat(ALL.shipped(Contender.of(JVM, BackEnd.NATIVE)).entries())
        .containsExactly(
            "/autograd/autograd-core/target/classes",
            "/m2/autograd-native-0.1.0.jar",
            "/m2/slf4j-api-2.0.jar",
            "/m2/openblas-0.3.30-linux-x86_64.jar",
            "/m2/blas-3.0.4.jar");
  }

  @Test
  void aUserOfThePeerShipsNothingOfOurs() {
    assertThat(ALL.shipped(Contender.peer(JVM)).entries())
        .containsExactly(
            "/m2/slf4j-api-2.0.jar", "/m2/pytorch-engine-0.35.0.jar", "/m2/gson-2.13.1.jar");
  }

  @Test
  void theFirstGradientRunsOnNoMoreThanIsShippedAndItsOwnModule() {
    assertThat(ALL.startup(Contender.of(JVM, BackEnd.SCALAR)).entries())
        .containsExactly(
            "/autograd/autograd-core/target/classes",
            "/m2/slf4j-api-2.0.jar",
            "/autograd/autograd-benchmarks/target/autograd-benchmarks-0.1.0.jar");
    assertThat(ALL.startup(Contender.peer(JVM))).isEqualTo(ALL);
  }

  @Test
  void titlesAreNamesOfJars() {
    assertThat(ALL.titles(List.of("pytorch", "gson")))
        .containsExactly("pytorch-engine-0.35.0", "gson-2.13.1");
  }

  @Test
  void sizesAreThoseOfFilesInDirectoriesToo(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("a"), new byte[2000]);
    Path jar = Files.write(folder.resolveSibling("b.jar"), new byte[500]);
    ClassPath path = new ClassPath(List.of(folder.toString(), jar.toString()));
    assertThat(path.megabytes()).isEqualTo(0.0025, within(1e-12));
    Files.delete(jar);
  }
}
