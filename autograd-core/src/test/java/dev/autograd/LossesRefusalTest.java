package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Losses refuse options of other losses, and operands that do not belong together. */
class LossesRefusalTest {

  private static final Tensor A = Tensor.of(new double[][] {{0.2, 0.8}, {0.5, 0.5}});
  private static final Tensor ROWS = Tensor.of(1.0, -1);
  private static final Tensor WIDE = Tensor.ones(F64, 2, 3);

  /** Losses with no options but reduction and weight. */
  private static final Map<String, Function<LossOptions, Tensor>> PLAIN =
      Map.ofEntries(
          Map.entry("mse", o -> Losses.mse(A, A, o)),
          Map.entry("l1", o -> Losses.l1(A, A, o)),
          Map.entry("huber", o -> Losses.huber(A, A, 1, o)),
          Map.entry("bce", o -> Losses.bce(A, A, o)),
          Map.entry("hinge", o -> Losses.hinge(A, A, o)),
          Map.entry("poissonNll", o -> Losses.poissonNll(A, A, o)),
          Map.entry("gaussianNll", o -> Losses.gaussianNll(A, A, A, o)),
          Map.entry("cosineDistance", o -> Losses.cosineDistance(A, A, o)),
          Map.entry("cosineEmbedding", o -> Losses.cosineEmbedding(A, A, ROWS, 0, o)),
          Map.entry("tripletMargin", o -> Losses.tripletMargin(A, A, A, 1, o)));

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void optionsOfOtherLosses() {
    PLAIN.forEach(
        (name, loss) -> {
          assertThat(loss.apply(LossOptions.mean()).item()).isFinite();
          refused(
              () -> loss.apply(LossOptions.mean().positiveWeight(A)),
              name + ": positiveWeight is an option of bceWithLogits; use that, or weight");
          refused(
              () -> loss.apply(LossOptions.mean().labelSmoothing(0.1)),
              name + ": labelSmoothing and ignoreIndex are options of crossEntropy and nll");
          refused(
              () -> loss.apply(LossOptions.mean().targetInLogarithms()),
              name + ": targetInLogarithms is an option of klDiv; leave it out");
        });
  }

  @Test
  void lossesWithOptionsOfTheirOwnRefuseTheOthers() {
    refused(
        () -> Losses.bceWithLogits(A, A, LossOptions.mean().targetInLogarithms()),
        "bceWithLogits: targetInLogarithms is an option of klDiv");
    refused(
        () -> Losses.bceWithLogits(A, A, LossOptions.mean().ignoreIndex(1)),
        "bceWithLogits: labelSmoothing and ignoreIndex are options of crossEntropy and nll");
    refused(
        () -> Losses.klDiv(A, A, LossOptions.mean().positiveWeight(A)),
        "klDiv: positiveWeight is an option of bceWithLogits");
    refused(
        () -> Losses.klDiv(A, A, LossOptions.mean().ignoreIndex(1)),
        "klDiv: labelSmoothing and ignoreIndex are options of crossEntropy and nll");
  }

  @Test
  void aShareMayBeAllOrNothing() {
    assertThat(LossOptions.mean().labelSmoothing(1).labelSmoothing()).isEqualTo(1);
    assertThat(LossOptions.mean().labelSmoothing(0).labelSmoothing()).isZero();
    refused(() -> LossOptions.mean().labelSmoothing(1.1), "labelSmoothing: 1.1 is no share");
  }

  @Test
  void rowsThatDoNotBelongTogether() {
    refused(
        () -> Losses.cosineEmbedding(A, WIDE, ROWS, 0),
        "cosineEmbedding: left is [2, 2] and right is [2, 3]; the shapes must be equal");
    refused(
        () -> Losses.tripletMargin(A, WIDE, A, 1),
        "tripletMargin: the anchor is [2, 2] and the positive is [2, 3]");
    refused(
        () -> Losses.tripletMargin(A, A, WIDE, 1),
        "tripletMargin: the anchor is [2, 2] and the negative is [2, 3]");
    Tensor scalar = Tensor.scalar(1);
    refused(
        () -> Losses.tripletMargin(scalar, scalar, scalar, 1),
        "tripletMargin: the operands are 0-d; they must be [..., features]");
    assertThatThrownBy(() -> Losses.gaussianNll(A, A, Tensor.ones(F32, 2, 2)))
        .isInstanceOf(DTypeException.class)
        .hasMessageStartingWith("gaussianNll: ");
  }

  @Test
  void margins() {
    assertThat(Losses.cosineEmbedding(A, A, ROWS, -1).item()).isFinite();
    assertThat(Losses.cosineEmbedding(A, A, ROWS, 1).item()).isFinite();
    refused(
        () -> Losses.cosineEmbedding(A, A, ROWS, 1.1), "cosineEmbedding: margin is 1.1, no cosine");
    refused(
        () -> Losses.cosineEmbedding(A, A, ROWS, -1.1),
        "cosineEmbedding: margin is -1.1, no cosine");
    refused(() -> Losses.tripletMargin(A, A, A, 0), "tripletMargin: margin is 0.0");
  }
}
