package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the catalogue cannot know of poolings: ties, special values, listings, refusals. */
class PoolingTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Returns the gradient of the sum of all largest elements of a sequence. */
  private static double[] gradientOfMax(Pooling options, double... x) {
    Tensor leaf = Tensor.of(x).withGrad();
    leaf.maxPool1d(options).sum().backward();
    return leaf.grad().toDoubleArray();
  }

  @Test
  void theFirstOfEqualElementsGetsTheGradient() {
    Tensor x = Tensor.ones(DType.F64, 2, 4).withGrad();
    x.maxPool2d(Pooling.of(2)).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(1, 0, 1, 0, 0, 0, 0, 0);

    assertThat(gradientOfMax(Pooling.of(2), 0.0, -0.0)).containsExactly(1, 0);
    assertThat(gradientOfMax(Pooling.of(3).stride(1), 1, 5, 5, 2)).containsExactly(0, 2, 0, 0);
  }

  @Test
  void aWindowThatWouldBeginRightBehindIsNone() {
    Tensor x = Tensor.of(1.0, 2, 3);
    assertThat(x.maxPool1d(Pooling.of(1).stride(3).ceilMode()).toDoubleArray()).containsExactly(1);
    assertThat(x.maxPool1d(Pooling.of(1).stride(2).ceilMode()).toDoubleArray())
        .containsExactly(1, 3);
  }

  @Test
  void sizesAreNotTooSmall() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pooling.of(0))
        .withMessage("kernel: 0 is too small; it must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pooling.of(2).dilation(0))
        .withMessage("dilation: 0 is too small; it must be at least 1");
  }

  @Test
  void theFirstNaNIsLargest() {
    Tensor x = Tensor.of(INFINITY, Double.NaN, Double.NaN, 1, 2, 3);
    assertThat(x.maxPool1d(Pooling.of(3)).toDoubleArray()).containsExactly(Double.NaN, 3);
    assertThat(gradientOfMax(Pooling.of(3), INFINITY, Double.NaN, Double.NaN))
        .containsExactly(0, 1, 0);
  }

  @Test
  void paddingIsSmallerThanEverything() {
    Pooling options = Pooling.of(3).stride(2).padding(1);
    Tensor x = Tensor.of(-5, -INFINITY, -INFINITY, -INFINITY);
    assertThat(x.maxPool1d(options).toDoubleArray()).containsExactly(-5, -INFINITY);
    assertThat(gradientOfMax(options, -5, -INFINITY, -INFINITY, -INFINITY))
        .containsExactly(1, 1, 0, 0);
  }

  @Test
  void aNaNUnderOneWindowLeavesOtherGradientsAlone() {
    Tensor x = Tensor.of(1, Double.NaN, 3, 4).withGrad();
    Tensor y = x.maxPool1d(Pooling.of(2));
    y.slice(0, 1, 2).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(0, 0, 0, 1);
  }

  @Test
  void theSecondDerivativeOfASquaredMaximumIsTwoAtItsPlace() {
    Tensor x = Tensor.of(1, 3, 2, 5).withGrad();
    Tensor y = x.maxPool1d(Pooling.of(2)).square().sum();
    Tensor g = Autograd.grad(y, x, GradOptions.createGraph());
    assertThat(g.toDoubleArray()).containsExactly(0, 6, 0, 10);
    assertThat(Autograd.grad(g.sum(), x).toDoubleArray()).containsExactly(0, 2, 0, 2);
  }

  @Test
  void averagesCountPaddingButNotWhatHangsOver() {
    Tensor x = Tensor.of(6, 12, 18);
    Pooling padded = Pooling.of(2).padding(1);
    assertThat(x.avgPool1d(padded).toDoubleArray()).containsExactly(3, 15);
    assertThat(x.avgPool1d(padded.excludePadding()).toDoubleArray()).containsExactly(6, 15);
    assertThat(x.avgPool1d(Pooling.of(2).ceilMode()).toDoubleArray()).containsExactly(9, 18);
    // The last window has one element, one place of padding, and one that hangs over.
    Pooling both = Pooling.of(3).stride(3).padding(1).ceilMode();
    assertThat(x.avgPool1d(both).toDoubleArray()).containsExactly(6, 9);
    assertThat(x.avgPool1d(both.excludePadding()).toDoubleArray()).containsExactly(9, 18);
  }

  @Test
  void manySinglePrecisionElementsAreSummedInDouble() {
    Tensor x = Tensor.full(DType.F32, 0.1, 1, 1000, 1000);
    assertThat(x.avgPool2d(Pooling.of(1000)).item()).isEqualTo(0.1f);
  }

  @Test
  void listingsShowTheOptions() {
    Tensor x = Tensor.zeros(DType.F64, 6, 6).withGrad();
    assertThat(x.maxPool2d(Pooling.of(2)).vertex().attributes()).hasToString("{kernel=2}");
    Pooling more = Pooling.of(3, 2).stride(1).padding(1).dilation(2).ceilMode();
    assertThat(x.avgPool2d(more.excludePadding()).vertex().attributes())
        .hasToString(
            "{kernel=3x2, stride=1, padding=1, dilation=2, overhangs=true, countsPadding=false}");
  }

  @Test
  void windowsThatDoNotFit() {
    Tensor x = Tensor.zeros(DType.F64, 2, 5);
    assertRefused(
        () -> x.maxPool2d(Pooling.of(3)),
        "maxPool2d: the output height, (size + 2 padding - dilation (kernel - 1) - 1) / stride + 1,"
            + " is (2 + 2*0 - 1*(3 - 1) - 1) / 3 + 1 = 0; it must be at least 1, use a smaller"
            + " kernel or more padding");
    assertRefused(
        () -> x.avgPool1d(Pooling.of(9).stride(2).ceilMode()),
        "avgPool1d: the output length, (size + 2 padding - dilation (kernel - 1) - 1) / stride + 1,"
            + " rounded up, is (5 + 2*0 - 1*(9 - 1) - 1) / 2 + 1 = -1; it must be at least 1, use a"
            + " smaller kernel or more padding");
    assertRefused(
        () -> x.maxPool1d(Pooling.of(2).padding(2)),
        "maxPool1d: window 0 of the length lies on padding alone (size 5, kernel 2, stride 2,"
            + " padding 2, dilation 1); use less padding");
    assertRefused(
        () -> Tensor.zeros(DType.F64, 1, 3).avgPool2d(Pooling.of(2).padding(1).dilation(2)),
        "avgPool2d: window 0 of the height lies on padding alone (size 1, kernel 2, stride 2,"
            + " padding 1, dilation 2); use less padding");
    assertRefused(
        () -> Tensor.of(1, 2).maxPool2d(Pooling.of(1)),
        "maxPool2d: the input is [2]; it must be [..., height, width]");
  }

  @Test
  void optionsThatDoNotFit() {
    Tensor x = Tensor.zeros(DType.F64, 5);
    assertRefused(() -> Pooling.of(0), "kernel: 0 is too small; it must be at least 1");
    assertRefused(
        () -> Pooling.of(2).stride(2, 0), "stride: 2x0 is too small; it must be at least 1");
    assertRefused(
        () -> Pooling.of(2).padding(-1), "padding: -1 is too small; it must be at least 0");
    assertRefused(
        () -> x.maxPool1d(Pooling.of(2).excludePadding()),
        "maxPool1d: excludePadding is an option of averages; leave it out");
    assertRefused(
        () -> x.maxPool1d(Pooling.of(1, 2)),
        "maxPool1d: the kernel is 1x2 for a single axis; give one number");
    assertThatThrownBy(() -> Tensor.indices(1, 2).avgPool1d(Pooling.of(2)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("avgPool1d: the tensor is I32; it must be F32 or F64, convert it with to(F64)");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
