package dev.autograd.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function along a line through the given inputs, on which one input moves or two: its values,
 * which serve every projection.
 */
final class Moves {

  /** An input, by its number, and the direction it moves in. */
  record Move(int block, Direction direction) {}

  private static final double[] UNDEFINED = {};

  private final Derivative function;
  private final double[][] given;
  private final List<Move> moves;
  private final Map<Double, double[]> values = new HashMap<>();

  Moves(Derivative function, double[][] given, List<Move> moves) {
    this.function = function;
    this.given = given;
    this.moves = moves;
  }

  private double[] value(double way) {
    return values.computeIfAbsent(way, this::evaluate);
  }

  private double[] evaluate(double way) {
    double[][] at = given.clone();
    for (Move move : moves) {
      at[move.block()] = move.direction().from(at[move.block()], way);
    }
    Move first = moves.get(0);
    Block block = function.blocks().get(first.block());
    try {
      return function.value(at, first.direction().place(block, way));
    } catch (Undefined nothingHere) {
      return UNDEFINED;
    }
  }

  /** Returns a projection along the line. */
  Line project(Around around) {
    Move first = moves.get(0);
    Direction direction = first.direction();
    return new Line() {
      @Override
      public List<Integer> index() {
        return direction.index();
      }

      @Override
      public int direction() {
        return direction.number();
      }

      @Override
      public double scale() {
        return direction.scale();
      }

      @Override
      public List<Double> longer() {
        return direction.longer();
      }

      @Override
      public Extrapolation.@Nullable Change apply(double way) {
        double[] value = value(way);
        return value == UNDEFINED
            ? null
            : new Extrapolation.Change(
                around.change(value),
                around.deviation(value),
                direction.gone(given[first.block()], way));
      }
    };
  }
}
