package dev.autograd.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A projection of a function, {@code Σ weights · value}, along a line through the given inputs. */
final class InputLine implements Line {

  private final Derivative function;
  private final Around around;
  private final int block;
  private final Direction direction;

  /**
   * Makes the line through the given inputs.
   *
   * @param block the input that moves
   */
  InputLine(Derivative function, Around around, int block, Direction direction) {
    this.function = function;
    this.around = around;
    this.block = block;
    this.direction = direction;
  }

  @Override
  public List<Integer> index() {
    return direction.index();
  }

  @Override
  public double scale() {
    return direction.scale();
  }

  @Override
  public List<Double> longer() {
    return direction.longer();
  }

  /** Returns how far the projection has come from its value at the given inputs. */
  @Override
  public Extrapolation.@Nullable Change apply(double way) {
    double[] x = around.given()[block];
    double[][] at = around.given().clone();
    at[block] = direction.from(x, way);
    try {
      double[] value = function.value(at, direction.place(function.blocks().get(block), way));
      double gone = direction.gone(x, way);
      return new Extrapolation.Change(around.change(value), around.deviation(value), gone);
    } catch (Undefined nothingHere) {
      return null;
    }
  }
}
