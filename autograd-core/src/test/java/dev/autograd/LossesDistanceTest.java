package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Losses of embeddings: angles, distances, zeros, refusals. */
class LossesDistanceTest {

  private static final Tensor A = Tensor.of(new double[][] {{3, 4}, {1, 0}, {1, 1}});
  private static final Tensor B = Tensor.of(new double[][] {{6, 8}, {-2, 0}, {1, -1}});

  private static Tensor slope(Tensor y, Tensor x) {
    return Autograd.grad(y.sum(), x, GradOptions.createGraph());
  }

  /** Returns the elements, zeros without a sign. */
  private static double[] numbers(Tensor x) {
    return x.add(0).toDoubleArray();
  }

  @Test
  void cosineDistanceGoesFromSameToOpposite() {
    assertThat(Losses.cosineDistance(A, B, Reduction.NONE).toDoubleArray())
        .containsExactly(new double[] {0, 2, 1}, within(1e-15));
    assertThat(Losses.cosineDistance(A, B).item()).isCloseTo(1, within(1e-15));
    assertThat(Losses.cosineDistance(A.select(0, 0), B.select(0, 1)).item())
        .isCloseTo(1.6, within(1e-15));
  }

  @Test
  void aVectorOfZerosIsNearNothingAndHasNoDerivative() {
    Tensor zero = Tensor.zeros(F64, 3, 2).withGrad();
    Tensor loss = Losses.cosineDistance(zero, B, Reduction.NONE);
    assertThat(loss.toDoubleArray()).containsOnly(1);
    Tensor first = slope(loss, zero);
    assertThat(numbers(first)).containsOnly(0);
    assertThat(numbers(slope(first.square(), zero))).containsOnly(0);
  }

  @Test
  void labelsOfEveryKindSayTheSame() {
    Tensor signs = Tensor.of(1.0, -1, -1);
    double[] expected = {0, 0, 0};
    for (Tensor labels : List.of(signs, signs.gt(0), Tensor.indices(1, 0, 0), signs.to(F32))) {
      Tensor loss = Losses.cosineEmbedding(A, B, labels, 0.5, Reduction.NONE);
      assertThat(numbers(loss)).containsExactly(expected, within(1e-15));
    }
    Tensor loss = Losses.cosineEmbedding(A, B, signs.neg(), 0.5, Reduction.NONE);
    assertThat(loss.toDoubleArray()).containsExactly(new double[] {0.5, 2, 1}, within(1e-15));
  }

  @Test
  void onlyPairsWithinTheMarginPush() {
    Tensor a = A.withGrad();
    Tensor loss = Losses.cosineEmbedding(a, B, Tensor.of(-1.0, -1, -1), 0, Reduction.SUM);
    assertThat(loss.item()).isCloseTo(1, within(1e-15));
    assertThat(numbers(slope(loss, a).slice(0, 1, 3))).containsOnly(0);
  }

  @Test
  void aTripletFarEnoughApartIsDone() {
    Tensor anchor = Tensor.of(new double[][] {{0, 0}, {0, 0}}).withGrad();
    Tensor positive = Tensor.of(new double[][] {{1, 0}, {3, 4}});
    Tensor negative = Tensor.of(new double[][] {{3, 0}, {0, 4}});
    Tensor loss = Losses.tripletMargin(anchor, positive, negative, 1, Reduction.NONE);
    assertThat(numbers(loss)).containsExactly(0, 2);
    assertThat(numbers(slope(loss, anchor)))
        .containsExactly(new double[] {0, 0, -0.6, 0.2}, within(1e-15));
  }

  @Test
  void distancesOfZeroAreFlatInEveryOrder() {
    Tensor anchor = Tensor.of(1.0, 2).withGrad();
    Tensor loss = Losses.tripletMargin(anchor, Tensor.of(1.0, 2), Tensor.of(1.0, 2), 0.5);
    assertThat(loss.item()).isEqualTo(0.5);
    Tensor first = slope(loss, anchor);
    assertThat(numbers(first)).containsExactly(0, 0);
    assertThat(numbers(slope(first.square(), anchor))).containsExactly(0, 0);
  }

  @Test
  void weightsArePerRow() {
    LossOptions options = LossOptions.sum().weight(Tensor.of(0, 10.0, 1));
    assertThat(Losses.cosineDistance(A, B, options).item()).isCloseTo(21, within(1e-14));
    LossOptions perElement = LossOptions.sum().weight(Tensor.ones(F64, 3, 2));
    assertThatThrownBy(() -> Losses.cosineDistance(A, B, perElement))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("cosineDistance: weight is [3, 2] and does not broadcast to [3]");
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> Losses.cosineDistance(A, B.select(0, 0)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("cosineDistance: the prediction is [3, 2] and the target is [2]");
    assertThatThrownBy(() -> Losses.cosineDistance(A, B.withGrad()))
        .hasMessageStartingWith("cosineDistance: the target is tracked and the prediction is not");
    assertThatThrownBy(() -> Losses.cosineDistance(Tensor.scalar(1), Tensor.scalar(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("cosineDistance: the operands are 0-d; they must be [..., features]");
    assertThatThrownBy(() -> Losses.cosineEmbedding(A, B, Tensor.ones(F64, 3, 1), 0))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "cosineEmbedding: the embeddings are [3, 2] and the labels [3, 1]; there must be one"
                + " label per row, [3]");
    assertThatThrownBy(() -> Losses.cosineEmbedding(A, B, Tensor.ones(F64, 3), 1.5))
        .hasMessage("cosineEmbedding: margin is 1.5, no cosine; it must be from -1 to 1");
    assertThatThrownBy(() -> Losses.tripletMargin(A, B, A.select(0, 0), 1))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("tripletMargin: the anchor is [3, 2] and the negative is [2]");
    assertThatThrownBy(() -> Losses.tripletMargin(A, B, B, 0))
        .hasMessage("tripletMargin: margin is 0.0; it must be positive");
  }
}
