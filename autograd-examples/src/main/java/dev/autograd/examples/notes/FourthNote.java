package dev.autograd.examples.notes;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import dev.autograd.array.DType;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Two layers, with the m examples as rows. The note differentiates the loss of each row by what is
 * inside the network, and the mean loss by weights and biases.
 *
 * <pre>
 * Z1 = X W1' + b1, A1 = tanh(Z1), Z2 = A1 W2' + b2, A2 = sigmoid(Z2)
 * L  = -(Y log A2 + (1 - Y) log(1 - A2)) per row
 * </pre>
 *
 * @param x {@code [m, inputs]}
 * @param y {@code [m, 1]}
 * @param w1 {@code [hidden, inputs]}
 * @param b1 {@code [1, hidden]}
 * @param w2 {@code [1, hidden]}
 * @param b2 {@code [1, 1]}
 */
record FourthNote(Tensor x, Tensor y, Tensor w1, Tensor b1, Tensor w2, Tensor b2) {

  static FourthNote draw(RandomGenerator random) {
    return new FourthNote(
        Tensor.normal(random, DType.F64, 6, 2),
        Draw.labels(random, 6, 1),
        Draw.weights(random, 4, 2),
        Draw.weights(random, 1, 4),
        Draw.weights(random, 1, 4),
        Draw.weights(random, 1, 1));
  }

  List<Equation> equations() {
    Tensor z1 = x.matmul(w1.transpose()).add(b1);
    Tensor a1 = z1.tanh();
    Tensor z2 = a1.matmul(w2.transpose()).add(b2);
    Tensor a2 = z2.sigmoid();
    Tensor losses = y.mul(a2.log()).add(y.subFrom(1).mul(a2.subFrom(1).log())).neg();
    // Rows do not mix inside the network: the gradient of the sum holds each row's own.
    Gradients rows =
        Autograd.grad(losses.sum(), List.of(a2, z2, a1, z1), GradOptions.retainGraph());
    Gradients mean = Autograd.grad(losses.mean(), w2, b2, w1, b1);

    int m = x.shape().dim(0);
    Tensor da2 = y.div(a2).neg().add(y.subFrom(1).div(a2.subFrom(1)));
    Tensor dz2 = a2.sub(y);
    Tensor da1 = dz2.matmul(w2);
    Tensor dz1 = da1.mul(a1.square().subFrom(1));
    return List.of(
        new Equation("dA2", "-Y / A2 + (1 - Y) / (1 - A2)", da2, rows.of(a2)),
        new Equation("dZ2", "A2 - Y", dz2, rows.of(z2)),
        new Equation("dW2", "dZ2' A1 / m", dz2.transpose().matmul(a1).div(m), mean.of(w2)),
        new Equation("db2", "sum of rows of dZ2 / m", sumOfRows(dz2).div(m), mean.of(b2)),
        new Equation("dA1", "dZ2 W2", da1, rows.of(a1)),
        new Equation("dZ1", "dA1 * (1 - A1 * A1)", dz1, rows.of(z1)),
        new Equation("dW1", "dZ1' X / m", dz1.transpose().matmul(x).div(m), mean.of(w1)),
        new Equation("db1", "sum of rows of dZ1 / m", sumOfRows(dz1).div(m), mean.of(b1)));
  }

  private static Tensor sumOfRows(Tensor x) {
    return x.sum(Axes.of(0).keep());
  }
}
