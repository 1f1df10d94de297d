package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Parameter;
import dev.autograd.Replay;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How functions under check are run. */
class SubjectsTest {

  private static final Block BLOCK = new Block("x", "\"x\"", Shape.of(2), Precision.DOUBLE, 1, 2);

  private static final Block SINGLE = new Block("x", "\"x\"", Shape.of(2), Precision.SINGLE, 1, 2);

  private static final double[][] AT = {{3, 0.1}};

  private static FreshLeaves fresh(UnaryOperator<Tensor> f, Block block) {
    return new FreshLeaves(inputs -> f.apply(inputs.get(0)), List.of(block));
  }

  private static double[] values(Run run) {
    return run.output().toDoubleArray();
  }

  @Test
  void freshLeavesAreTrackedNamedAndOfTheBlocksPrecision() {
    Run run = fresh(x -> x.mul(2), BLOCK).run(AT);
    assertThat(values(run)).containsExactly(6, 0.2);
    assertThat(run.inputs().get(0).requiresGrad()).isTrue();
    assertThat(run.inputs().get(0).name()).isEqualTo("x");
    assertThat(run.inputs().get(0).dtype()).isEqualTo(DType.F64);
    assertThat(fresh(x -> x, SINGLE).run(AT).inputs().get(0).dtype()).isEqualTo(DType.F32);
  }

  @Test
  void elsewhereIsNearerToZero() {
    assertThat(Subject.elsewhere(new double[][] {{1024, -2048}, {0}}))
        .isDeepEqualTo(new double[][] {{1023, -2046}, {0}});
  }

  @Test
  void disturbingFreshLeavesRunsThemElsewhere() {
    List<double[]> seen = new ArrayList<>();
    fresh(
            x -> {
              seen.add(x.toDoubleArray());
              return x;
            },
            BLOCK)
        .disturb(new double[][] {{1024, 2048}});
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0)).containsExactly(1023, 2046);
  }

  @Test
  void whatIsThrownElsewhereIsForgotten() {
    Subject failing =
        fresh(
            x -> {
              throw new UnsupportedOperationException("mine");
            },
            BLOCK);
    failing.runElsewhere(AT);
    assertThatThrownBy(() -> failing.run(AT, Place.GIVEN))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> failing.run(AT, Place.moved(BLOCK, 0, 2)))
        .isInstanceOf(Undefined.class)
        .hasMessage(
            "gradient check: the function threw java.lang.UnsupportedOperationException: mine with"
                + " \"x\" [0] moved from 1.0 to 3.0")
        .hasCauseInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void parametersGetValuesInPlace() {
    Parameter p = Parameter.of("x", Tensor.of(1.0, 2.0));
    ParametersInPlace subject = new ParametersInPlace(() -> p.mul(2), List.of(p), List.of(BLOCK));
    assertThat(values(subject.run(AT))).containsExactly(6, 0.2);
    assertThat(subject.run(AT).inputs()).containsExactly(p);
    long version = p.version();
    subject.run(AT);
    assertThat(p.version()).isEqualTo(version);
    subject.disturb(new double[][] {{5, 6}});
    assertThat(p.version()).isEqualTo(version);
    subject.restore(new double[][] {{1, 2}});
    assertThat(p.toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void parametersMustStayAsTheyAre() {
    Parameter p = Parameter.of("x", Tensor.of(1.0, 2.0));
    ParametersInPlace subject =
        new ParametersInPlace(
            () -> {
              Tensor y = p.mul(2);
              p.assign(Tensor.of(3.0, 0.2));
              return y;
            },
            List.of(p),
            List.of(BLOCK));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> subject.run(AT))
        .withMessageContaining("\"x\" [1] was 0.1 before it ran and is 0.2 now");
  }

  @Test
  void parametersInSinglePrecisionMayRoundWhatTheyGet() {
    Parameter p = Parameter.of("x", Tensor.of(1.0, 2.0).to(DType.F32));
    ParametersInPlace subject = new ParametersInPlace(() -> p.mul(2), List.of(p), List.of(SINGLE));
    assertThat(values(subject.run(AT))).containsExactly(6, 0.2f);
  }

  @Test
  void whatIsDrawnInTheFirstRunIsDrawnAgain() {
    Random random = new Random(1);
    List<Double> drawn = new ArrayList<>();
    Subject repeated =
        new Repeated(
            fresh(
                x -> {
                  double factor = Replay.draw(random::nextLong);
                  drawn.add(factor);
                  return x.mul(factor);
                },
                BLOCK),
            new Repeated.Memory());
    repeated.disturb(AT);
    assertThat(drawn).isEmpty();
    double[] first = values(repeated.run(AT));
    assertThat(values(repeated.run(AT))).containsExactly(first);
    repeated.disturb(AT);
    assertThat(drawn).hasSize(3).containsOnly(drawn.get(0));
  }

  @Test
  void stopsAreRunThroughAndNoted() {
    Set<String> stops = new LinkedHashSet<>();
    List<double[]> seen = new ArrayList<>();
    Subject through =
        new ThroughStops(
            fresh(
                x -> {
                  seen.add(x.toDoubleArray());
                  return x.detach();
                },
                BLOCK),
            stops);
    assertThat(through.run(AT).output().requiresGrad()).isTrue();
    assertThat(stops).hasSize(1).allMatch(line -> line.contains("SubjectsTest.java:"));
    through.disturb(AT);
    assertThat(seen).hasSize(2);
  }
}
