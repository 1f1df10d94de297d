package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.check.GradientCheck;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutTest {

  private static final Tensor ONES = Tensor.ones(DType.F64, 100, 100);

  private static double[] train(Dropout dropout, Tensor x) {
    return dropout.forward(x, Mode.TRAINING).toDoubleArray();
  }

  @Test
  void inferenceIsTheIdentity() {
    Dropout dropout = Dropout.of(0.5, 7);
    assertThat(dropout.forward(ONES)).isSameAs(ONES);
    assertThat(dropout.forward(ONES, Mode.INFERENCE)).isSameAs(ONES);
    assertThat(dropout.passes()).isZero();
  }

  @Test
  void trainingDropsAShareAndScalesTheRest() {
    double[] y = train(Dropout.of(0.2, 7), ONES);
    assertThat(y).containsOnly(0, 1.25);
    // 10,000 elements: the share has the standard deviation 0.004.
    double dropped = 1 - Arrays.stream(y).sum() / 1.25 / y.length;
    assertThat(dropped).isCloseTo(0.2, within(0.016));
  }

  @Test
  void expectationIsTheInput() {
    Dropout dropout = Dropout.of(0.5, 11);
    Tensor sum = Tensor.zeros(DType.F64, 4);
    for (int i = 0; i < 4000; i++) {
      sum = sum.add(dropout.forward(Tensor.of(1.0, -2.0, 3.0, 0.5), Mode.TRAINING));
    }
    // The standard deviation of a mean of 4,000 is |x| / 63.
    assertThat(sum.div(4000).toDoubleArray())
        .containsExactly(new double[] {1, -2, 3, 0.5}, within(0.2));
  }

  @Test
  void masksDependOnSeedAndPassOnly() {
    Dropout one = Dropout.of(0.5, 7);
    Dropout two = Dropout.of(0.5, 7);
    double[] first = train(one, ONES);
    double[] second = train(one, ONES);
    assertThat(second).isNotEqualTo(first);
    assertThat(train(two, ONES)).isEqualTo(first);
    assertThat(train(two, ONES)).isEqualTo(second);
    assertThat(train(Dropout.of(0.5, 8), ONES)).isNotEqualTo(first);
    assertThat(one.passes()).isEqualTo(2);
  }

  @Test
  void neighbouringPassesAndSeedsAreIndependent() {
    double[] a = train(Dropout.of(0.5, 1), ONES);
    double[] b = train(Dropout.of(0.5, 2), ONES);
    Dropout later = Dropout.of(0.5, 1);
    later.continueFrom(1);
    double[] c = train(later, ONES);
    assertThat(agreement(a, b)).isCloseTo(0.5, within(0.02));
    assertThat(agreement(a, c)).isCloseTo(0.5, within(0.02));
    assertThat(agreement(b, c)).isCloseTo(0.5, within(0.02));
  }

  private static double agreement(double[] a, double[] b) {
    int equal = 0;
    for (int i = 0; i < a.length; i++) {
      equal += a[i] == b[i] ? 1 : 0;
    }
    return (double) equal / a.length;
  }

  @Test
  void aPassCanBeRepeated() {
    Dropout dropout = Dropout.of(0.5, 7);
    double[] first = train(dropout, ONES);
    train(dropout, ONES);
    dropout.continueFrom(0);
    assertThat(train(dropout, ONES)).isEqualTo(first);
  }

  @Test
  void gradientPassesWhereTheElementDid() {
    Dropout dropout = Dropout.of(0.4, 3);
    Tensor x = ONES.withGrad();
    Tensor y = dropout.forward(x, Mode.TRAINING);
    double[] kept = y.toDoubleArray();
    assertThat(Autograd.grad(y.sum(), x).toDoubleArray()).isEqualTo(kept);
  }

  @Test
  void droppedElementsAreZeroWhateverTheyWere() {
    Tensor x = Tensor.full(DType.F64, Double.NaN, 64);
    assertThat(train(Dropout.of(0.5, 3), x)).contains(0);
  }

  @Test
  void keepsTheElementType() {
    Tensor y = Dropout.of(0.5, 3).forward(Tensor.ones(DType.F32, 50), Mode.TRAINING);
    assertThat(y.toFloatArray()).containsOnly(0f, 2f);
  }

  @Test
  void probabilityZeroDropsNothing() {
    Dropout dropout = Dropout.of(0, 3);
    assertThat(dropout.forward(ONES, Mode.TRAINING)).isSameAs(ONES);
    assertThat(dropout.dependsOnMode()).isFalse();
    assertThat(Dropout.of(0.1, 3).dependsOnMode()).isTrue();
  }

  @Test
  void refusesWhatIsNoProbability() {
    for (double p : new double[] {-0.1, 1, 2, Double.NaN}) {
      assertThatThrownBy(() -> Dropout.of(p, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the probability is " + p);
    }
  }

  @Test
  void recomputationRepeatsTheMask() {
    Dropout dropout = Dropout.of(0.5, 3);
    Tensor x = Tensor.ones(DType.F64, 50).withGrad();
    Tensor y = Autograd.recompute(t -> dropout.forward(t, Mode.TRAINING).square(), x);

    y.sum().backward();

    assertThat(dropout.passes()).isEqualTo(1);
    // Where something is left, it is 2, and the slope of (2x)² is 8.
    assertThat(x.grad().toDoubleArray()).containsExactly(y.mul(2).toDoubleArray());
  }

  @Test
  void keepsItsMaskDuringAGradientCheck() {
    Dropout dropout = Dropout.of(0.5, 7);
    Parameter w = Parameter.of("w", Tensor.of(0.5, -1.5, 2, 0.25, 1, -3));
    GradientCheck.of(() -> dropout.forward(w.square(), Mode.TRAINING).sum())
        .at(w)
        .order(2)
        .assertPasses();
    GradientCheck.of((Tensor x) -> dropout.forward(x.square(), Mode.TRAINING))
        .at(Tensor.of(0.5, -1.5, 2))
        .assertPasses();
    GradientCheck.of((Tensor x) -> dropout.forward(x.square(), Mode.TRAINING))
        .at(Tensor.of(0.5f, -1.5f, 2f))
        .assertPasses();
    // One per check, however often the function and its twin ran.
    assertThat(dropout.passes()).isEqualTo(3);
  }

  @Test
  void theNumberOfPassesIsABufferOfTheRun() {
    Dropout dropout = Dropout.of(0.5, 7);
    train(dropout, ONES);
    Buffer passes = dropout.buffers().byPath("passes");
    assertThat(passes.value().item()).isEqualTo(1);
    assertThat(passes.isRunState()).isTrue();
    passes.assign(Tensor.scalar(0));
    assertThat(train(dropout, ONES)).isEqualTo(train(Dropout.of(0.5, 7), ONES));
    dropout.continueFrom(1L << 52);
    train(dropout, ONES);
    assertThat(dropout.passes()).isEqualTo((1L << 52) + 1);
    assertThatThrownBy(() -> dropout.continueFrom((1L << 53) + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMappedLayerCountsItsOwnPasses() {
    Dropout dropout = Dropout.of(0.5, 7);
    train(dropout, ONES);
    Dropout mapped = dropout.map(t -> t);
    assertThat(train(mapped, ONES)).isEqualTo(train(dropout, ONES));
    train(mapped, ONES);
    assertThat(dropout.passes()).isEqualTo(2);
    assertThat(mapped.passes()).isEqualTo(3);
  }
}
