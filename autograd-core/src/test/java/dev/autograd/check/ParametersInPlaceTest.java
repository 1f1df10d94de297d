package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters come back to the bit, however a check ends. */
class ParametersInPlaceTest {

  private static final double[] W = {0.1 + 0.2, -0.0, 1e-300, -7.25};
  private static final double[] B = {1 / 3.0, Double.MIN_VALUE};

  private final Parameter w = Parameter.of("w", Tensor.of(W));
  private final Parameter b = Parameter.of("b", Tensor.of(B));

  private Tensor loss() {
    return w.sin().sum().add(b.exp().mul(b.sum()).sum());
  }

  private void assertRestored() {
    assertThat(bits(w.toDoubleArray())).containsExactly(bits(W));
    assertThat(bits(b.toDoubleArray())).containsExactly(bits(B));
    assertThat(w.hasGrad()).isFalse();
    assertThat(b.hasGrad()).isFalse();
  }

  private static long[] bits(double... values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void areRestoredAfterSuccess(int order) {
    GradientCheck.of(this::loss).at(w, b).order(order).assertPasses();
    assertRestored();
  }

  @Test
  void areRestoredAfterAFailedCheck() {
    Supplier<Tensor> wrong = () -> PlantedBugsTest.scaled(loss(), 2);
    assertThat(GradientCheck.of(wrong).at(w, b).check().passed()).isFalse();
    assertRestored();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 12, 20, 25, 30, 45})
  void areRestoredAfterAnException(int calls) {
    AtomicInteger left = new AtomicInteger(calls);
    Supplier<Tensor> failing =
        () -> {
          if (left.getAndDecrement() <= 0) {
            throw new UnsupportedOperationException("enough");
          }
          return loss();
        };
    assertThatThrownBy(GradientCheck.of(failing).at(w, b).order(2)::check)
        .isInstanceOf(RuntimeException.class);
    assertRestored();
  }

  @Test
  void areRestoredAfterAnError() {
    AtomicInteger left = new AtomicInteger(22);
    Supplier<Tensor> failing =
        () -> {
          if (left.getAndDecrement() <= 0) {
            throw new StackOverflowError();
          }
          return loss();
        };
    assertThatThrownBy(GradientCheck.of(failing).at(w, b)::check)
        .isInstanceOf(StackOverflowError.class);
    assertRestored();
  }

  @Test
  void areRestoredIfTheFunctionAssignsThemItself() {
    Supplier<Tensor> training =
        () -> {
          w.assign(w.add(1));
          return loss();
        };
    assertThatThrownBy(GradientCheck.of(training).at(w, b)::check)
        .hasMessageContaining("changes its inputs: \"w\" [0] was");
    assertRestored();
  }

  @Test
  void thatWereNotNamedKeepTheirVersion() {
    GradientCheck.of(this::loss).at(w).order(2).assertPasses();
    assertThat(b.version()).isZero();
    assertThat(w.version()).isPositive();
  }
}
