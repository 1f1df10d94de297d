package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which precision a function computes in, and whether it has a twin that computes in double. */
class ExaminedTest {

  private static final Block WIDE = new Block("", "x", Shape.of(2), Precision.DOUBLE, 0.5, 2);

  private static final Block NARROW = new Block("", "x", Shape.of(2), Precision.SINGLE, 0.5, 2);

  private static Subject subject(UnaryOperator<Tensor> f, Block block) {
    return new FreshLeaves(inputs -> f.apply(inputs.get(0)), List.of(block));
  }

  private static Examined of(UnaryOperator<Tensor> f, Block block) {
    return Examined.of(subject(f, block), List.of(block), subject(f, block.twin()));
  }

  private static Precision claims(UnaryOperator<Tensor> f, Block block) {
    return of(f, block).claimPrecision();
  }

  private static Precision values(UnaryOperator<Tensor> f, Block block) {
    return of(f, block).valuePrecision();
  }

  @Test
  void aFunctionOfDoublesNeedsNoTwin() {
    Examined examined = of(Tensor::sin, WIDE);
    assertThat(examined.values()).isSameAs(examined.claims());
    assertThat(examined.claimPrecision()).isEqualTo(Precision.DOUBLE);
    assertThat(examined.valuePrecision()).isEqualTo(Precision.DOUBLE);
    assertThat(examined.blocks()).containsExactly(WIDE);
  }

  @Test
  void aFunctionOfFloatsHasATwin() {
    Examined examined = of(Tensor::sin, NARROW);
    assertThat(examined.values()).isNotSameAs(examined.claims());
    assertThat(examined.claimPrecision()).isEqualTo(Precision.SINGLE);
    assertThat(examined.valuePrecision()).isEqualTo(Precision.DOUBLE);
    assertThat(examined.blocks().get(0).precision()).isEqualTo(Precision.DOUBLE);
  }

  @Test
  void theLeastPreciseOperationCounts() {
    UnaryOperator<Tensor> through = x -> x.to(DType.F32).sin().to(DType.F64);
    assertThat(claims(through, WIDE)).isEqualTo(Precision.SINGLE);
    assertThat(values(through, WIDE)).isEqualTo(Precision.SINGLE);
    assertThat(claims(x -> x.sin().to(DType.F32), WIDE)).isEqualTo(Precision.SINGLE);
    assertThat(claims(x -> x.to(DType.F64).sin(), NARROW)).isEqualTo(Precision.SINGLE);
    assertThat(claims(x -> Tensor.scalar(1).to(DType.F32), WIDE)).isEqualTo(Precision.SINGLE);
  }

  @Test
  void aFunctionThatClosesOverFloatsHasNoTwin() {
    Tensor weight = Tensor.of(3.0, 4.0).to(DType.F32);
    Examined examined = of(x -> x.mul(weight), NARROW);
    assertThat(examined.values()).isSameAs(examined.claims());
    assertThat(examined.valuePrecision()).isEqualTo(Precision.SINGLE);
    assertThat(examined.blocks()).containsExactly(NARROW);
  }

  @Test
  void aFunctionMayBeGivenWithoutATwin() {
    Examined examined = Examined.of(subject(Tensor::sin, NARROW), List.of(NARROW), null);
    assertThat(examined.values()).isSameAs(examined.claims());
    assertThat(examined.valuePrecision()).isEqualTo(Precision.SINGLE);
  }

  @Test
  void stopsAreKnownOnceTheyAreLookedFor() {
    Examined examined = of(x -> x.mul(Autograd.noGrad(() -> x.sin())).add(x.detach()), WIDE);
    FirstDerivative first = new FirstDerivative(examined);
    first.value(Block.valuesOf(List.of(WIDE)), Place.GIVEN);
    assertThat(examined.stops()).isEmpty();
    Claim through = first.claimThroughStops(new double[] {1, 1});
    assertThat(through).isNotNull();
    assertThat(examined.stops()).hasSize(1).allMatch(line -> line.contains("ExaminedTest.java:"));
    FirstDerivative unstopped = new FirstDerivative(of(Tensor::sin, WIDE));
    unstopped.value(Block.valuesOf(List.of(WIDE)), Place.GIVEN);
    assertThat(unstopped.claimThroughStops(new double[] {1, 1})).isNull();
  }

  @Test
  void aClaimThatNeedsTheStopsIsNone() {
    Examined examined = of(Tensor::sin, WIDE);
    Claim through =
        examined.throughStops(
            subject -> {
              throw new IllegalStateException("needs the stops");
            });
    assertThat(through).isNull();
  }

  @Test
  void theFunctionRunsElsewhereBeforeItIsSwept() {
    List<Double> seen = new ArrayList<>();
    FirstDerivative first =
        new FirstDerivative(
            of(
                x -> {
                  seen.add(x.item(1));
                  return x.sin();
                },
                WIDE));
    first.value(Block.valuesOf(List.of(WIDE)), Place.GIVEN);
    seen.clear();
    Claim claim = first.claim(new double[][] {{0.5, 2}}, new double[] {3, 5});
    assertThat(seen).containsExactly(2.0, 2 * (1 - 0x1p-10));
    assertThat(claim.part(0)).containsExactly(3 * Math.cos(0.5), 5 * Math.cos(2));
    assertThat(first.unit(new double[] {3})).isEqualTo(3);
    assertThat(first.unit(new double[] {3, 5})).isEqualTo(1);
    assertThat(first.naturalValues(2)).containsExactly(0, 0);
    assertThat(first.valueLabel(1)).isEqualTo("output [1]");
  }
}
