package dev.autograd.examples.notes;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The third note's closing remarks: what is used twice gets the sum of both gradients, and so does
 * what several costs depend on.
 *
 * <pre>
 * y1 = sigmoid(W x + b), y2 = sigmoid(W y1 + b), J = sum((y2 - t)^2) + sum(y1^2) + mean(W^2)
 * </pre>
 *
 * @param x {@code [n, 1]}
 * @param w {@code [n, n]}
 * @param b {@code [n, 1]}
 * @param t {@code [n, 1]}
 */
record TiedLayers(Tensor x, Tensor w, Tensor b, Tensor t) {

  static TiedLayers draw(RandomGenerator random) {
    return new TiedLayers(
        Draw.weights(random, 2, 1),
        Draw.weights(random, 2, 2),
        Draw.weights(random, 2, 1),
        Tensor.normal(random, DType.F64, 2, 1));
  }

  List<Equation> equations() {
    Tensor z1 = w.matmul(x).add(b);
    Tensor y1 = z1.sigmoid();
    Tensor z2 = w.matmul(y1).add(b);
    Tensor y2 = z2.sigmoid();
    Tensor cost = y2.sub(t).square().sum().add(y1.square().sum()).add(w.square().mean());
    Gradients d = Autograd.grad(cost, z2, z1, w, b, x);

    Tensor dz2 = y2.sub(t).mul(2).mul(y2.mul(y2.subFrom(1)));
    Tensor dz1 = w.transpose().matmul(dz2).add(y1.mul(2)).mul(y1.mul(y1.subFrom(1)));
    Tensor dw =
        dz2.matmul(y1.transpose()).add(dz1.matmul(x.transpose())).add(w.mul(2.0 / w.size()));
    return List.of(
        new Equation("dJ/dz2", "2 (y2 - t) * f'(z2)", dz2, d.of(z2)),
        new Equation("dJ/dz1", "(W' dJ/dz2 + 2 y1) * f'(z1)", dz1, d.of(z1)),
        new Equation("dJ/dW", "dJ/dz2 y1' + dJ/dz1 x' + 2 W / n", dw, d.of(w)),
        new Equation("dJ/db", "dJ/dz2 + dJ/dz1", dz2.add(dz1), d.of(b)),
        new Equation("dJ/dx", "W' dJ/dz1", w.transpose().matmul(dz1), d.of(x)));
  }
}
