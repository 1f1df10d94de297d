package dev.autograd.examples.notes;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Two layers for one example, and the errors delta that go backwards.
 *
 * <pre>
 * z1 = W1 x + b1, a1 = relu(z1), z2 = W2 a1 + b2, a2 = sigmoid(z2)
 * L  = -(y log a2 + (1 - y) log(1 - a2))
 * </pre>
 *
 * @param x {@code [inputs, 1]}
 * @param y {@code [1, 1]}
 * @param w1 {@code [hidden, inputs]}
 * @param b1 {@code [hidden, 1]}
 * @param w2 {@code [1, hidden]}
 * @param b2 {@code [1, 1]}
 */
record FifthNote(Tensor x, Tensor y, Tensor w1, Tensor b1, Tensor w2, Tensor b2) {

  static FifthNote draw(RandomGenerator random) {
    return new FifthNote(
        Tensor.normal(random, DType.F64, 2, 1),
        Draw.labels(random, 1, 1),
        Draw.weights(random, 3, 2),
        Draw.weights(random, 3, 1),
        Draw.weights(random, 1, 3),
        Draw.weights(random, 1, 1));
  }

  List<Equation> equations() {
    Tensor z1 = w1.matmul(x).add(b1);
    Tensor a1 = z1.relu();
    Tensor z2 = w2.matmul(a1).add(b2);
    Tensor a2 = z2.sigmoid();
    Tensor loss = y.mul(a2.log()).add(y.subFrom(1).mul(a2.subFrom(1).log())).neg().sum();
    Gradients d = Autograd.grad(loss, z2, w2, b2, a1, z1, w1, b1);

    Tensor delta2 = a2.sub(y);
    Tensor da1 = w2.transpose().matmul(delta2);
    Tensor delta1 = da1.mul(z1.gt(0).to(DType.F64));
    return List.of(
        new Equation("delta2", "a2 - y", delta2, d.of(z2)),
        new Equation("dL/dW2", "delta2 a1'", delta2.matmul(a1.transpose()), d.of(w2)),
        new Equation("dL/db2", "delta2", delta2, d.of(b2)),
        new Equation("dL/da1", "W2' delta2", da1, d.of(a1)),
        new Equation("delta1", "dL/da1 * relu'(z1)", delta1, d.of(z1)),
        new Equation("dL/dW1", "delta1 x'", delta1.matmul(x.transpose()), d.of(w1)),
        new Equation("dL/db1", "delta1", delta1, d.of(b1)));
  }
}
