package dev.autograd.check;

import static dev.autograd.check.RightOps.elementwise;
import static dev.autograd.check.RightOps.ofSin;
import static dev.autograd.check.RightOps.ofTimes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Operations at the edge of a clause: wrong in a way that one of its demands alone finds out, or
 * right but for rounding.
 */
class SubtleOpsTest {

  private static void assertBroken(OpContract contract, Clause clause, String says) {
    ContractReport report = contract.check();
    assertThat(report.failed()).as(report.toString()).containsExactly(clause);
    assertThat(report.of(clause).text()).contains(says);
  }

  private static OpContract ofOneShape(OpContract contract) {
    return contract
        .without(Clause.SCALARS, "a test")
        .without(Clause.SIZE_ONE_AXES, "a test")
        .without(Clause.EMPTY_SHAPES, "a test");
  }

  private static boolean isTrackedWithoutRecording(Tensor x) {
    return x.requiresGrad() && !x.mul(1).requiresGrad();
  }

  // ---------------------------------------------------------------- wrong

  @Test
  void anotherValueInsideNoGrad() {
    assertBroken(
        ofSin(x -> isTrackedWithoutRecording(x) ? x.sin().mul(2) : x.sin()),
        Clause.TRACKING,
        "inside noGrad");
  }

  @Test
  void anOldResultInsideNoGrad() {
    Tensor[] latest = {Tensor.scalar(0)};
    assertBroken(
        ofSin(
            x -> {
              if (isTrackedWithoutRecording(x)) {
                return latest[0];
              }
              Tensor y = x.sin();
              latest[0] = x.requiresGrad() ? y : latest[0];
              return y;
            }),
        Clause.TRACKING,
        "the output inside noGrad is tracked and should not be");
  }

  @Test
  void aStaleValueWhereTheDomainIsNarrow() {
    Tensor[] latest = {Tensor.scalar(0)};
    assertBroken(
        ofOneShape(
            ofSin(
                    x -> {
                      if (Arrays.stream(x.toDoubleArray()).anyMatch(v -> v <= 0 || v > 1)) {
                        throw new IllegalArgumentException("mine: outside of 0 to 1");
                      }
                      latest[0] = x.detach();
                      return elementwise(Math::sin, x, g -> g.mul(latest[0].cos()));
                    })
                .sample(Tensor.of(0.5, 1))),
        Clause.INDEPENDENT_CALLS,
        "without another call in between");
  }

  @Test
  void anOperandChangedByTheCall() {
    double[] array = {0.5, 1, 1.5};
    assertBroken(
        ofOneShape(
            ofSin(
                    x -> {
                      array[0] += 1;
                      return RightOps.sin(x);
                    })
                .sample(Tensor.wrap(Shape.of(3), array))),
        Clause.INPUTS_UNTOUCHED,
        "operand 0 after the call [0] is ");
  }

  @Test
  void anOperandChangedByTheSweep() {
    double[] array = {0.5, 1, 1.5};
    assertBroken(
        ofOneShape(
            ofSin(
                    x ->
                        elementwise(
                            Math::sin,
                            x,
                            g -> {
                              array[2] += 1;
                              return g.mul(x.cos());
                            }))
                .sample(Tensor.wrap(Shape.of(3), array))),
        Clause.INPUTS_UNTOUCHED,
        "operand 0 after the sweep [2] is ");
  }

  @Test
  void homogeneousButNotAdditive() {
    assertBroken(
        ofSin(
            x ->
                elementwise(
                    Math::sin, x, g -> g.mul(x.cos()).mul(g.abs().max().div(g.abs().mean())))),
        Clause.LINEAR_IN_SEED,
        "is the sum of those for g and h");
  }

  @Test
  void notZeroWhereAnotherOperandHasNoSuchElement() {
    assertBroken(
        ofOneShape(
            OpContract.ofList("mine", in -> sumOfSums(in.get(0), in.get(1)))
                .referenceOfList(in -> in.get(0).sum().add(in.get(1).sum()))
                .sample(Tensor.of(1.0, 2, 3), Tensor.of(4.0, 5))),
        Clause.ZERO_SEED,
        "the gradient of operand 0 [2] is 7.0 for g = 0, at operand 0 = 3.0");
  }

  private static Tensor sumOfSums(Tensor a, Tensor b) {
    return Tensor.custom(
        "mine",
        a.detach().sum().add(b.detach().sum()),
        a,
        g -> g.requiresGrad() || g.item() != 0 ? g.broadcastTo(3) : Tensor.of(0.0, 0, 7),
        b,
        g -> g.broadcastTo(2));
  }

  @Test
  void anotherValueWhereOperandsBroadcast() {
    assertBroken(
        ofTimes(
            (a, b) ->
                a.shape().equals(b.shape()) ? RightOps.times(a, b) : RightOps.times(a, b).mul(1.5)),
        Clause.BROADCASTING,
        "for operands repeated before");
  }

  @Test
  void aCoarseGradientInSinglePrecision() {
    assertBroken(
        ofSin(
            x ->
                elementwise(
                    Math::sin, x, g -> g.mul(x.cos()).mul(x.dtype() == DType.F32 ? 1.001 : 1))),
        Clause.SINGLE_PRECISION,
        "the gradient of operand 0 in F32 [0] is");
  }

  @Test
  void refusesConstantsOnly() {
    assertBroken(
        ofSin(
                x -> {
                  if (!x.requiresGrad() && x.rank() == 4) {
                    throw new IllegalArgumentException("mine: four axes");
                  }
                  return RightOps.sin(x);
                })
            .refuses(Tensor.ones(DType.F64, 1, 1, 2, 1)),
        Clause.REFUSALS,
        "operands [1, 1, 2, 1], tracked were not refused; the output is F64[1, 1, 2, 1]");
  }

  @Test
  void refusesWithoutItsName() {
    assertBroken(
        ofOneShape(
            OpContract.ofList(
                    "mine",
                    in -> {
                      if (in.size() > 1) {
                        throw new IllegalStateException("no");
                      }
                      return in.get(0).sin();
                    })
                .referenceOfList(in -> in.get(0).sin())
                .shapes(Shape.of(3))
                .refuses(Tensor.of(1f, 2f), Tensor.indices(1))),
        Clause.REFUSALS,
        "operands F32[2] x I32[1] were refused by java.lang.IllegalStateException: no, which neither"
            + " names 'mine' nor is an IllegalArgumentException with a message");
  }

  // ---------------------------------------------------------------- right but for rounding

  /** Deviations are measured by the size of gradients, here 1e8, not by themselves. */
  @Test
  void roundingOfLargeNumbersIsNoError() {
    OpContract.of(
            "large",
            x ->
                Tensor.custom(
                    "large",
                    x.map(v -> 1e8 * Math.sin(v)),
                    x,
                    g -> g.mul(x.cos()).add(g.abs().mul(1e-14)).mul(1e8)))
        .reference(x -> 1e8 * Math.sin(x))
        .assertPasses();
  }

  @Test
  void roundingThatDependsOnTheOperandsIsNoError() {
    OpContract.of("large", SubtleOpsTest::largeProduct)
        .reference((a, b) -> 1e8 * a * b)
        .broadcasts()
        .assertPasses();
  }

  /** A product with another rounding for one tensor twice, and for operands that broadcast. */
  private static Tensor largeProduct(Tensor a, Tensor b) {
    double shared = a == b ? 1e8 * (1 + 1e-14) : 1e8;
    double scale = a.shape().equals(b.shape()) ? shared : 1e8 * (1 + 2e-13);
    return Tensor.custom(
        "large",
        a.detach().mul(b.detach()).mul(scale),
        a,
        g -> g.mul(b).mul(scale),
        b,
        g -> g.mul(a).mul(scale));
  }

  // ---------------------------------------------------------------- samples

  @Test
  void aResultOfAnotherOperationIsASampleLikeOthers() {
    Tensor result = Tensor.of(0.5, 1).withGrad().square();
    ofOneShape(ofSin(RightOps::sin).sample(result)).assertPasses();
  }
}
