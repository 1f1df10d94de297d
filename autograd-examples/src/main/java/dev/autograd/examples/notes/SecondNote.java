package dev.autograd.examples.notes;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Layers without biases, and the backward procedure from the last to the first.
 *
 * <pre>
 * z0 = x, u_t = W_t z_(t-1), z_t = relu(u_t), y = alpha' z_T
 * </pre>
 *
 * @param x {@code [width, 1]}
 * @param alpha {@code [width, 1]}
 * @param weights one matrix per layer, {@code [width, width]}
 */
record SecondNote(Tensor x, Tensor alpha, List<Tensor> weights) {

  static SecondNote draw(RandomGenerator random) {
    return new SecondNote(
        Draw.weights(random, 4, 1),
        Draw.weights(random, 4, 1),
        List.of(
            Draw.weights(random, 4, 4), Draw.weights(random, 4, 4), Draw.weights(random, 4, 4)));
  }

  List<Equation> equations() {
    List<Tensor> z = new ArrayList<>(List.of(x));
    List<Tensor> u = new ArrayList<>(List.of(x));
    for (int t = 1; t <= weights.size(); t++) {
      u.add(weights.get(t - 1).matmul(z.get(t - 1)));
      z.add(u.get(t).relu());
    }
    Tensor last = z.get(weights.size());
    Tensor y = alpha.transpose().matmul(last);

    List<Tensor> inputs = new ArrayList<>(weights);
    inputs.addAll(u);
    inputs.addAll(z.subList(1, z.size()));
    inputs.add(alpha);
    Gradients d = Autograd.grad(y, inputs);

    List<Equation> equations = new ArrayList<>();
    equations.add(new Equation("dalpha", "z_T", last, d.of(alpha)));
    Tensor dz = alpha;
    for (int t = weights.size(); t >= 1; t--) {
      Tensor w = weights.get(t - 1);
      Tensor du = dz.mul(u.get(t).gt(0).to(DType.F64));
      equations.add(
          new Equation("dz" + t, t == weights.size() ? "alpha" : "W' du", dz, d.of(z.get(t))));
      equations.add(new Equation("du" + t, "dz * relu'(u)", du, d.of(u.get(t))));
      equations.add(new Equation("dW" + t, "du z'", du.matmul(z.get(t - 1).transpose()), d.of(w)));
      dz = w.transpose().matmul(du);
    }
    equations.add(new Equation("dx", "W' du", dz, d.of(x)));
    return equations;
  }
}
