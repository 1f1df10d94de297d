package dev.autograd.kernel.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The single-precision kernels are derived by the build, which must not silently derive nothing.
 */
class DerivationTest {

  @Test
  void everySourceHasItsTwin() throws IOException, ClassNotFoundException {
    List<String> sources = sources();
    assertThat(sources).contains("F64Kernels.java", "F64Gemm.java");
    for (String source : sources) {
      String name = source.replace("F64", "F32").replace(".java", "");
      Class<?> twin = Class.forName("dev.autograd.kernel.scalar." + name);
      assertThat(twin.getDeclaredMethods()).as(name).isNotEmpty();
    }
  }

  @Test
  void theTwinsReadFloats() throws NoSuchMethodException {
    Class<?> a = float[].class;
    assertThat(F32Kernels.class.getMethod("accumulate", a, a, int.class, int.class)).isNotNull();
    assertThat(F32Kernels.class.getMethod("fill", a, double.class, int.class, int.class))
        .isNotNull();
  }

  private static List<String> sources() throws IOException {
    Path base = Path.of(".");
    Path kernels = base.resolve("src/main/java/dev/autograd/kernel/scalar");
    try (Stream<Path> files = Files.list(kernels)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("F64"))
          .toList();
    }
  }
}
