package dev.autograd.check;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The clauses about the value of an operation. */
final class ValueClauses {

  private final Op op;
  private final @Nullable Function<List<Tensor>, Tensor> reference;
  private final Tolerance tolerance;

  ValueClauses(Op op, @Nullable Function<List<Tensor>, Tensor> reference, Tolerance tolerance) {
    this.op = op;
    this.reference = reference;
    this.tolerance = tolerance;
  }

  void runs(Sample sample) {
    if (sample.floating().isEmpty()) {
      throw new Broken("no operand is F64 or F32, so there is nothing to differentiate");
    }
    Tensor y = op.on(sample.leaves(DType.F64));
    if (y.dtype() != DType.F64) {
      throw new Broken("the output is " + y.dtype() + " where the operands are F64");
    }
    double[] values = y.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new Broken("output" + Blocks.at(y, i) + " is " + values[i]);
      }
    }
  }

  void determinism(Sample sample) {
    Tensor first = op.on(sample.leaves(DType.F64));
    Tensor second = op.on(sample.leaves(DType.F64));
    Blocks.requireSame("output", first, second, "in a second call with the same operands");
  }

  void value(Sample sample) {
    if (reference == null) {
      throw new Broken(
          "there is no reference; give one with reference(...), or leave the value out with"
              + " without(Clause.VALUE, reason)");
    }
    Tensor expected = reference.apply(sample.constants(DType.F64));
    Tensor y = op.on(sample.constants(DType.F64));
    double bound = tolerance.of(Blocks.magnitude(expected));
    Blocks.requireClose("output", y, expected, bound, "by the reference");
  }

  void tracking(Sample sample) {
    Tensor tracked = op.on(sample.leaves(DType.F64));
    Tensor constant = op.on(sample.constants(DType.F64));
    Tensor unrecorded = Autograd.noGrad(() -> op.on(sample.leaves(DType.F64)));
    Blocks.requireSame("output", tracked, constant, "of untracked operands");
    Blocks.requireSame("output", tracked, unrecorded, "inside noGrad");
    requireTracked(tracked, true, "of tracked operands");
    requireTracked(constant, false, "of constants");
    // What was handed in comes out as it is, also inside noGrad.
    boolean passedThrough = unrecorded.nodes().size() == 1;
    requireTracked(unrecorded, passedThrough, "inside noGrad");
  }

  private static void requireTracked(Tensor y, boolean wanted, String when) {
    if (y.requiresGrad() != wanted) {
      throw new Broken(
          "the output "
              + when
              + " is "
              + (wanted ? "not tracked" : "tracked")
              + " and should "
              + (wanted ? "be" : "not be"));
    }
  }
}
