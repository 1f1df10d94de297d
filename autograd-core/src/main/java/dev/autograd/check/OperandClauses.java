package dev.autograd.check;

import dev.autograd.Tensor;
import dev.autograd.array.Broadcast;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** The clauses about how operands are told apart, repeated and rounded. */
final class OperandClauses {

  /** What rounding may do to a sum of gradients, as a part of the largest. */
  private static final double ROUNDING = 1e-12;

  private final Op op;
  private final Tolerance singleTolerance;

  OperandClauses(Op op, Tolerance singleTolerance) {
    this.op = op;
    this.singleTolerance = singleTolerance;
  }

  static boolean hasSeveral(Sample sample) {
    return sample.floating().size() > 1;
  }

  void constantOperands(Sample sample) {
    List<Tensor> all = gradients(sample, tracked(sample, k -> true));
    List<Integer> floating = sample.floating();
    for (int k = 0; k < floating.size(); k++) {
      int only = floating.get(k);
      List<Tensor> alone = gradients(sample, tracked(sample, place -> place == only));
      Blocks.requireSame(
          Op.gradientOf(sample, k), alone.get(k), all.get(k), "if the other operands are tracked");
    }
  }

  private static List<Tensor> tracked(Sample sample, IntPredicate which) {
    return sample.map(
        (k, x) -> {
          Tensor operand = Tensor.wrap(sample.shape(k), x);
          return which.test(k) ? operand.withGrad() : operand;
        });
  }

  private List<Tensor> gradients(Sample sample, List<Tensor> operands) {
    Tensor y = op.on(operands);
    return op.gradients(sample, operands, y, op.upstream(y, 0));
  }

  static boolean hasTwins(Sample sample) {
    return twin(sample) > 0;
  }

  /** Returns the place, among floating operands, of one with the first's shape; 0 if none has. */
  private static int twin(Sample sample) {
    List<Shape> shapes = sample.floating().stream().map(sample::shape).toList();
    return 1 + shapes.subList(Math.min(1, shapes.size()), shapes.size()).indexOf(shapes.get(0));
  }

  void sharedOperand(Sample sample) {
    int second = twin(sample);
    int place = sample.floating().get(second);
    int firstPlace = sample.floating().get(0);
    List<Tensor> separate = sample.leaves(DType.F64);
    Tensor copy = separate.get(firstPlace).detach().withGrad();
    separate.set(place, copy);
    List<Tensor> shared = new ArrayList<>(separate);
    shared.set(place, separate.get(firstPlace));
    List<Tensor> apart;
    try {
      apart = gradients(sample, separate);
    } catch (RuntimeException outsideTheDomain) {
      return;
    }
    Tensor expected = apart.get(0).add(apart.get(second));
    double size = Blocks.magnitude(apart.get(0)) + Blocks.magnitude(apart.get(second));
    Blocks.requireClose(
        "the gradient of one tensor as operands " + firstPlace + " and " + place,
        gradients(sample, shared).get(0),
        expected,
        ROUNDING * size,
        "is the sum for equal, separate tensors");
  }

  void broadcasting(Sample sample) {
    Shape common = Shape.SCALAR;
    for (int k : sample.floating()) {
      common = Broadcast.of(common, sample.shape(k)).shape();
    }
    Shape repeated = common;
    Sample expanded =
        new Sample(
            sample.map((k, x) -> Tensor.wrap(sample.shape(k), x).broadcastTo(repeated.toArray())));
    List<Tensor> operands = sample.leaves(DType.F64);
    List<Tensor> large = expanded.leaves(DType.F64);
    Tensor y = op.on(operands);
    Tensor yLarge = op.on(large);
    Blocks.requireClose(
        "output", y, yLarge, ROUNDING * Blocks.magnitude(yLarge), "for operands repeated before");
    Tensor upstream = op.upstream(y, 0);
    List<Tensor> gradients = op.gradients(sample, operands, y, upstream);
    List<Tensor> ofLarge = op.gradients(expanded, large, yLarge, upstream);
    for (int k = 0; k < gradients.size(); k++) {
      Tensor gradient = gradients.get(k);
      Tensor sum = summedTo(gradient.shape(), ofLarge.get(k));
      double size = Blocks.magnitude(ofLarge.get(k)) * Math.max(1, ofLarge.get(k).size());
      Blocks.requireClose(
          Op.gradientOf(sample, k),
          gradient,
          sum,
          ROUNDING * size,
          "is the sum over the places the operand is repeated to");
    }
  }

  /** Returns the sums over the axes along which a block of the given shape was repeated. */
  private static Tensor summedTo(Shape shape, Tensor repeated) {
    double[] sums = new double[shape.size()];
    double[] values = repeated.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      List<Integer> index = Block.index(repeated.shape(), i);
      int flat = 0;
      for (int axis = 0; axis < shape.rank(); axis++) {
        int at = index.get(axis + index.size() - shape.rank());
        flat = flat * shape.dim(axis) + (shape.dim(axis) == 1 ? 0 : at);
      }
      sums[flat] += values[i];
    }
    return Tensor.wrap(shape, sums);
  }

  void singlePrecision(Sample sample) {
    // Both see the same numbers, those that F32 has.
    List<Tensor> narrow = sample.leaves(DType.F32);
    List<Tensor> wide = sample.map((k, x) -> narrow.get(k).detach().to(DType.F64).withGrad());
    Tensor y = op.on(narrow);
    Tensor yWide = op.on(wide);
    if (y.dtype() != DType.F32) {
      throw new Broken("the output is " + y.dtype() + " where the operands are F32");
    }
    requireAgreement("output", y, yWide);
    List<Tensor> gradients = op.gradients(sample, narrow, y, op.upstream(y, 0));
    List<Tensor> ofWide = op.gradients(sample, wide, yWide, op.upstream(yWide, 0));
    for (int k = 0; k < gradients.size(); k++) {
      String what = Op.gradientOf(sample, k);
      // Its type is the operand's: a sweep refuses another.
      requireAgreement(what, gradients.get(k), ofWide.get(k));
    }
  }

  private void requireAgreement(String what, Tensor narrow, Tensor wide) {
    double bound = singleTolerance.of(Blocks.magnitude(wide));
    Blocks.requireClose(what + " in F32", narrow, wide, bound, "in F64");
  }
}
