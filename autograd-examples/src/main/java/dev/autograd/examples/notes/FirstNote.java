package dev.autograd.examples.notes;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Two layers, with the m examples as columns and the cost averaged: its gradients already carry the
 * factor 1/m. For a single example these are equations 8 to 11.
 *
 * <pre>
 * Z1 = W1 X + b1, A1 = tanh(Z1), Z2 = W2 A1 + b2, A2 = sigmoid(Z2)
 * J  = -1/m sum(Y log A2 + (1 - Y) log(1 - A2))
 * </pre>
 *
 * @param x {@code [inputs, m]}
 * @param y {@code [1, m]}
 * @param w1 {@code [hidden, inputs]}
 * @param b1 {@code [hidden, 1]}
 * @param w2 {@code [1, hidden]}
 * @param b2 {@code [1, 1]}
 */
record FirstNote(Tensor x, Tensor y, Tensor w1, Tensor b1, Tensor w2, Tensor b2) {

  static FirstNote draw(RandomGenerator random, int examples) {
    return new FirstNote(
        Tensor.normal(random, DType.F64, 3, examples),
        Draw.labels(random, 1, examples),
        Draw.weights(random, 4, 3),
        Draw.weights(random, 4, 1),
        Draw.weights(random, 1, 4),
        Draw.weights(random, 1, 1));
  }

  List<Equation> equations() {
    Tensor z1 = w1.matmul(x).add(b1);
    Tensor a1 = z1.tanh();
    Tensor z2 = w2.matmul(a1).add(b2);
    Tensor a2 = z2.sigmoid();
    Tensor cost = y.mul(a2.log()).add(y.subFrom(1).mul(a2.subFrom(1).log())).neg().sum();
    int m = x.shape().dim(1);
    Gradients d = Autograd.grad(cost.div(m), z2, w2, b2, z1, w1, b1);

    Tensor ones = Tensor.ones(DType.F64, m, 1);
    Tensor dz2 = a2.sub(y).div(m);
    Tensor dz1 = w2.transpose().matmul(dz2).mul(a1.square().subFrom(1));
    return List.of(
        new Equation("dZ2", "(A2 - Y) / m", dz2, d.of(z2)),
        new Equation("dW2", "dZ2 A1'", dz2.matmul(a1.transpose()), d.of(w2)),
        new Equation("db2", "dZ2 1", dz2.matmul(ones), d.of(b2)),
        new Equation("dZ1", "W2' dZ2 * (1 - A1 * A1)", dz1, d.of(z1)),
        new Equation("dW1", "dZ1 X'", dz1.matmul(x.transpose()), d.of(w1)),
        new Equation("db1", "dZ1 1", dz1.matmul(ones), d.of(b1)));
  }
}
