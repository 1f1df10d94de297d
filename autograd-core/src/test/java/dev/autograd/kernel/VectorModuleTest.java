package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** What is found, and said, with and without the module: the build runs this test in both ways. */
class VectorModuleTest {

  private final List<String> said = new ArrayList<>();

  private final Logger log =
      (Logger)
          Proxy.newProxyInstance(
              Logger.class.getClassLoader(),
              new Class<?>[] {Logger.class},
              (proxy, method, arguments) -> {
                said.add(method.getName() + " " + Arrays.toString(arguments));
                return null;
              });

  private static boolean isPresent() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  @Test
  void oneLineSaysHowToSwitchItOn() {
    assertThat(VectorModule.find(false, log)).map(Backend::name).isEqualTo(expected());
    if (isPresent()) {
      assertThat(said).isEmpty();
    } else {
      assertThat(said).hasSize(1);
      assertThat(said.get(0)).startsWith("info").contains("--add-modules jdk.incubator.vector");
    }
  }

  @Test
  void askedForByNameItsAbsenceIsAWarning() {
    assertThat(VectorModule.find(true, log)).map(Backend::name).isEqualTo(expected());
    if (!isPresent()) {
      assertThat(said).hasSize(1);
      assertThat(said.get(0)).startsWith("warn").contains("--add-modules jdk.incubator.vector");
    }
  }

  private static Optional<String> expected() {
    return isPresent() ? Optional.of("vector") : Optional.empty();
  }
}
