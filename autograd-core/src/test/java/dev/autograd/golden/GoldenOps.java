package dev.autograd.golden;

import dev.autograd.LossOptions;
import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.array.Slice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** What each operation of the golden files is called here. */
final class GoldenOps {

  /** An operation on its operands, in order. */
  interface Op {
    Tensor apply(List<Tensor> operands, Attributes attributes);
  }

  private static final Map<String, Op> TABLE = new TreeMap<>();

  private GoldenOps() {}

  /** Returns the operations that exist here, by their golden names. */
  static Map<String, Op> table() {
    return TABLE;
  }

  /** Returns an operation of a table. */
  static Op find(String name, Map<String, Op> operations) {
    Op op = operations.get(name);
    if (op == null) {
      throw new IllegalArgumentException("no operation " + name);
    }
    return op;
  }

  static {
    elementwise();
    activations();
    pairs();
    products();
    shapes();
    reductions();
    losses();
    GoldenReductions.addTo(TABLE);
    GoldenMatrices.addTo(TABLE);
    GoldenLosses.addTo(TABLE);
    GoldenArranging.addTo(TABLE);
    GoldenIndexing.addTo(TABLE);
    GoldenNormalization.addTo(TABLE);
  }

  private static void elementwise() {
    unary("identity", Tensor::identity);
    unary("stop_gradient", Tensor::detach);
    unary("neg", Tensor::neg);
    unary("abs", Tensor::abs);
    unary("sign", Tensor::sign);
    unary("square", Tensor::square);
    unary("sqrt", Tensor::sqrt);
    unary("rsqrt", Tensor::rsqrt);
    unary("reciprocal", Tensor::reciprocal);
    unary("exp", Tensor::exp);
    unary("expm1", Tensor::expm1);
    unary("log", Tensor::log);
    unary("log1p", Tensor::log1p);
    unary("sin", Tensor::sin);
    unary("cos", Tensor::cos);
    unary("erf", Tensor::erf);
    withAttributes("add_scalar", (x, a) -> x.add(a.number("value")));
    withAttributes("mul_scalar", (x, a) -> x.mul(a.number("value")));
    withAttributes("pow_scalar", (x, a) -> x.pow(a.number("exponent")));
    withAttributes(
        "clamp",
        (x, a) ->
            x.clamp(
                a.number("min", Double.NEGATIVE_INFINITY),
                a.number("max", Double.POSITIVE_INFINITY)));
  }

  private static void activations() {
    unary("tanh", Tensor::tanh);
    unary("sigmoid", Tensor::sigmoid);
    unary("logsigmoid", Tensor::logSigmoid);
    unary("relu", Tensor::relu);
    unary("gelu", Tensor::gelu);
    unary("silu", Tensor::silu);
    withAttributes("leaky_relu", (x, a) -> x.leakyRelu(a.number("slope", 0.01)));
    withAttributes("elu", (x, a) -> x.elu(a.number("alpha", 1)));
    withAttributes(
        "softplus",
        (x, a) -> {
          double beta = a.number("beta", 1);
          return beta == 1 ? x.softplus() : x.mul(beta).softplus().div(beta);
        });
  }

  private static void pairs() {
    binary("add", Tensor::add);
    binary("sub", Tensor::sub);
    binary("mul", Tensor::mul);
    binary("div", Tensor::div);
    binary("pow", Tensor::pow);
    binary("maximum", Tensor::maximum);
    binary("minimum", Tensor::minimum);
    TABLE.put("where", (in, a) -> in.get(1).where(in.get(0), in.get(2)));
  }

  private static void products() {
    binary("matmul", Tensor::matmul);
    binary("dot", Tensor::dot);
    binary("outer", Tensor::outer);
    TABLE.put(
        "linear",
        (in, a) -> {
          Tensor bias = in.size() > 2 ? in.get(2) : Tensor.zeros(in.get(0).dtype());
          return in.get(0).linear(in.get(1), bias);
        });
  }

  private static void shapes() {
    withAttributes("transpose", (x, a) -> x.transpose(a.integer("dim0"), a.integer("dim1")));
    withAttributes("permute", (x, a) -> x.permute(a.ints("dims")));
    withAttributes("reshape", (x, a) -> x.reshape(a.ints("shape")));
    withAttributes("broadcast_to", (x, a) -> x.broadcastTo(a.shape("shape")));
    withAttributes("unsqueeze", (x, a) -> x.unsqueeze(a.integer("dim")));
    withAttributes("squeeze", GoldenOps::squeeze);
    withAttributes("slice", (x, a) -> x.slice(slices(a)));
    TABLE.put("concat", (in, a) -> Tensor.concat(a.integer("dim"), in));
    TABLE.put("stack", (in, a) -> Tensor.stack(a.integer("dim"), in));
  }

  /** The golden files leave an axis of another size as it is, where we refuse to squeeze it. */
  private static Tensor squeeze(Tensor x, Attributes attributes) {
    if (!attributes.has("dim")) {
      return x.squeeze();
    }
    int axis = attributes.integer("dim");
    boolean exists = axis >= -x.rank() && axis < x.rank();
    return exists && x.shape().dim(axis) != 1 ? x : x.squeeze(axis);
  }

  private static Slice[] slices(Attributes attributes) {
    int[] start = attributes.ints("start");
    int[] stop = attributes.ints("stop");
    int[] step = attributes.ints("step");
    Slice[] slices = new Slice[start.length];
    for (int axis = 0; axis < slices.length; axis++) {
      slices[axis] = Slice.range(start[axis], stop[axis]).step(step[axis]);
    }
    return slices;
  }

  private static void reductions() {
    withAttributes("sum", (x, a) -> x.sum(a.axes()));
    withAttributes("mean", (x, a) -> x.mean(a.axes()));
    withAttributes("max", (x, a) -> x.max(a.axes()));
    withAttributes("min", (x, a) -> x.min(a.axes()));
    withAttributes("prod", (x, a) -> x.prod(a.axes()));
    withAttributes("logsumexp", (x, a) -> x.logSumExp(a.axes()));
    withAttributes("softmax", (x, a) -> x.softmax(a.integer("dim")));
    withAttributes("log_softmax", (x, a) -> x.logSoftmax(a.integer("dim")));
  }

  private static void losses() {
    TABLE.put("mse", (in, a) -> Losses.mse(in.get(0), in.get(1), a.reduction()));
    TABLE.put(
        "bce",
        (in, a) -> {
          LossOptions options = LossOptions.of(a.reduction());
          return Losses.bce(
              in.get(0), in.get(1), in.size() > 2 ? options.weight(in.get(2)) : options);
        });
    TABLE.put(
        "bce_with_logits", (in, a) -> Losses.bceWithLogits(in.get(0), in.get(1), weighted(in, a)));
    TABLE.put(
        "cross_entropy",
        (in, a) -> {
          LossOptions options =
              LossOptions.of(a.reduction()).labelSmoothing(a.number("label_smoothing", 0));
          if (in.size() > 2) {
            options = options.weight(in.get(2));
          }
          if (a.has("ignore_index")) {
            options = options.ignoreIndex(a.integer("ignore_index"));
          }
          return Losses.crossEntropy(in.get(0), in.get(1), options);
        });
  }

  private static LossOptions weighted(List<Tensor> in, Attributes a) {
    LossOptions options = LossOptions.of(a.reduction());
    int next = 2;
    if (a.flag("has_weight")) {
      options = options.weight(in.get(next++));
    }
    return a.flag("has_pos_weight") ? options.positiveWeight(in.get(next)) : options;
  }

  private static void unary(String name, UnaryOperator<Tensor> f) {
    TABLE.put(name, (in, a) -> f.apply(in.get(0)));
  }

  private static void binary(String name, BinaryOperator<Tensor> f) {
    TABLE.put(name, (in, a) -> f.apply(in.get(0), in.get(1)));
  }

  /** A function of one tensor with attributes. */
  private interface Attributed {
    Tensor apply(Tensor x, Attributes attributes);
  }

  private static void withAttributes(String name, Attributed f) {
    TABLE.put(name, (in, a) -> f.apply(in.get(0), a));
  }
}
