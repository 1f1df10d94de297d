package dev.autograd.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmTest {

  private static final Path HOME = Path.of("home");

  @Test
  void modulesTellVersionAndVectors() {
    Jvm full = Jvm.of(HOME, List.of("java.base@25.0.3", "jdk.incubator.vector@25.0.3"));
    assertThat(full).isEqualTo(new Jvm(HOME, "25.0.3", true));
    assertThat(full.best()).isEqualTo(BackEnd.VECTOR);
    Jvm small = Jvm.of(HOME, List.of("java.base@17.0.15"));
    assertThat(small).isEqualTo(new Jvm(HOME, "17.0.15", false));
    assertThat(small.best()).isEqualTo(BackEnd.SCALAR);
  }

  @Test
  void theOneThatRunsThisIsFound() throws IOException {
    assertThat(Jvm.current().version()).startsWith(Integer.toString(Runtime.version().feature()));
  }

  @Test
  void anotherDirectoryIsRefused(@TempDir Path empty) {
    assertThatThrownBy(() -> Jvm.at(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(empty + " is no Java installation")
        .hasMessageContaining("JAVA_HOME");
  }
}
