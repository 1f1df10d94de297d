package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.Axes;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalisations: identities, equal numbers, extreme ones, masked rows, statistics, refusals. */
class NormalizationTest {

  private static final double EPS = 1e-5;

  private static Tensor random(int... dims) {
    return Tensor.normal(new Random(5), F64, dims);
  }

  private static Tensor ones(int... dims) {
    return Tensor.ones(F64, dims);
  }

  private static Tensor zeros(int... dims) {
    return Tensor.zeros(F64, dims);
  }

  private static Tensor layerNorm(Tensor x, double eps) {
    int last = x.shape().dim(-1);
    return x.layerNorm(Tensor.ones(x.dtype(), last), Tensor.zeros(x.dtype(), last), eps);
  }

  private static Tensor slope(Tensor y, Tensor weights, Tensor x) {
    return Autograd.grad(y.mul(weights).sum(), x, GradOptions.createGraph());
  }

  private static void assertClose(Tensor actual, Tensor expected, double bound) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(bound));
  }

  // ---------------------------------------------------------------- rows

  @Test
  void rowsHaveMeanZeroAndVarianceOne() {
    Tensor y = layerNorm(random(4, 50).mul(3).add(7), 0);
    assertClose(y.mean(1), zeros(4), 1e-15);
    assertClose(y.square().mean(1), ones(4), 1e-14);
  }

  @Test
  void derivativesAreOrthogonalToShiftAndScale() {
    Tensor x = random(3, 6).withGrad();
    Tensor y = layerNorm(x, 0);
    Tensor g = slope(y, random(3, 6).cos(), x);
    assertClose(g.sum(1), zeros(3), 1e-14);
    assertClose(g.mul(y).sum(1), zeros(3), 1e-14);
  }

  @Test
  void equalNumbersBecomeTheBias() {
    for (double value : new double[] {0.1, 1, -3e7, 1e-300}) {
      Tensor x = Tensor.full(F64, value, 2, 7);
      Tensor y = x.layerNorm(random(7), Tensor.full(F64, 4, 7), EPS);
      assertThat(y.toDoubleArray()).containsOnly(4);
    }
  }

  @Test
  void theDerivativeAtEqualNumbersHasTheScaleOfEps() {
    Tensor x = Tensor.of(2.0, 2).withGrad();
    Tensor g = slope(layerNorm(x, EPS), Tensor.of(1.0, 0), x);
    double half = 0.5 / Math.sqrt(EPS);
    assertThat(g.toDoubleArray()).containsExactly(new double[] {half, -half}, within(1e-12));
  }

  @Test
  void withoutEpsEqualNumbersHaveNoDerivativeInAnyOrder() {
    Tensor x = Tensor.of(new double[][] {{0.1, 0.1, 0.1}, {1, 2, 4}}).withGrad();
    Tensor y = layerNorm(x, 0);
    Tensor first = slope(y, random(2, 3), x);
    Tensor second = slope(first, random(2, 3), x);
    for (Tensor t : new Tensor[] {y, first, second}) {
      assertThat(t.select(0, 0).add(0).toDoubleArray()).containsOnly(0);
      assertThat(t.select(0, 1).toDoubleArray()).doesNotContain(0).doesNotContain(Double.NaN);
    }
  }

  @Test
  void aRowOfOneNumberBecomesTheBias() {
    Tensor x = Tensor.of(new double[][] {{1}, {-5}}).withGrad();
    Tensor y = x.layerNorm(Tensor.of(3.0), Tensor.of(0.5), EPS);
    assertThat(y.toDoubleArray()).containsExactly(0.5, 0.5);
    assertThat(slope(y, ones(2, 1), x).add(0).toDoubleArray()).containsExactly(0, 0);
  }

  @Test
  void aLargeMeanCostsNoDigits() {
    Tensor x = Tensor.of(0.0, 1, 2, 5, -3);
    assertClose(layerNorm(x.add(1e12), EPS), layerNorm(x, EPS), 1e-15);
    Tensor single = x.to(F32);
    assertThat(layerNorm(single.add(1e6), EPS).toFloatArray())
        .containsExactly(layerNorm(single, EPS).toFloatArray());
  }

  @Test
  void statisticsOfSinglePrecisionAreAccumulatedInDouble() {
    Tensor x = random(1, 100_000).add(100).to(F32);
    Tensor exact = layerNorm(x.to(F64), EPS);
    assertClose(layerNorm(x, EPS).to(F64), exact, 3e-7);
  }

  @Test
  void severalAxesAreOneGroup() {
    Tensor x = random(2, 3, 4);
    Tensor weight = random(3, 4).cos();
    Tensor bias = random(3, 4).sin();
    Tensor flat = x.reshape(2, 12).layerNorm(weight.reshape(12), bias.reshape(12), EPS);
    assertClose(x.layerNorm(weight, bias, EPS), flat.reshape(2, 3, 4), 0);
  }

  @Test
  void rmsNormOfCentredRowsIsLayerNorm() {
    Tensor x = random(3, 8);
    Tensor centred = x.sub(x.mean(Axes.of(1).keep()));
    assertClose(centred.rmsNorm(ones(8), EPS), layerNorm(x, EPS), 1e-14);
    Tensor zero = zeros(1, 8).withGrad();
    assertThat(zero.rmsNorm(ones(8), EPS).toDoubleArray()).containsOnly(0);
    assertThat(slope(zero.rmsNorm(ones(8), 0), ones(1, 8), zero).toDoubleArray()).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void aMaskedRowOfNaNSendsNothingOnInAnyOrder(DType dtype) {
    Tensor x =
        Tensor.of(new double[][] {{1, Double.NaN, 3}, {Double.POSITIVE_INFINITY, 1, 2}, {1, 2, 4}})
            .to(dtype)
            .withGrad();
    Tensor seen = Tensor.of(new double[][] {{0}, {0}, {1}}).gt(0);
    Tensor y = layerNorm(x, EPS).square().where(seen, 0);
    Tensor first = Autograd.grad(y.mul(y.add(1)).sum(), x, GradOptions.createGraph());
    Tensor second = Autograd.grad(first.square().sum(), x, GradOptions.createGraph());
    for (Tensor t : new Tensor[] {first, second}) {
      assertThat(t.slice(0, 0, 2).add(0).toDoubleArray()).containsOnly(0);
      assertThat(t.select(0, 2).toDoubleArray()).doesNotContain(0).doesNotContain(Double.NaN);
    }
  }

  // ---------------------------------------------------------------- channels

  @Test
  void batchNormIsLayerNormOfTheTranspose() {
    Tensor x = random(5, 3);
    Tensor y = x.batchNorm(ones(3), zeros(3), EPS);
    assertClose(y.transpose(), layerNorm(x.transpose(), EPS), 1e-14);
    Tensor image = random(2, 3, 4, 5);
    Tensor rows = image.permute(1, 0, 2, 3).reshape(3, 40);
    Tensor expected = layerNorm(rows, EPS).reshape(3, 2, 4, 5).permute(1, 0, 2, 3);
    assertClose(image.batchNorm(ones(3), zeros(3), EPS), expected, 1e-14);
  }

  @Test
  void batchStatisticsAreTheMeanAndTheBiasedVariance() {
    Tensor x = random(6, 2, 3).withGrad();
    Tensor weight = random(2).withGrad();
    Normalized normalized = x.batchNormalized(weight, zeros(2), EPS);
    Tensor mean = x.detach().mean(0, 2);
    assertClose(normalized.mean(), mean, 1e-15);
    Tensor centred = x.detach().sub(mean.unsqueeze(1));
    assertClose(normalized.variance(), centred.square().mean(0, 2), 1e-15);
    assertThat(normalized.mean().requiresGrad() || normalized.variance().requiresGrad()).isFalse();
    assertThat(normalized.value().requiresGrad()).isTrue();
    Tensor inference = x.batchNorm(normalized.mean(), normalized.variance(), weight, zeros(2), EPS);
    assertClose(inference, normalized.value(), 1e-14);
  }

  @Test
  void inferenceTakesASingleExample() {
    Tensor y =
        Tensor.of(new double[][] {{3, 5}})
            .batchNorm(
                Tensor.of(1.0, 5), Tensor.of(4.0, 1), Tensor.of(2.0, 1), Tensor.of(1.0, 7), 0);
    assertThat(y.toDoubleArray()).containsExactly(3, 7);
  }

  @Test
  void oneGroupIsLayerNormAndAsManyAsChannelsAreImages() {
    Tensor x = random(2, 4, 3);
    assertClose(
        x.groupNorm(1, ones(4), zeros(4), EPS),
        layerNorm(x.reshape(2, 12), EPS).reshape(2, 4, 3),
        0);
    assertClose(x.groupNorm(4, ones(4), zeros(4), EPS), layerNorm(x, EPS), 0);
  }

  @Test
  void emptyBatchesStayEmpty() {
    Tensor x = zeros(0, 3).withGrad();
    Tensor weight = ones(3).withGrad();
    for (Tensor y :
        new Tensor[] {
          x.batchNorm(weight, zeros(3), EPS),
          x.layerNorm(weight, zeros(3), EPS),
          x.groupNorm(3, weight, zeros(3), EPS),
          x.rmsNorm(weight, EPS)
        }) {
      assertThat(y.shape()).isEqualTo(Shape.of(0, 3));
      assertThat(slope(y, zeros(0, 3), weight).toDoubleArray()).containsExactly(0, 0, 0);
    }
  }

  // ---------------------------------------------------------------- vectors

  @Test
  void unitVectorsHaveLengthOneWhateverTheirScale() {
    for (double scale : new double[] {1, 1e150, 1e-150}) {
      Tensor x = random(3, 4).mul(scale);
      assertClose(x.normalize(-1).square().sum(1), ones(3), 1e-14);
      assertClose(x.normalize(0).square().sum(0), ones(4), 1e-14);
    }
    for (float scale : new float[] {1, 1e30f, 1e-30f}) {
      Tensor single = Tensor.of(3 * scale, -4 * scale).normalize(0);
      assertThat(single.toFloatArray()).containsExactly(new float[] {0.6f, -0.8f}, within(1e-7f));
    }
  }

  @Test
  void aVectorOfZerosHasNoDirectionAndNoDerivative() {
    Tensor x = Tensor.of(new double[][] {{0, 0}, {3, 4}}).withGrad();
    Tensor y = x.normalize(1);
    assertThat(y.toDoubleArray()).containsExactly(new double[] {0, 0, 0.6, 0.8}, within(1e-16));
    Tensor first = slope(y, random(2, 2), x);
    Tensor second = slope(first, random(2, 2), x);
    assertThat(first.select(0, 0).add(0).toDoubleArray()).containsExactly(0, 0);
    assertThat(second.select(0, 0).add(0).toDoubleArray()).containsExactly(0, 0);
  }

  @Test
  void cosines() {
    Tensor a = random(3, 4);
    assertClose(a.cosineSimilarity(1, a.mul(7)), ones(3), 1e-15);
    assertClose(a.cosineSimilarity(-1, a.neg()), ones(3).neg(), 1e-15);
    Tensor pairs = a.unsqueeze(1).cosineSimilarity(-1, a);
    assertThat(pairs.shape()).isEqualTo(Shape.of(3, 3));
    assertClose(pairs, pairs.transpose(), 1e-15);
    Tensor zero = zeros(3, 4).withGrad();
    assertThat(zero.cosineSimilarity(1, a).toDoubleArray()).containsOnly(0);
    assertThat(slope(zero.cosineSimilarity(1, a), ones(3), zero).add(0).toDoubleArray())
        .containsOnly(0);
    assertThat(zeros(2, 0).cosineSimilarity(1, zeros(2, 0)).toDoubleArray()).containsExactly(0, 0);
  }

  // ---------------------------------------------------------------- refusals

  @ParameterizedTest
  @ValueSource(doubles = {-1e-5, Double.NaN})
  void epsMustNotBeNegative(double eps) {
    assertThatThrownBy(() -> layerNorm(random(2, 3), eps))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layerNorm: eps is " + eps + "; it must not be negative, and 1e-5 is usual");
  }

  @Test
  void weightsThatDoNotFit() {
    Tensor x = random(2, 3);
    assertThatThrownBy(() -> x.layerNorm(ones(2), zeros(2), EPS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "layerNorm: the input is [2, 3] and the weight [2]; the weight must have the sizes of"
                + " the last axes, those to be normalised");
    assertThatThrownBy(() -> x.rmsNorm(Tensor.scalar(1), EPS))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("rmsNorm: the input is [2, 3] and the weight []");
    assertThatThrownBy(() -> x.layerNorm(ones(1, 2, 3), zeros(1, 2, 3), EPS))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> x.layerNorm(ones(3), zeros(1), EPS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "layerNorm: the weight is [3] and the bias is [1]; the shapes must be equal, reshape"
                + " one of them");
    assertThatThrownBy(() -> x.layerNorm(Tensor.ones(F32, 3), Tensor.zeros(F32, 3), EPS))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> x.batchNorm(ones(3), zeros(2), EPS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "batchNorm: the input is [2, 3] and the bias [2]; it must be [3], one per channel");
    assertThatThrownBy(() -> random(3).batchNorm(ones(3), zeros(3), EPS))
        .isInstanceOf(ShapeException.class)
        .hasMessage("batchNorm: the input is [3]; it must be [n, channels, ...]");
    assertThatThrownBy(() -> x.batchNorm(zeros(3), ones(1), ones(3), zeros(3), EPS))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("batchNorm: the input is [2, 3] and the variance [1]");
  }

  @Test
  void whatIsPerChannelFitsTheChannels() {
    Tensor x = random(2, 4);
    refusesChannels(() -> x.batchNorm(ones(3), zeros(4), EPS), "batchNorm", "weight");
    refusesChannels(() -> x.batchNormalized(ones(3), zeros(4), EPS), "batchNorm", "weight");
    refusesChannels(
        () -> x.batchNorm(zeros(3), ones(4), ones(4), zeros(4), EPS), "batchNorm", "mean");
    refusesChannels(
        () -> x.batchNorm(zeros(4), ones(4), ones(3), zeros(4), EPS), "batchNorm", "weight");
    refusesChannels(
        () -> x.batchNorm(zeros(4), ones(4), ones(4), zeros(3), EPS), "batchNorm", "bias");
    refusesChannels(() -> x.groupNorm(2, ones(3), zeros(4), EPS), "groupNorm", "weight");
    refusesChannels(() -> x.groupNorm(2, ones(4), zeros(3), EPS), "groupNorm", "bias");
  }

  private static void refusesChannels(ThrowingCallable call, String op, String name) {
    assertThatThrownBy(call)
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            op + ": the input is [2, 4] and the " + name + " [3]; it must be [4], one per channel");
  }

  @Test
  void weightAndBiasAreOfOneType() {
    assertThatThrownBy(() -> random(2, 3).layerNorm(ones(3), Tensor.zeros(F32, 3), EPS))
        .isInstanceOf(DTypeException.class)
        .hasMessageStartingWith("layerNorm: ");
  }

  @Test
  void aSingleValuePerChannelHasNoSpread() {
    assertThatThrownBy(() -> random(1, 3).batchNorm(ones(3), zeros(3), EPS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "batchNorm: the input is [1, 3], one value per channel, which has no spread; give a"
                + " larger batch, or the mean and variance of earlier ones");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 3})
  void groupsMustDivideTheChannels(int groups) {
    assertThatThrownBy(() -> random(2, 4).groupNorm(groups, ones(4), zeros(4), EPS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "groupNorm: the input is [2, 4] with 4 channels, no multiple of "
                + groups
                + " groups; give a divisor of the channels");
  }

  @Test
  void vectorsOfDifferentLength() {
    assertThatThrownBy(() -> random(2, 3).cosineSimilarity(1, random(2, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "cosineSimilarity: left is [2, 3] and right is [2, 1]; the vectors along axis -1 must"
                + " have equal length");
    assertThatThrownBy(() -> random(2, 3).cosineSimilarity(1, random(4, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("cosineSimilarity: shapes [2, 3] and [4, 3] do not broadcast");
  }
}
