package dev.autograd.check;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import dev.autograd.array.DType;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Functions of a matrix that have all derivatives wherever they are defined. */
final class SmoothFunctions {

  private SmoothFunctions() {}

  /**
   * Returns functions by name, defined for all matrices of moderate size with at least one element.
   */
  static Map<String, UnaryOperator<Tensor>> ofMatrices() {
    Map<String, UnaryOperator<Tensor>> f = new TreeMap<>();
    f.put("exp", Tensor::exp);
    f.put("expm1", Tensor::expm1);
    f.put("log", x -> positive(x).log());
    f.put("log1p", x -> positive(x).log1p());
    f.put("sin", Tensor::sin);
    f.put("cos", Tensor::cos);
    f.put("tanh", Tensor::tanh);
    f.put("erf", Tensor::erf);
    f.put("sigmoid", Tensor::sigmoid);
    f.put("logSigmoid", Tensor::logSigmoid);
    f.put("softplus", Tensor::softplus);
    f.put("gelu", Tensor::gelu);
    f.put("silu", Tensor::silu);
    f.put("square", Tensor::square);
    f.put("sqrt", x -> positive(x).sqrt());
    f.put("rsqrt", x -> positive(x).rsqrt());
    f.put("reciprocal", x -> positive(x).reciprocal());
    f.put("power", x -> positive(x).pow(2.5));
    f.put("power of itself", x -> positive(x).pow(x));
    f.put("quotient", x -> x.div(positive(x)));
    f.put("number minus", x -> x.subFrom(1).mul(x));
    f.put("softmax", x -> x.softmax(-1));
    f.put("log softmax", x -> x.logSoftmax(0));
    f.put("log sum exp", x -> x.logSumExp(1));
    f.put("product", x -> x.prod(0));
    f.put("sum kept", x -> x.mul(x.sum(Axes.of(1).keep())));
    f.put("mean of all", x -> x.mean().mul(x));
    f.put("standardised", SmoothFunctions::standardised);
    f.put("gram", x -> x.matmul(x.transpose()));
    f.put("product with a vector", x -> x.matmul(x.select(0, 0)).tanh());
    f.put("outer", x -> x.reshape(-1).outer(x.reshape(-1)));
    f.put("linear", x -> x.linear(x.mul(x), x.sum()));
    f.put("slice", x -> x.slice(0, 0, 1).mul(x));
    f.put("broadcast", x -> x.select(0, 0).sin().broadcastTo(x.shape()).mul(x));
    f.put("permute", x -> x.permute(1, 0).exp().transpose());
    f.put("concat", x -> Tensor.concat(1, x.sin(), x.mul(x)));
    f.put("stack", x -> Tensor.stack(0, x, x.exp(), x.square()));
    f.put("where", x -> x.sin().where(x.detach().gt(0), x.cos()));
    f.put("loss", x -> Losses.mse(x.tanh(), x.cos()));
    f.put("logits", x -> Losses.bceWithLogits(x, x.detach().map(t -> 0.3)));
    f.put("constant beside", x -> Tensor.stack(0, x.exp(), x.mul(0).add(1e3)));
    f.put("straight", x -> x.mul(3).add(1));
    f.put("itself", x -> x);
    f.put("gradient of itself", SmoothFunctions::gradientPenalty);
    f.put("deep", SmoothFunctions::deep);
    return f;
  }

  static UnaryOperator<Tensor> named(String name) {
    return Objects.requireNonNull(ofMatrices().get(name), name);
  }

  private static Tensor positive(Tensor x) {
    return x.square().add(0.25);
  }

  private static Tensor standardised(Tensor x) {
    Tensor centred = x.sub(x.mean());
    return centred.div(centred.square().mean().add(1e-3).sqrt());
  }

  private static Tensor gradientPenalty(Tensor x) {
    Tensor y = x.sin().mul(x).sum();
    return Autograd.grad(y, x, GradOptions.createGraph()).square().sum();
  }

  private static Tensor deep(Tensor x) {
    Tensor y = x;
    for (int i = 0; i < 50; i++) {
      y = y.tanh().add(x.mul(0.5)).mul(Tensor.full(DType.F64, 0.9));
    }
    return y;
  }
}
