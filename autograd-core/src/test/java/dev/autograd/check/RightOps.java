package dev.autograd.check;

import dev.autograd.Pullback;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** Operations written as users write them, and the contracts they keep. */
final class RightOps {

  private RightOps() {}

  static Tensor elementwise(DoubleUnaryOperator f, Tensor x, Pullback pullback) {
    return Tensor.custom("mine", x.map(f), x, pullback);
  }

  static Tensor sin(Tensor x) {
    return elementwise(Math::sin, x, g -> g.mul(x.cos()));
  }

  static OpContract ofSin(UnaryOperator<Tensor> sin) {
    return OpContract.of("mine", sin).reference(Math::sin);
  }

  static Tensor tanh(Tensor x) {
    return Tensor.custom("mine", x.map(Math::tanh), x, (g, y) -> g.mul(y.square().subFrom(1)));
  }

  static Tensor cbrt(Tensor x) {
    return Tensor.custom(
        "mine", x.map(Math::cbrt), x, (g, y) -> g.chain(y.square().mul(3).reciprocal()));
  }

  static OpContract ofCbrt(UnaryOperator<Tensor> cbrt) {
    return OpContract.of("mine", cbrt).reference(Math::cbrt).domain(-3, 3).except(0);
  }

  static Tensor times(Tensor a, Tensor b) {
    Tensor value = a.detach().mul(b.detach());
    return Tensor.custom("mine", value, a, g -> g.mul(b), b, g -> g.mul(a));
  }

  static OpContract ofTimes(BinaryOperator<Tensor> times) {
    return OpContract.of("mine", times).reference((a, b) -> a * b).broadcasts();
  }

  static Tensor hypot(Tensor a, Tensor b) {
    Tensor value = a.detach().square().add(b.detach().square()).sqrt();
    return Tensor.custom(
        "mine", value, a, (g, y) -> g.chain(a.div(y)), b, (g, y) -> g.chain(b.div(y)));
  }

  static Tensor matmul(Tensor a, Tensor b) {
    Tensor value = a.detach().matmul(b.detach());
    return Tensor.custom(
        "mine", value, a, g -> g.matmul(b.transpose()), b, g -> a.transpose().matmul(g));
  }

  static OpContract ofMatmul(BinaryOperator<Tensor> matmul) {
    return OpContract.of("mine", matmul)
        .referenceOfList(in -> product(in.get(0), in.get(1)))
        .shapes(Shape.of(3, 3), Shape.of(3, 3))
        .shapes(Shape.of(2, 3), Shape.of(3, 4))
        .shapes(Shape.of(1, 3), Shape.of(3, 1))
        .shapes(Shape.of(2, 0), Shape.of(0, 3))
        .without(Clause.SCALARS, "a matrix has two axes")
        .refuses(Tensor.ones(DType.F64, 2, 3), Tensor.of(1.0, 2));
  }

  private static Tensor product(Tensor a, Tensor b) {
    int rows = a.shape().dim(0);
    int columns = b.shape().dim(1);
    double[] sums = new double[rows * columns];
    for (int i = 0; i < sums.length; i++) {
      for (int k = 0; k < a.shape().dim(1); k++) {
        sums[i] += a.item(i / columns, k) * b.item(k, i % columns);
      }
    }
    return Tensor.of(Shape.of(rows, columns), sums);
  }
}
