package dev.autograd.check;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A derivative made of plain functions of one input, which notes where it was asked. */
final class TestDerivative implements Derivative {

  final List<double[]> claimedAt = new ArrayList<>();
  int askedThroughStops;
  Precision claimPrecision = Precision.DOUBLE;
  boolean reached = true;
  double unit = 1;
  double @Nullable [] throughStops;

  private final Block block;
  private final UnaryOperator<double[]> function;
  private final BiFunction<double[], double[], double[]> claim;

  /**
   * Makes one.
   *
   * @param claim the gradient, of the input and the weights
   */
  TestDerivative(
      UnaryOperator<double[]> function,
      BiFunction<double[], double[], double[]> claim,
      double... given) {
    this.block = new Block("", "\"x\"", Shape.of(given.length), Precision.DOUBLE, given);
    this.function = function;
    this.claim = claim;
  }

  @Override
  public List<Block> blocks() {
    return List.of(block);
  }

  @Override
  public double[] value(double[][] at, Place place) {
    return function.apply(at[0]);
  }

  @Override
  public Claim claim(double[][] at, double[] weights) {
    claimedAt.add(at[0].clone());
    return new Claim(new double[][] {claim.apply(at[0], weights)}, new boolean[] {reached});
  }

  @Override
  public @Nullable Claim claimThroughStops(double[] weights) {
    askedThroughStops++;
    return throughStops == null
        ? null
        : new Claim(new double[][] {throughStops}, new boolean[] {true});
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public Precision valuePrecision() {
    return Precision.DOUBLE;
  }

  @Override
  public Precision claimPrecision() {
    return claimPrecision;
  }

  @Override
  public double[] naturalValues(int count) {
    return new double[count];
  }

  @Override
  public String valueLabel(int element) {
    return "value " + element;
  }

  @Override
  public double unit(double[] weights) {
    return unit;
  }
}
