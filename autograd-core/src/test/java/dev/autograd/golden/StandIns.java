package dev.autograd.golden;

import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import dev.autograd.array.Broadcast;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Compositions in place of operations that do not exist here yet, for the sake of the programs that
 * use one of them among many others. They are right at the smooth points the programs visit; cases
 * of the operation itself are not replayed with them.
 */
final class StandIns {

  /** Thrown for a form of an operation that no stand-in covers. */
  static final class NoStandIn extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoStandIn(String form) {
      super(form);
    }
  }

  private static final Map<String, GoldenOps.Op> TABLE = new TreeMap<>();

  private StandIns() {}

  /** Returns the stand-ins, by the golden name of what they stand for. */
  static Map<String, GoldenOps.Op> table() {
    return TABLE;
  }

  static {
    elementwise();
    arrangements();
    reductions();
    losses();
  }

  private static void elementwise() {
    TABLE.put("atan", unary(StandIns::atan));
    TABLE.put("asinh", unary(StandIns::asinh));
    TABLE.put("softsign", unary(x -> x.div(x.abs().add(1))));
    TABLE.put("mish", unary(x -> x.mul(x.softplus().tanh())));
    TABLE.put("gelu_tanh", unary(StandIns::geluTanh));
    TABLE.put("hypot", (in, a) -> in.get(0).square().add(in.get(1).square()).sqrt());
    TABLE.put(
        "logaddexp",
        (in, a) -> {
          Shape shape = Broadcast.of(in.get(0).shape(), in.get(1).shape()).shape();
          return Tensor.stack(0, in.get(0).broadcastTo(shape), in.get(1).broadcastTo(shape))
              .logSumExp(0);
        });
    TABLE.put(
        "masked_fill",
        (in, a) -> Tensor.full(in.get(0).dtype(), a.number("value")).where(in.get(1), in.get(0)));
  }

  private static Tensor atan(Tensor x) {
    return Tensor.custom("atan", x.map(Math::atan), x, g -> g.div(x.square().add(1)));
  }

  private static Tensor asinh(Tensor x) {
    return Tensor.custom("asinh", x.map(StandIns::asinh), x, g -> g.mul(x.square().add(1).rsqrt()));
  }

  private static double asinh(double x) {
    double magnitude = Math.abs(x);
    return Math.copySign(Math.log1p(magnitude + x * x / (1 + Math.sqrt(1 + x * x))), x);
  }

  private static Tensor geluTanh(Tensor x) {
    Tensor cubic = x.square().mul(0.044715).add(1).mul(x);
    return cubic.mul(Math.sqrt(2 / Math.PI)).tanh().add(1).mul(x).mul(0.5);
  }

  private static void arrangements() {
    TABLE.put("flip", axes("dims", StandIns::flip));
    TABLE.put(
        "roll",
        (in, a) -> {
          Tensor x = in.get(0);
          int axis = a.integer("dim");
          int n = x.shape().dim(axis);
          int cut = n == 0 ? 0 : Math.floorMod(-a.integer("shift"), n);
          return Tensor.concat(axis, x.slice(axis, cut, n), x.slice(axis, 0, cut));
        });
    TABLE.put("tile", (in, a) -> tile(in.get(0), a.ints("reps")));
    TABLE.put("pad", (in, a) -> padded(in.get(0), a));
    TABLE.put(
        "index_select", (in, a) -> rows(in.get(0), a.integer("dim"), in.get(1).toLongArray()));
    TABLE.put(
        "embedding", (in, a) -> rows(in.get(0), 0, in.get(1).toLongArray()).reshape(embedded(in)));
  }

  private static Tensor flip(Tensor x, int axis) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = x.shape().dim(axis) - 1; i >= 0; i--) {
      parts.add(x.slice(axis, i, i + 1));
    }
    return Tensor.concat(axis, parts);
  }

  private static Tensor tile(Tensor x, int... repeats) {
    Tensor result = x;
    while (result.rank() < repeats.length) {
      result = result.unsqueeze(0);
    }
    int skipped = result.rank() - repeats.length;
    for (int i = 0; i < repeats.length; i++) {
      result = Tensor.concat(skipped + i, Collections.nCopies(repeats[i], result));
    }
    return result;
  }

  private static Tensor padded(Tensor x, Attributes attributes) {
    Tensor result = x;
    for (int axis = 0; axis < x.rank(); axis++) {
      Tensor before = border(result, axis, attributes.json().get("pads").get(axis).get(0).asInt());
      Tensor after = border(result, axis, attributes.json().get("pads").get(axis).get(1).asInt());
      double value = attributes.number("value");
      result = Tensor.concat(axis, before.add(value), result, after.add(value));
    }
    return result;
  }

  private static Tensor border(Tensor x, int axis, int width) {
    int[] dims = x.shape().toArray();
    dims[axis] = width;
    return Tensor.zeros(x.dtype(), dims);
  }

  private static Tensor rows(Tensor x, int axis, long[] indices) {
    List<Tensor> parts = new ArrayList<>();
    for (long index : indices) {
      parts.add(x.slice(axis, (int) index, (int) index + 1));
    }
    return Tensor.concat(axis, parts);
  }

  private static int[] embedded(List<Tensor> in) {
    int[] indices = in.get(1).shape().toArray();
    int[] dims = Arrays.copyOf(indices, indices.length + 1);
    dims[indices.length] = in.get(0).shape().dim(1);
    return dims;
  }

  private static void reductions() {
    TABLE.put("cumsum", (in, a) -> running(in.get(0), a.integer("dim"), Tensor::add));
    TABLE.put("cumprod", (in, a) -> running(in.get(0), a.integer("dim"), Tensor::mul));
    TABLE.put(
        "var",
        (in, a) -> {
          if (a.integer("correction") != 0) {
            throw new NoStandIn("var with a correction");
          }
          return variance(in.get(0), a.axes());
        });
    TABLE.put(
        "norm",
        (in, a) -> {
          if (a.number("p") != 2) {
            throw new NoStandIn("norm with p other than 2");
          }
          return in.get(0).square().sum(a.axes()).sqrt();
        });
    TABLE.put(
        "layer_norm",
        (in, a) -> {
          int[] axes = new int[a.ints("normalized_shape").length];
          Arrays.setAll(axes, i -> i - axes.length);
          return normalized(in.get(0), Axes.of(axes), a).mul(in.get(1)).add(in.get(2));
        });
    TABLE.put(
        "batch_norm",
        (in, a) -> {
          if (in.get(0).rank() != 2) {
            throw new NoStandIn("batch_norm of images");
          }
          return normalized(in.get(0), Axes.of(0), a).mul(in.get(1)).add(in.get(2));
        });
  }

  private static Tensor running(Tensor x, int axis, BinaryOperator<Tensor> f) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < x.shape().dim(axis); i++) {
      Tensor next = x.slice(axis, i, i + 1);
      parts.add(i == 0 ? next : f.apply(parts.get(i - 1), next));
    }
    return Tensor.concat(axis, parts);
  }

  private static Tensor variance(Tensor x, Axes axes) {
    Axes kept = axes.keep();
    return x.sub(x.mean(kept)).square().mean(axes);
  }

  private static Tensor normalized(Tensor x, Axes axes, Attributes attributes) {
    Tensor spread = variance(x, axes.keep()).add(attributes.number("eps")).sqrt();
    return x.sub(x.mean(axes.keep())).div(spread);
  }

  private static void losses() {
    TABLE.put("l1", (in, a) -> reduced(in.get(0).sub(in.get(1)).abs(), a));
    TABLE.put("huber", (in, a) -> reduced(huber(in, a.number("delta", 1)), a));
    TABLE.put(
        "smooth_l1",
        (in, a) -> {
          double beta = a.number("beta", 1);
          return reduced(huber(in, beta).div(beta), a);
        });
    TABLE.put(
        "kl_div",
        (in, a) -> {
          Tensor logP = in.get(0);
          Tensor t = in.get(1);
          if (a.flag("log_target") || !a.text("reduction").equals("batchmean")) {
            throw new NoStandIn("kl_div with other options");
          }
          return t.mul(t.log().sub(logP)).sum().div(logP.shape().dim(0));
        });
    TABLE.put("nll", (in, a) -> nll(in, a));
  }

  private static Tensor huber(List<Tensor> in, double delta) {
    Tensor d = in.get(0).sub(in.get(1));
    Tensor far = d.abs().sub(delta / 2).mul(delta);
    return d.square().div(2).where(d.abs().le(delta), far);
  }

  /** By a mask that is 1 at the class of each row: logarithms of probabilities are finite here. */
  private static Tensor nll(List<Tensor> in, Attributes attributes) {
    Tensor logP = in.get(0);
    if (in.size() > 2 || attributes.has("ignore_index") || logP.rank() != 2) {
      throw new NoStandIn("nll with other options");
    }
    int classes = logP.shape().dim(1);
    Tensor mask = Tensor.arange(DType.I64, classes).eq(in.get(1).unsqueeze(1)).to(logP.dtype());
    return reduced(logP.mul(mask).sum(1).neg(), attributes);
  }

  private static Tensor reduced(Tensor losses, Attributes attributes) {
    return switch (attributes.reduction()) {
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
      case BATCH_MEAN -> throw new NoStandIn("a loss averaged over the batch");
      case NONE -> losses;
    };
  }

  private static GoldenOps.Op unary(UnaryOperator<Tensor> f) {
    return (in, a) -> f.apply(in.get(0));
  }

  private interface AlongAxis {
    Tensor apply(Tensor x, int axis);
  }

  private static GoldenOps.Op axes(String attribute, AlongAxis f) {
    return (in, a) -> {
      Tensor x = in.get(0);
      for (int axis : a.ints(attribute)) {
        x = f.apply(x, axis);
      }
      return x;
    };
  }
}
