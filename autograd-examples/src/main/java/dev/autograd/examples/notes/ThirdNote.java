package dev.autograd.examples.notes;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One layer, with samples as columns and the cost summed over them. The bias formula is corrected:
 * the printed one has a further factor W'.
 *
 * <pre>
 * z = W x + b, y = tanh(z), J = 1/2 sum((y - t)^2)
 * </pre>
 *
 * @param x {@code [inputs, m]}
 * @param w {@code [outputs, inputs]}
 * @param b {@code [outputs, 1]}
 * @param t {@code [outputs, m]}
 */
record ThirdNote(Tensor x, Tensor w, Tensor b, Tensor t) {

  static ThirdNote draw(RandomGenerator random) {
    return new ThirdNote(
        Draw.weights(random, 3, 4),
        Draw.weights(random, 2, 3),
        Draw.weights(random, 2, 1),
        Tensor.normal(random, DType.F64, 2, 4));
  }

  List<Equation> equations() {
    Tensor z = w.matmul(x).add(b);
    Tensor y = z.tanh();
    Gradients d = Autograd.grad(y.sub(t).square().sum().div(2), y, z, x, w, b);

    Tensor dy = y.sub(t);
    Tensor dz = dy.mul(y.square().subFrom(1));
    Tensor ones = Tensor.ones(DType.F64, x.shape().dim(1), 1);
    return List.of(
        new Equation("dJ/dy", "y - t", dy, d.of(y)),
        new Equation("dJ/dz", "dJ/dy * f'(z)", dz, d.of(z)),
        new Equation("dJ/dx", "W' dJ/dz", w.transpose().matmul(dz), d.of(x)),
        new Equation("dJ/dW", "dJ/dz x'", dz.matmul(x.transpose()), d.of(w)),
        new Equation("dJ/db", "dJ/dz 1", dz.matmul(ones), d.of(b)));
  }
}
