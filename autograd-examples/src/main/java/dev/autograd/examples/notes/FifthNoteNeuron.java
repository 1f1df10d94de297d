package dev.autograd.examples.notes;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One neuron: {@code z = w x + b, a = sigmoid(z), L = -(y log a + (1 - y) log(1 - a))}.
 *
 * @param x a number
 * @param w a number
 * @param b a number
 * @param y 0 or 1
 */
record FifthNoteNeuron(Tensor x, Tensor w, Tensor b, Tensor y) {

  static FifthNoteNeuron draw(RandomGenerator random) {
    return new FifthNoteNeuron(
        Draw.weights(random), Draw.weights(random), Draw.weights(random), Draw.labels(random));
  }

  List<Equation> equations() {
    Tensor z = w.mul(x).add(b);
    Tensor a = z.sigmoid();
    Tensor loss = y.mul(a.log()).add(y.subFrom(1).mul(a.subFrom(1).log())).neg();
    Gradients d = Autograd.grad(loss, a, z, w, b);

    Tensor da = y.div(a).neg().add(y.subFrom(1).div(a.subFrom(1)));
    Tensor dz = a.sub(y);
    return List.of(
        new Equation("dL/da", "-y / a + (1 - y) / (1 - a)", da, d.of(a)),
        new Equation("dL/dz", "a - y", dz, d.of(z)),
        new Equation("dL/dw", "(a - y) x", dz.mul(x), d.of(w)),
        new Equation("dL/db", "a - y", dz, d.of(b)));
  }
}
