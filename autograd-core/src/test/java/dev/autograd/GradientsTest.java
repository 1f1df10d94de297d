package dev.autograd;

import static dev.autograd.array.DType.F32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Gradients as a value: looked up by tensor, added, scaled and clipped. */
class GradientsTest {

  private final Tensor a = Tensor.of(1.0, 2).withGrad().named("a");
  private final Tensor b = Tensor.scalar(3).withGrad();
  private final Tensor unused = Tensor.of(7.0, 7, 7).withGrad().named("unused");

  /** Returns gradients of Σ wᵢ aᵢ² + v b. */
  private Gradients gradients(double w0, double w1, double v) {
    Tensor y = a.square().mul(Tensor.of(w0, w1)).sum().add(b.mul(v));
    return Autograd.grad(y, List.of(a, b, unused), GradOptions.defaults().allowUnused());
  }

  private static double[] values(Gradients gradients, Tensor input) {
    return gradients.of(input).toDoubleArray();
  }

  @Test
  void lookUpByIdentityInTheOrderAskedFor() {
    Gradients gradients = gradients(1, 1, 5);
    assertThat(gradients.inputs()).containsExactly(a, b, unused);
    assertThat(values(gradients, a)).containsExactly(2, 4);
    assertThat(gradients.of(b).item()).isEqualTo(5);
    Tensor sameNumbers = Tensor.of(1.0, 2).withGrad().named("twin");
    assertThatThrownBy(() -> gradients.of(sameNumbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "gradients: none was asked for with respect to this tensor \"twin\" F64[2]; tensors are"
                + " looked up by identity, pass the same object to grad() and of()");
    assertThatThrownBy(() -> gradients.reached(a.detach()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> gradients.inputs().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theInputsAreThoseOfTheCall() {
    List<Tensor> inputs = new ArrayList<>(List.of(a));
    Gradients gradients = Autograd.grad(a.sum(), inputs);
    inputs.clear();
    assertThat(gradients.inputs()).containsExactly(a);
  }

  @Test
  void oneTensorMayBeUnusedIfThatIsAllowed() {
    GradOptions options = GradOptions.defaults().allowUnused();
    assertThat(Autograd.grad(b.square(), unused, options).toDoubleArray()).containsExactly(0, 0, 0);
    Tensor constant = Tensor.of(1.0, 2);
    assertThat(Autograd.grad(b.square(), constant, options).toDoubleArray()).containsExactly(0, 0);
  }

  @Test
  void whatWasNotReachedIsZerosAndSaysSo() {
    Gradients gradients = gradients(1, 1, 1);
    assertThat(gradients.reached(a)).isTrue();
    assertThat(gradients.reached(unused)).isFalse();
    assertThat(values(gradients, unused)).containsExactly(0, 0, 0);
  }

  @Test
  void containWhatWasAskedForReachedOrNot() {
    Gradients gradients = gradients(1, 1, 1);
    assertThat(gradients.contains(a)).isTrue();
    assertThat(gradients.contains(unused)).isTrue();
    assertThat(gradients.contains(a.detach())).isFalse();
    assertThat(gradients.mul(2).contains(b)).isTrue();
  }

  @Test
  void anInputListedTwice() {
    Gradients gradients = Autograd.grad(a.square().sum(), a, a);
    assertThat(values(gradients, a)).containsExactly(2, 4);
  }

  @Test
  void sumsAndMultiples() {
    Gradients first = gradients(1, 1, 1);
    Gradients second = gradients(10, 0, 2);
    Gradients sum = first.add(second);
    assertThat(values(sum, a)).containsExactly(22, 4);
    assertThat(sum.of(b).item()).isEqualTo(3);
    assertThat(sum.reached(unused)).isFalse();
    assertThat(values(sum.mul(-0.5), a)).containsExactly(-11, -2);
    assertThat(values(Gradients.sum(List.of(first, second, first)), a)).containsExactly(24, 8);
    // The operands are as they were.
    assertThat(values(first, a)).containsExactly(2, 4);
    assertThatThrownBy(() -> Gradients.sum(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sum: there are no gradients; pass at least one");
  }

  @Test
  void aSumReachesWhatEitherSideReached() {
    Gradients left = Autograd.grad(a.sum(), List.of(a, b), GradOptions.defaults().allowUnused());
    Gradients right = Autograd.grad(b.mul(4), List.of(a, b), GradOptions.defaults().allowUnused());
    Gradients sum = left.add(right);
    assertThat(sum.reached(a)).isTrue();
    assertThat(sum.reached(b)).isTrue();
    assertThat(values(sum, a)).containsExactly(1, 1);
    assertThat(sum.of(b).item()).isEqualTo(4);
  }

  @Test
  void normAndInnerProduct() {
    Gradients gradients = gradients(1.5, 1, 12);
    assertThat(gradients.norm()).isEqualTo(13);
    assertThat(gradients.dot(gradients(1, 1, 1))).isEqualTo(3 * 2 + 4 * 4 + 12);
    assertThat(gradients.mul(0).norm()).isZero();
  }

  @Test
  void normWhereSquaresLeaveTheRangeOfDouble() {
    Tensor x = Tensor.of(1.0, 1).withGrad();
    for (double scale : new double[] {1e200, 1e-200, 1e300}) {
      Gradients gradients = Autograd.grad(x.mul(Tensor.of(3 * scale, 4 * scale)).sum(), List.of(x));
      assertThat(gradients.norm() / scale).isCloseTo(5, within(1e-14));
      assertThat(gradients.clipNorm(1).norm()).isCloseTo(Math.min(1, 5 * scale), within(1e-14));
    }
  }

  @Test
  void normOfLargeAndSmallF32() {
    Tensor large = Tensor.full(F32, 1e30, 4).withGrad();
    Tensor small = Tensor.full(F32, 1e-30, 4).withGrad();
    assertThat(Autograd.grad(large.square().sum().mul(0.5), List.of(large)).norm())
        .isCloseTo(2e30, within(1e24));
    assertThat(Autograd.grad(small.mul(1e-30f).sum(), List.of(small)).norm())
        .isCloseTo(2e-30, within(1e-36));
  }

  @Test
  void gradientsOfOtherTensorsDoNotMix() {
    Gradients of = Autograd.grad(a.sum(), List.of(a));
    Gradients both = Autograd.grad(a.sum().mul(b), a, b);
    Gradients other = Autograd.grad(b.square(), List.of(b));
    assertThatThrownBy(() -> of.add(both))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "gradients: one side has 1 tensors, the other 2; both must be gradients of the same"
                + " tensors");
    assertThatThrownBy(() -> of.add(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of.dot(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> both.dot(of)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of.dot(both)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void clippingTheLength() {
    Gradients gradients = gradients(1.5, 1, 12);
    Gradients clipped = gradients.clipNorm(6.5);
    assertThat(clipped.norm()).isCloseTo(6.5, within(1e-14));
    assertThat(values(clipped, a)).containsExactly(1.5, 2);
    assertThat(clipped.of(b).item()).isEqualTo(6);
    assertThat(clipped.reached(unused)).isFalse();
    assertThat(gradients.clipNorm(13)).isSameAs(gradients);
    for (double limit : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> gradients.clipNorm(limit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("clipNorm: the limit is " + limit + "; it must be above 0");
    }
  }

  @Test
  void clippingALengthThatIsNotFinite() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> gradients(bad, 1, 1).clipNorm(1))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage(
              "clipNorm: the length of the gradients is " + bad + "; find the step that diverged");
    }
  }

  @Test
  void clippingElements() {
    Gradients clipped = gradients(1.5, -2, 12).clipValue(3.5);
    assertThat(values(clipped, a)).containsExactly(3, -3.5);
    assertThat(clipped.of(b).item()).isEqualTo(3.5);
    assertThatThrownBy(() -> clipped.clipValue(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clipValue: the limit is 0.0; it must be above 0");
  }

  @Test
  void clippingElementsThatAreNotFinite() {
    Gradients infinite = gradients(Double.POSITIVE_INFINITY, -1e308, 1).clipValue(2);
    assertThat(values(infinite, a)).containsExactly(2, -2);
    assertThatThrownBy(() -> gradients(1, Double.NaN, 1).clipValue(2))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "clipValue: the gradient of tensor \"a\" F64[2] has elements that are NaN; find the step"
                + " that diverged");
  }

  @Test
  void gradientsFromElsewhere() {
    Map<Tensor, Tensor> byTensor = new LinkedHashMap<>();
    byTensor.put(b, Tensor.scalar(12));
    byTensor.put(a, Tensor.of(3.0, 4));
    Gradients gradients = Gradients.from(byTensor);
    byTensor.clear();
    assertThat(gradients.inputs()).containsExactly(b, a);
    assertThat(gradients.norm()).isEqualTo(13);
    assertThat(values(gradients.clipNorm(6.5), a)).containsExactly(1.5, 2);
    assertThatThrownBy(() -> Gradients.from(Map.of(a, Tensor.of(1.0))))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "from: the gradient of tensor \"a\" F64[2] has shape [1]; the shapes must be equal");
    assertThatThrownBy(() -> Gradients.from(Map.of(a, Tensor.of(1f, 2f))))
        .isInstanceOf(DTypeException.class)
        .hasMessage("from: the gradient of tensor \"a\" F64[2] is F32; convert it with to(F64)");
  }

  @Test
  void arithmeticOfTrackedGradientsIsTracked() {
    Tensor y = a.square().mul(a).sum();
    Gradients g = Autograd.grad(y, List.of(a), GradOptions.createGraph());
    Tensor updated = a.sub(g.add(g).mul(0.25).of(a));
    Tensor d = Autograd.grad(updated.sum(), a);
    assertThat(d.toDoubleArray()).containsExactly(1 - 0.5 * 6, 1 - 0.5 * 12);
  }

  @Test
  void asTextOneLinePerTensor() {
    List<String> lines = gradients(1, 1, 5).toString().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("da = ");
    assertThat(lines.get(1)).startsWith("d#1[] = ");
    assertThat(lines.get(2)).isEqualTo("dunused = not reached");
  }
}
