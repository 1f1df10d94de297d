package dev.autograd.check;

import dev.autograd.DTypeException;
import dev.autograd.Node;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function under check in the two roles it plays: claims come from the function as it is, values
 * for differences from the same function or, if that is single, from its twin in double precision.
 */
final class Examined {

  private final Subject claims;
  private final Subject values;
  private final List<Block> blocks;
  private final Precision valuePrecision;
  private final Precision claimPrecision;
  private final Set<String> stops = new LinkedHashSet<>();

  private Examined(
      Subject claims,
      Subject values,
      List<Block> blocks,
      Precision valuePrecision,
      Precision claimPrecision) {
    this.claims = claims;
    this.values = values;
    this.blocks = blocks;
    this.valuePrecision = valuePrecision;
    this.claimPrecision = claimPrecision;
  }

  /**
   * Returns a function to examine.
   *
   * @param twin the same function with all inputs in double precision; null if there is none
   */
  static Examined of(Subject subject, List<Block> blocks, @Nullable Subject twin) {
    double[][] given = Block.valuesOf(blocks);
    Precision own = precision(subject, given);
    if (own == Precision.SINGLE && twin != null && isDouble(twin, given)) {
      List<Block> wide = blocks.stream().map(Block::twin).toList();
      return new Examined(subject, twin, wide, Precision.DOUBLE, own);
    }
    return new Examined(subject, subject, blocks, own, own);
  }

  /** Returns the precision of the least precise operation on the way to the output. */
  private static Precision precision(Subject subject, double[][] given) {
    return Tape.scope(
        () -> isSingle(subject.run(given).output()) ? Precision.SINGLE : Precision.DOUBLE);
  }

  private static boolean isSingle(Tensor output) {
    return output.dtype() == DType.F32
        || output.nodes().stream().map(Node::dtype).anyMatch(DType.F32::equals);
  }

  /** Returns whether the twin runs, which it does not if the function closes over F32 tensors. */
  private static boolean isDouble(Subject twin, double[][] given) {
    try {
      return precision(twin, given) == Precision.DOUBLE;
    } catch (DTypeException mixed) {
      return false;
    }
  }

  /** Returns the inputs as differences move them. */
  List<Block> blocks() {
    return blocks;
  }

  Subject claims() {
    return claims;
  }

  Subject values() {
    return values;
  }

  Precision valuePrecision() {
    return valuePrecision;
  }

  Precision claimPrecision() {
    return claimPrecision;
  }

  /** Returns the lines at which gradients are stopped, as far as they have been looked for. */
  List<String> stops() {
    return List.copyOf(stops);
  }

  /**
   * Returns a claim in whose computation nothing stops gradients; null if nothing did before, or if
   * the function does not run that way.
   */
  @Nullable Claim throughStops(Function<Subject, Claim> claim) {
    try {
      Claim through = claim.apply(new ThroughStops(claims, stops));
      return stops.isEmpty() ? null : through;
    } catch (RuntimeException needsTheStops) {
      return null;
    }
  }
}
