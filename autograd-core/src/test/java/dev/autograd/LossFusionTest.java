package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses that are one operation, against their composition. */
class LossFusionTest {

  private static final Alike ALIKE = new Alike(2e-6, 4e-15);
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private static Tensor random(int... dims) {
    return Tensor.normal(new SplittableRandom(17), DType.F64, dims).mul(2);
  }

  private static Tensor composed(Tensor z, Tensor classes, LossOptions options) {
    return Losses.nll(z.logSoftmax(z.rank() == 1 ? 0 : 1), classes, options);
  }

  private static Tensor composedBce(Tensor p, Tensor t, LossOptions options) {
    Tensor positive = t.chain(ClampedLog.of(p));
    Tensor negative = t.subFrom(1).chain(ClampedLog.of(p.subFrom(1)));
    return LossTerms.finish("bce", positive.add(negative).neg(), options);
  }

  private static Tensor composedBceWithLogits(Tensor z, Tensor t, LossOptions options) {
    Tensor losses = t.chain(z.neg().softplus()).add(t.subFrom(1).chain(z.softplus()));
    return LossTerms.finish("bceWithLogits", losses, options);
  }

  static Stream<LossOptions> options() {
    return Stream.of(Reduction.values())
        .flatMap(r -> Stream.of(LossOptions.of(r), LossOptions.of(r).ignoreIndex(2)));
  }

  // ---------------------------------------------------------------- softmax

  private static void checkClasses(Tensor z, Tensor classes, LossOptions options) {
    ALIKE.check(
        ts -> Losses.crossEntropy(ts.get(0), classes, options),
        ts -> composed(ts.get(0), classes, options),
        z);
  }

  @ParameterizedTest
  @MethodSource("options")
  void crossEntropyOfClasses(LossOptions options) {
    checkClasses(random(4, 3), Tensor.indices(2, 0, 1, 2), options);
    checkClasses(random(1, 5), Tensor.indices(4), options);
    checkClasses(random(5), Tensor.indices(1).reshape(), options);
    checkClasses(random(1, 1), Tensor.indices(0), options);
    checkClasses(random(2, 3, 2), Tensor.indices(2, 0, 1, 1).reshape(2, 2), options);
    checkClasses(random(70, 10), Tensor.indices(new int[70]), options);
  }

  @ParameterizedTest
  @MethodSource("options")
  void ofNoRows(LossOptions options) {
    Tensor z = Tensor.zeros(DType.F64, 0, 3).withGrad();
    Tensor loss = Losses.crossEntropy(z, Tensor.indices(), options);
    Tensor expected = composed(z, Tensor.indices(), options);
    assertThat(loss.toDoubleArray()).containsExactly(expected.toDoubleArray());
    loss.sum().backward();
    assertThat(z.grad().shape()).isEqualTo(Shape.of(0, 3));
  }

  @Test
  void ofRowsThatAllDoNotCount() {
    checkClasses(
        Tensor.of(new double[][] {{1, NAN}, {INF, 0}}),
        Tensor.indices(7, 7),
        LossOptions.mean().ignoreIndex(7));
  }

  @ParameterizedTest
  @EnumSource
  void ofSpecialLogits(DType dtype) {
    if (!dtype.isFloating()) {
      return;
    }
    Tensor z =
        Tensor.of(
            new double[][] {
              {1, 2, NAN},
              {INF, 0, 1},
              {-INF, 0, 1},
              {0, -INF, 1},
              {-INF, -INF, -INF},
              {INF, INF, 0},
              {1e30, 0, 0},
              {-1e30, 0, 1},
              {0, -INF, 3}
            });
    Tensor classes = Tensor.indices(0, 0, 0, 0, 1, 1, 1, 0, 1);
    for (Reduction reduction : Reduction.values()) {
      LossOptions options = LossOptions.of(reduction);
      ALIKE.checkFirst(
          dtype,
          ts -> Losses.crossEntropy(ts.get(0), classes, options),
          ts -> composed(ts.get(0), classes, options),
          z);
    }
  }

  @Test
  void aSmallLossKeepsItsDigits() {
    Tensor z = Tensor.of(new float[][] {{1000, 980}});
    assertThat(Losses.crossEntropy(z, new int[] {0}).item())
        .isEqualTo((float) Math.log1p(Math.exp(-20)));
  }

  @Test
  void isOneOperation() {
    Tensor z = random(4, 3).withGrad();
    Tensor loss = Losses.crossEntropy(z, new int[] {2, 0, 1, 2});
    assertThat(loss.nodes()).hasSize(3);
    assertThat(loss.nodes().get(2).attributes()).containsEntry("reduction", Reduction.MEAN);
  }

  // ---------------------------------------------------------------- sigmoid

  @ParameterizedTest
  @EnumSource
  void bceWithLogits(Reduction reduction) {
    LossOptions options = LossOptions.of(reduction);
    for (Shape shape : new Shape[] {Shape.SCALAR, Shape.of(1), Shape.of(3, 2), Shape.of(300)}) {
      ALIKE.check(
          ts -> Losses.bceWithLogits(ts.get(0), ts.get(1), options),
          ts -> composedBceWithLogits(ts.get(0), ts.get(1), options),
          random(shape.toArray()),
          random(shape.toArray()).sigmoid());
    }
  }

  @ParameterizedTest
  @EnumSource
  void bce(Reduction reduction) {
    LossOptions options = LossOptions.of(reduction);
    for (Shape shape : new Shape[] {Shape.SCALAR, Shape.of(1), Shape.of(3, 2), Shape.of(300)}) {
      new Alike(2e-5, 1e-13)
          .check(
              ts -> Losses.bce(ts.get(0), ts.get(1), options),
              ts -> composedBce(ts.get(0), ts.get(1), options),
              random(shape.toArray()).sigmoid(),
              random(shape.toArray()).mul(0.7).sigmoid());
    }
  }

  @Test
  void bceAtTheBorders() {
    Tensor p = Tensor.of(0, 0, 0, 1, 1, 1, 0.5, 1e-30);
    Tensor t = Tensor.of(0, 1, 0.5, 0, 1, 0.5, NAN, 1);
    ALIKE.checkFirst(
        DType.F64,
        ts -> Losses.bce(ts.get(0), ts.get(1), LossOptions.none()),
        ts -> composedBce(ts.get(0), ts.get(1), LossOptions.none()),
        p,
        t);
  }

  @Test
  void bceOfSpecialLogits() {
    Tensor z = Tensor.of(INF, -INF, INF, -INF, NAN, 800, -800, 0);
    Tensor t = Tensor.of(1, 0, 0.5, 0, 0, 0, 1, NAN);
    // Composed of softplus, a label of 1 has no use for the other infinite part.
    ALIKE.checkFirst(
        DType.F64,
        ts -> Losses.bceWithLogits(ts.get(0), ts.get(1), LossOptions.none()),
        ts -> elements(ts.get(0), ts.get(1)),
        z,
        t);
  }

  /** Returns the losses as they were composed, one operation per element and one for each step. */
  private static Tensor elements(Tensor z, Tensor t) {
    return z.record(
        "elements",
        Compute.zip(dev.autograd.kernel.Binary.BCE_WITH_LOGITS, z, t),
        g -> g.chain(z.sigmoid().sub(t)),
        t,
        g -> g.chain(z).neg());
  }

  @ParameterizedTest
  @EnumSource
  void ofNothing(Reduction reduction) {
    Tensor z = Tensor.zeros(DType.F64, 0, 2).withGrad();
    Tensor t = Tensor.zeros(DType.F64, 0, 2);
    LossOptions options = LossOptions.of(reduction);
    Tensor loss = Losses.bceWithLogits(z, t, options);
    assertThat(loss.toDoubleArray())
        .containsExactly(composedBceWithLogits(z, t, options).toDoubleArray());
    loss.sum().backward();
    assertThat(z.grad().shape()).isEqualTo(Shape.of(0, 2));
  }
}
