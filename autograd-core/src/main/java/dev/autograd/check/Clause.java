package dev.autograd.check;

import java.util.List;
import java.util.Locale;

/**
 * One promise of an operation, as {@link OpContract} checks it. A clause whose foundation failed is
 * not judged, so that each mistake is told once, by the clause it breaks first.
 */
public enum Clause {
  /** It accepts the samples and returns finite F64 tensors. */
  RUNS("choose samples inside the domain, with domain, except, shapes or sample"),

  /** The same operands give the same bits. */
  DETERMINISM("use no random numbers, or start their generator anew in each call"),

  /** The value is the reference's. */
  VALUE("compare the value with the reference at these operands by hand"),

  /**
   * The value does not depend on whether operands are tracked; the result is tracked exactly if one
   * is and recording is on.
   */
  TRACKING("compute the value without recording and hand it to Tensor.custom with all operands"),

  /** Each gradient arrives untracked and finite, in its operand's shape and type. */
  GRADIENT_FORM("mind what the pullback returns: its operand's shape and type, for any g"),

  /**
   * A gradient belongs to its own call: other calls and sweeps, before, between or after, change
   * nothing.
   */
  INDEPENDENT_CALLS("keep what the pullback needs in local variables it captures, not in fields"),

  /** Operands and upstream gradient keep their values. */
  INPUTS_UNTOUCHED(
      "write results to new tensors; assign nothing, copy arrays before changing them"),

  /** The gradient is linear in the upstream gradient g. */
  LINEAR_IN_SEED(
      "multiply g with the slope: nothing is added to it, and nothing else is done to it"),

  /** The gradient of the sum of all outputs is what differences say. */
  FIRST_ORDER("compare the pullback with the derivative on paper"),

  /** The gradient is right for every upstream gradient, not only for equal elements. */
  SEED_HONOURED(
      "pair each element of g with its own output; take no mean or sum that the value has not"),

  /**
   * Where g is 0 the gradient is 0, also where the slope is infinite or NaN: at 0, at excepted
   * points and at the ends of the domain if the operation is element-wise.
   */
  ZERO_SEED("multiply with slopes through g.chain(slope), which stays 0 where g is 0"),

  /** A gradient does not depend on whether the other operands are tracked. */
  CONSTANT_OPERANDS("give each operand a pullback of its own that relies on no other"),

  /** One tensor in the place of two operands gets the sum of both gradients. */
  SHARED_OPERAND("tell operands apart by place, never by identity"),

  /** The derivative of the gradient is what differences say, mixed terms included. */
  SECOND_ORDER(
      "write pullbacks in tensor operations on g, the operands and y, none of them detached"),

  /** Value and gradient in F32 are those in F64, up to rounding. */
  SINGLE_PRECISION("derive constants from the operand's type, with to(x.dtype()) or like mul(2)"),

  /** All this holds for operands that broadcast, as if they had been repeated before. */
  BROADCASTING("return gradients in the output's shape and leave the summing to the sweep"),

  /** All this holds for 0-d operands. */
  SCALARS("treat the shape [] as any other: take axes and sizes from the operand"),

  /** All this holds for axes of size 1. */
  SIZE_ONE_AXES("look for what treats size 1 as a special case"),

  /** All this holds for operands without elements. */
  EMPTY_SHAPES("look for what reads a first element or divides by a size"),

  /** Wrong operands are refused, by an exception that says why. */
  REFUSALS("validate before computing; say the operation, what was given, and what would be right");

  private final String advice;

  Clause(String advice) {
    this.advice = advice;
  }

  /** Returns what to do if the clause is broken. */
  public String advice() {
    return advice;
  }

  /** Returns the clauses without which this cannot be judged. */
  List<Clause> foundations() {
    return switch (this) {
      case RUNS -> List.of();
      case DETERMINISM, REFUSALS -> List.of(RUNS);
      case VALUE, TRACKING -> List.of(DETERMINISM);
      case GRADIENT_FORM -> List.of(TRACKING);
      case INDEPENDENT_CALLS, INPUTS_UNTOUCHED -> List.of(GRADIENT_FORM);
      case LINEAR_IN_SEED -> List.of(INDEPENDENT_CALLS);
      case FIRST_ORDER -> List.of(VALUE, LINEAR_IN_SEED);
      case SEED_HONOURED -> List.of(FIRST_ORDER);
      case ZERO_SEED,
          CONSTANT_OPERANDS,
          SHARED_OPERAND,
          SECOND_ORDER,
          SINGLE_PRECISION,
          BROADCASTING ->
          List.of(SEED_HONOURED);
      case SCALARS, SIZE_ONE_AXES, EMPTY_SHAPES -> List.of(BROADCASTING);
    };
  }

  /** Returns the name as reports print it, as in {@code seed honoured}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
