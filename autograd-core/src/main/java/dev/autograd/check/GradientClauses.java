package dev.autograd.check;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The clauses about gradients that need no differences. */
final class GradientClauses {

  /** What rounding may do to a sum of two gradients, as a part of the larger. */
  private static final double ROUNDING = 1e-12;

  private final Op op;

  GradientClauses(Op op) {
    this.op = op;
  }

  void form(Sample sample) {
    List<Tensor> operands = sample.leaves(DType.F64);
    Tensor y = op.on(operands);
    List<Tensor> gradients = op.gradients(sample, operands, y, op.upstream(y, 0));
    for (int k = 0; k < gradients.size(); k++) {
      Tensor gradient = gradients.get(k);
      if (gradient.requiresGrad()) {
        throw new Broken(
            Op.gradientOf(sample, k) + " is tracked after a sweep without createGraph");
      }
      double[] numbers = gradient.toDoubleArray();
      for (int i = 0; i < numbers.length; i++) {
        if (!Double.isFinite(numbers[i])) {
          throw new Broken(
              Op.gradientOf(sample, k)
                  + Blocks.at(gradient, i)
                  + " is "
                  + numbers[i]
                  + " where the output is finite");
        }
      }
    }
  }

  void independentCalls(Sample sample) {
    List<Tensor> alone = gradients(sample, y -> op.upstream(y, 0));
    List<Tensor> before = alone.stream().map(g -> Tensor.of(g.shape(), g.toDoubleArray())).toList();
    List<Tensor> operands = sample.leaves(DType.F64);
    Tensor y = op.on(operands);
    callElsewhere(sample);
    requireSame(sample, alone, before, "before the operation was swept again");
    List<Tensor> disturbed = op.gradients(sample, operands, y, op.upstream(y, 0));
    requireSame(sample, disturbed, before, "without another call in between");
  }

  private static void requireSame(
      Sample sample, List<Tensor> gradients, List<Tensor> before, String when) {
    for (int k = 0; k < gradients.size(); k++) {
      Blocks.requireSame(Op.gradientOf(sample, k), gradients.get(k), before.get(k), when);
    }
  }

  /** Calls and sweeps the operation near the sample; a refusal there says nothing about it. */
  private void callElsewhere(Sample sample) {
    Sample other = new Sample(sample.map((k, x) -> Tensor.wrap(sample.shape(k), towardsZero(x))));
    try {
      gradients(other, y -> op.upstream(y, 1));
    } catch (RuntimeException outsideTheDomain) {
      return;
    }
  }

  private static double[] towardsZero(double[] x) {
    return Arrays.stream(x).map(v -> v * (1 - 0x1p-10)).toArray();
  }

  void inputsUntouched(Sample sample) {
    // The storage of what was given, in case the operation knows an array behind it.
    Sample before = new Sample(sample.given());
    List<Tensor> given = new ArrayList<>(sample.given());
    sample.floating().forEach(k -> given.set(k, given.get(k).detach()));
    List<Tensor> shared = new ArrayList<>(given);
    sample.floating().forEach(k -> shared.set(k, given.get(k).withGrad()));
    sweepWithoutTouching(before, shared, given);
    List<Tensor> parameters =
        sample.map((k, x) -> Parameter.of("operand " + k, Tensor.wrap(sample.shape(k), x)));
    sweepWithoutTouching(sample, parameters, parameters);
  }

  private void sweepWithoutTouching(Sample sample, List<Tensor> operands, List<Tensor> watched) {
    Tensor y = op.on(operands);
    requireUntouched(sample, watched, "after the call");
    Tensor upstream = op.upstream(y, 0);
    op.gradients(sample, operands, y, upstream);
    requireUntouched(sample, watched, "after the sweep");
    Blocks.requireSame("the upstream gradient", upstream, op.upstream(y, 0), "before the sweep");
  }

  private static void requireUntouched(Sample sample, List<Tensor> operands, String when) {
    List<Tensor> before = sample.constants(DType.F64);
    for (int k : sample.floating()) {
      Tensor operand = operands.get(k);
      if (operand instanceof Parameter parameter && parameter.version() != 0) {
        throw new Broken(
            "operand "
                + k
                + ", a parameter, was assigned to: "
                + when
                + " its version is "
                + parameter.version());
      }
      Blocks.requireSame("operand " + k + " " + when, operand, before.get(k), "before");
    }
  }

  void linearInSeed(Sample sample) {
    List<Tensor> one = gradients(sample, y -> op.upstream(y, 0));
    List<Tensor> other = gradients(sample, y -> op.upstream(y, 1));
    List<Tensor> minusTwo = gradients(sample, y -> op.upstream(y, 0).mul(-2));
    List<Tensor> sum = gradients(sample, y -> op.upstream(y, 0).add(op.upstream(y, 1)));
    // Of all operands: a gradient that cancels to 0 keeps rounding errors of its terms' size.
    double size = largest(one) + largest(other);
    for (int k = 0; k < one.size(); k++) {
      String what = Op.gradientOf(sample, k);
      Blocks.requireClose(
          what + " for -2 g",
          minusTwo.get(k),
          one.get(k).mul(-2),
          ROUNDING * size,
          "is -2 times that for g");
      Blocks.requireClose(
          what + " for g + h",
          sum.get(k),
          one.get(k).add(other.get(k)),
          ROUNDING * size,
          "is the sum of those for g and h");
    }
  }

  private static double largest(List<Tensor> gradients) {
    return gradients.stream().mapToDouble(Blocks::magnitude).max().orElse(0);
  }

  void zeroSeed(Sample sample) {
    List<Tensor> operands = sample.leaves(DType.F64);
    Tensor y;
    try {
      y = op.on(operands);
    } catch (RuntimeException refused) {
      // At the ends of its domain an operation may refuse; elsewhere it has run before.
      return;
    }
    Tensor zeros = Tensor.zeros(DType.F64, y.shape().toArray());
    List<Tensor> gradients = op.gradients(sample, operands, y, zeros);
    for (int k = 0; k < gradients.size(); k++) {
      double[] numbers = gradients.get(k).toDoubleArray();
      for (int i = 0; i < numbers.length; i++) {
        if (numbers[i] != 0) {
          throw new Broken(
              Op.gradientOf(sample, k)
                  + Blocks.at(gradients.get(k), i)
                  + " is "
                  + numbers[i]
                  + " for g = 0, at "
                  + operandsAt(sample, operands, i));
        }
      }
    }
  }

  private static String operandsAt(Sample sample, List<Tensor> operands, int i) {
    StringBuilder text = new StringBuilder();
    for (int k : sample.floating()) {
      Tensor operand = operands.get(k);
      if (i < operand.size()) {
        text.append(text.length() == 0 ? "" : ", ");
        text.append("operand ").append(k).append(" = ").append(operand.toDoubleArray()[i]);
      }
    }
    return text.toString();
  }

  private List<Tensor> gradients(Sample sample, Function<Tensor, Tensor> upstream) {
    List<Tensor> operands = sample.leaves(DType.F64);
    Tensor y = op.on(operands);
    return op.gradients(sample, operands, y, upstream.apply(y));
  }
}
