package dev.autograd.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.benchmarks.workload.Case;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContenderTest {

  private static final Jvm JVM = new Jvm(Path.of("home"), "25.0.3", true);

  @Test
  void aBackEndBringsItsFlags() {
    List<String> command = command(Contender.of(JVM, BackEnd.NATIVE));
    assertThat(command.get(0)).isEqualTo(Path.of("home", "bin", "java").toString());
    assertThat(command)
        .contains(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Dautograd.backend=native",
            "-Dautograd.threads=2")
        .endsWith(Case.class.getName(), "argument");
    assertThat(command(Contender.of(JVM, BackEnd.SCALAR)))
        .contains("-Dautograd.backend=scalar")
        .noneMatch(option -> option.startsWith("--add-modules"));
  }

  @Test
  void flagsComeLast() {
    Contender frugal = Contender.of(JVM, BackEnd.VECTOR).with(List.of("-Xmx9m"));
    List<String> command = command(frugal);
    assertThat(command.indexOf("-Xmx9m"))
        .isGreaterThan(command.indexOf("-Dautograd.backend=vector"));
    assertThat(frugal.label()).isEqualTo("vector -Xmx9m");
    assertThat(frugal.name()).isEqualTo("autograd-vector-25.0.3");
  }

  @Test
  void thePeerNeedsNoBackEnd() {
    Contender peer = Contender.peer(JVM);
    assertThat(command(peer))
        .contains("-Dai.djl.offline=true")
        .noneMatch(o -> o.contains("backend"));
    assertThat(peer.process(2, Case.class).environment()).containsEntry("OMP_NUM_THREADS", "2");
    assertThat(peer.objection("anything")).isEmpty();
    assertThat(peer.label()).isEmpty();
  }

  @Test
  void settingsOfOtherProgramsAreNotInherited() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "OPENBLAS_CORETYPE", "Haswell", "MKL_CBWR", "SSE2", "OMP_WAIT_POLICY", "active"));
    environment.put("PATH", "/bin");
    Contender.clean(environment);
    assertThat(environment).containsOnlyKeys("PATH");
    assertThat(Contender.of(JVM, BackEnd.NATIVE).process(4, Case.class).environment())
        .containsEntry("OPENBLAS_NUM_THREADS", "1")
        .doesNotContainKey("OMP_NUM_THREADS");
  }

  @Test
  void anotherBackEndThanAskedForIsRefused() {
    assertThat(Contender.of(JVM, BackEnd.VECTOR).objection("vector, plain")).isEmpty();
    assertThat(Contender.of(JVM, BackEnd.VECTOR).objection("plain"))
        .hasValue("vector was asked for, and \"plain\" is in use");
    // Its products would be right, and all else slow.
    assertThat(Contender.of(JVM, BackEnd.NATIVE).objection("native, plain")).isPresent();
  }

  private static List<String> command(Contender contender) {
    return contender.process(2, Case.class, "argument").command();
  }
}
