package dev.autograd.check;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.function.Function;

/** The clauses that hold derivatives against differences; see {@link GradientCheck}. */
final class DifferenceClauses {

  private final Op op;
  private final Tolerance tolerance;

  DifferenceClauses(Op op, Tolerance tolerance) {
    this.op = op;
    this.tolerance = tolerance;
  }

  void firstOrder(Sample sample) {
    check(sample, 1, operands -> op.on(operands).sum());
  }

  void seedHonoured(Sample sample) {
    check(sample, 1, op::on);
  }

  void secondOrder(Sample sample) {
    check(sample, 2, op::on);
  }

  /** Returns the floating operands under names that findings call them by. */
  private static List<Tensor> named(Sample sample) {
    List<Tensor> operands = sample.constants(DType.F64);
    sample.floating().forEach(k -> operands.get(k).named("operand " + k));
    return sample.floats(operands);
  }

  private void check(Sample sample, int order, Function<List<Tensor>, Tensor> function) {
    GradientReport report =
        GradientCheck.ofList(floats -> function.apply(sample.filled(floats)))
            .at(named(sample))
            .order(order)
            .seed(op.seed())
            .tolerance(tolerance.relative(), tolerance.absolute())
            .check();
    if (!report.passed()) {
      throw new Broken(new ReportText(report).brief());
    }
  }
}
