package dev.autograd.docs;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.check.GradientCheck;
import dev.autograd.check.GradientReport;
import dev.autograd.check.Verdict;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Dropout;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Mode;
import dev.autograd.nn.Sequential;
import java.util.Random;
import java.util.function.UnaryOperator;

/** The examples of the page about the gradient check; each method is shown as it stands here. */
final class GradientCheckExamples {

  private GradientCheckExamples() {}

  static Object function() {
    return GradientCheck.of((a, b) -> a.matmul(b).tanh())
        .at(Tensor.normal(new Random(1), F64, 2, 3), Tensor.normal(new Random(2), F64, 3, 2))
        .order(2)
        .check();
  }

  static Tensor squash(Tensor x) {
    Tensor y = x.detach().square().add(1).rsqrt().mul(x.detach());
    return Tensor.custom("squash", y, x, g -> g.mul(x.square().add(1).pow(-1.5)));
  }

  static Object op() {
    return GradientCheck.of(GradientCheckExamples::squash)
        .at(Tensor.of(-2.0, 0.0, 0.3, 50.0))
        .order(2)
        .check();
  }

  static Object layer() {
    Layer model =
        Sequential.of(Dense.of(3, 4, new Random(1)), Tensor::tanh, Dense.of(4, 1, new Random(2)));
    Tensor x = Tensor.normal(new Random(3), F64, 5, 3);
    Tensor t = Tensor.normal(new Random(4), F64, 5, 1);
    return GradientCheck.of(() -> Losses.mse(model.forward(x), t)).at(model.parameters()).check();
  }

  static Object dropout() {
    Layer model =
        Sequential.of(Dense.of(3, 4, new Random(1)), Dropout.of(0.5, 7), Tensor::softplus);
    Tensor x = Tensor.normal(new Random(3), F64, 5, 3);
    return GradientCheck.of(() -> model.forward(x, Mode.TRAINING).sum())
        .at(model.parameters())
        .check();
  }

  static Object trainingStep() {
    Tensor x = Tensor.normal(new Random(1), F64, 6, 3);
    Tensor t = Tensor.normal(new Random(2), F64, 6, 1);
    UnaryOperator<Tensor> lossAfterOneStep =
        w -> {
          Tensor loss = Losses.mse(x.matmul(w), t);
          Tensor step = Autograd.grad(loss, w, GradOptions.createGraph());
          return Losses.mse(x.matmul(w.sub(step.mul(0.1))), t);
        };
    return GradientCheck.of(lossAfterOneStep)
        .at(Tensor.of(new double[][] {{1}, {-2}, {3}}))
        .check();
  }

  static Tensor softsign(Tensor x) {
    Tensor y = x.detach().div(x.detach().abs().add(1));
    return Tensor.custom("softsign", y, x, g -> g.div(x.abs().add(1.001).square()));
  }

  static Object wrong() {
    return GradientCheck.of(x -> softsign(x.exp()).mul(x))
        .at(Tensor.of(0.5, -1.0, 2.0).named("x"))
        .check();
  }

  static Object kink() {
    return GradientCheck.of(Tensor::relu).at(Tensor.of(-1.0, 0.0, 2.0)).check();
  }

  static Object tooNoisy() {
    return GradientCheck.of(Tensor::tanh).at(Tensor.of(0.5, 17.5)).check();
  }

  static Object notDifferentiable() {
    return GradientCheck.of(x -> x.floor().add(x)).at(Tensor.of(0.5, 2.0)).check();
  }

  static Object stopped() {
    return GradientCheck.of(x -> x.mul(x.detach())).at(Tensor.of(0.5, 2.0)).check();
  }

  static Object notConnected() {
    return GradientCheck.of((a, b) -> a.mul(b.detach()))
        .at(Tensor.of(0.5).named("a"), Tensor.of(2.0).named("b"))
        .check();
  }

  static Object single() {
    return GradientCheck.of(x -> x.sigmoid().log()).at(Tensor.of(0.5f, -3f)).check();
  }

  static Object large() {
    return GradientCheck.of(x -> x.softmax(1).square())
        .at(Tensor.normal(new Random(1), F64, 100, 50))
        .missing(1e-9)
        .check();
  }

  static Object json() {
    GradientReport report =
        GradientCheck.of(Tensor::relu).at(Tensor.of(0.0)).failingOn(Verdict.KINK).check();
    return report.toJson();
  }

  static Object notRepeatable() {
    Random random = new Random(1);
    return GradientCheck.of(x -> x.mul(random.nextDouble())).at(Tensor.of(0.5)).check();
  }

  static Object changesInputs() {
    Parameter w = Parameter.of("w", Tensor.of(0.5));
    return GradientCheck.of(
            () -> {
              w.assign(w.mul(2));
              return w.sin();
            })
        .at(w)
        .check();
  }

  static Object integers() {
    return GradientCheck.of(x -> x.to(F32)).at(Tensor.indices(1, 2)).check();
  }

  static Object shapes() {
    return GradientCheck.of(x -> x.item(0) > 0.5 ? x : x.sum()).at(Tensor.of(0.5, 1.0)).check();
  }

  static Object untracked() {
    return GradientCheck.of(x -> x.detach().sin()).at(Tensor.of(0.5)).check();
  }
}
