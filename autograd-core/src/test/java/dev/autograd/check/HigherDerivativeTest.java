package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The second derivative and those above, as functions of inputs and upstream gradients. */
class HigherDerivativeTest {

  private static final long SEED = 7;

  private static final double[] A = {1, 2};

  private static final double[] B = {3, 5};

  private static HigherDerivative of(int order, Function<List<Tensor>, Tensor> f) {
    List<Block> blocks =
        List.of(
            new Block("", "\"a\"", Shape.of(2), Precision.DOUBLE, A),
            new Block("", "\"b\"", Shape.of(2), Precision.DOUBLE, B));
    Examined examined = Examined.of(new FreshLeaves(f, blocks), blocks, null);
    FirstDerivative first = new FirstDerivative(examined);
    first.value(Block.valuesOf(blocks), Place.GIVEN);
    return HigherDerivative.of(order, examined, first, new double[] {9}, SEED);
  }

  private static Tensor times(List<Tensor> inputs) {
    return inputs.get(0).mul(inputs.get(1));
  }

  private static double[] drawn(long seed, int count) {
    return new Random(seed)
        .doubles(count, -1.5, 1.5)
        .map(u -> (float) (u + Math.copySign(0.5, u)))
        .toArray();
  }

  private static double[] value(HigherDerivative derivative, double[]... at) {
    return derivative.value(at, Place.GIVEN);
  }

  @Test
  void theSecondHasTheUpstreamGradientAsAnInput() {
    List<Block> blocks = of(2, HigherDerivativeTest::times).blocks();
    assertThat(blocks)
        .extracting(Block::label)
        .containsExactly("\"a\"", "\"b\"", "upstream gradient");
    assertThat(blocks.get(2).shape()).isEqualTo(Shape.of(2));
    assertThat(blocks.get(2).values()).containsExactly(drawn(SEED, 2));
  }

  @Test
  void theFourthHasThoseOfThreeSweepsAsInputs() {
    List<Block> blocks = of(4, HigherDerivativeTest::times).blocks();
    assertThat(blocks)
        .extracting(Block::label)
        .containsExactly(
            "\"a\"",
            "\"b\"",
            "upstream gradient",
            "upstream gradient of sweep 2",
            "upstream gradient of sweep 3");
    // One sweep's gradients are by a and b, the next one's by the first upstream gradient, too.
    assertThat(blocks).extracting(Block::shape).endsWith(Shape.of(2), Shape.of(4), Shape.of(6));
    assertThat(blocks.get(3).values()).containsExactly(drawn(SEED + 1, 4));
    assertThat(blocks.get(4).values()).containsExactly(drawn(SEED + 2, 6));
  }

  @Test
  void aSingleOutputHasOneForItsUpstreamGradient() {
    List<Block> blocks = of(2, inputs -> times(inputs).sum()).blocks();
    assertThat(blocks.get(2).values()).containsExactly(1);
  }

  @Test
  void theValueOfTheSecondIsTheGradient() {
    double[] u = {7, 11};
    HigherDerivative second = of(2, HigherDerivativeTest::times);
    assertThat(value(second, A, B, u)).containsExactly(3 * 7, 5 * 11, 1 * 7, 2 * 11);
    assertThat(value(second, B, A, u)).containsExactly(1 * 7, 2 * 11, 3 * 7, 5 * 11);
  }

  @Test
  void theClaimOfTheSecondIsTheGradientOfThat() {
    double[] u = {7, 11};
    double[] w = {2, 3, 4, 6};
    HigherDerivative second = of(2, HigherDerivativeTest::times);
    Claim claim = second.claim(new double[][] {A, B, u}, w);
    assertThat(claim.part(0)).containsExactly(4 * 7, 6 * 11);
    assertThat(claim.part(1)).containsExactly(2 * 7, 3 * 11);
    assertThat(claim.part(2)).containsExactly(2 * 3 + 4 * 1, 3 * 5 + 6 * 2);
    assertThat(claim.reached(0) && claim.reached(1) && claim.reached(2)).isTrue();
  }

  @Test
  void theValueAndClaimOfTheThirdAreTheNextOnes() {
    double[] u = {7, 11};
    double[] v = {2, 3, 4, 6};
    HigherDerivative third = of(3, HigherDerivativeTest::times);
    assertThat(value(third, A, B, u, v))
        .containsExactly(4 * 7, 6 * 11, 2 * 7, 3 * 11, 2 * 3 + 4 * 1, 3 * 5 + 6 * 2);
    Claim claim = third.claim(new double[][] {A, B, u, v}, new double[] {1, 0, 0, 0, 10, 0});
    // Of v₂ u₀ + 10 (v₀ b₀ + v₂ a₀).
    assertThat(claim.part(0)).containsExactly(40, 0);
    assertThat(claim.part(1)).containsExactly(20, 0);
    assertThat(claim.part(2)).containsExactly(4, 0);
    assertThat(claim.part(3)).containsExactly(30, 0, 17, 0);
  }

  @Test
  void anInputThatTheGradientDoesNotDependOnIsNotReached() {
    HigherDerivative second = of(2, inputs -> inputs.get(0).square());
    double[] u = {7, 11};
    assertThat(value(second, A, B, u)).containsExactly(2 * 7, 4 * 11, 0, 0);
    Claim claim = second.claim(new double[][] {A, B, u}, new double[] {1, 1, 1, 1});
    assertThat(claim.reached(1)).isFalse();
    assertThat(claim.part(0)).containsExactly(2 * 7, 2 * 11);
    assertThat(claim.part(1)).containsExactly(0, 0);
  }

  @Test
  void partsAreNamedByTheInputTheyAreGradientsOf() {
    HigherDerivative third = of(3, HigherDerivativeTest::times);
    assertThat(third.valueLabel(0)).isEqualTo("the gradient of \"a\" at [0]");
    assertThat(third.valueLabel(1)).isEqualTo("the gradient of \"a\" at [1]");
    assertThat(third.valueLabel(2)).isEqualTo("the gradient of \"b\" at [0]");
    assertThat(third.valueLabel(5)).isEqualTo("the gradient of upstream gradient at [1]");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> third.valueLabel(6));
  }

  @Test
  void gradientsThatAreNotFiniteAreRefused() {
    HigherDerivative second = of(2, inputs -> inputs.get(0).sqrt().mul(inputs.get(1)));
    double[][] at = {{1, 0}, B, {7, 11}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> second.value(at, Place.GIVEN))
        .withMessageContaining("the gradient of \"a\" at [1] is Infinity at the given inputs");
    assertThatExceptionOfType(Undefined.class)
        .isThrownBy(() -> second.value(at, Place.moved(second.blocks().get(0), 1, -2)));
  }

  @Test
  void figuresAreDividedByTheWeightOfASingleValue() {
    HigherDerivative second = of(2, HigherDerivativeTest::times);
    assertThat(second.unit(new double[] {5})).isEqualTo(5);
    assertThat(second.unit(new double[] {5, 6})).isEqualTo(1);
    assertThat(second.naturalValues(1)).containsExactly(9);
  }

  @Test
  void theFunctionRunsElsewhereBeforeTheLastSweeps() {
    List<double[]> seen = new ArrayList<>();
    HigherDerivative second =
        of(
            2,
            inputs -> {
              seen.add(inputs.get(0).toDoubleArray());
              return times(inputs);
            });
    seen.clear();
    second.claim(new double[][] {{1024, 2}, B, {7, 11}}, new double[4]);
    assertThat(seen.stream().map(x -> x[0])).containsExactly(1024.0, 1023.0);
  }

  @Test
  void stopsCanBeCounted() {
    HigherDerivative second = of(2, inputs -> inputs.get(0).mul(inputs.get(0).detach()));
    double[] w = {1, 1, 0, 0};
    Claim through = second.claimThroughStops(w);
    assertThat(through).isNotNull();
    double[] u = second.blocks().get(2).values();
    assertThat(through == null ? new double[0] : through.part(0))
        .containsExactly(Arrays.stream(u).map(x -> 2 * x).toArray());
    assertThat(of(2, HigherDerivativeTest::times).claimThroughStops(w)).isNull();
  }
}
