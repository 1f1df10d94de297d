package dev.autograd.catalogue;

import static java.util.Map.entry;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/** Operations element by element: a formula of numbers each, over all shapes. */
final class ElementwiseCases {

  private static final List<Shape> SHAPES =
      List.of(
          Shape.SCALAR,
          Shape.of(1),
          Shape.of(5),
          Shape.of(2, 3),
          Shape.of(1, 4, 1),
          Shape.of(0),
          Shape.of(2, 0, 3));

  private static final List<Shape[]> PAIRS =
      List.of(
          pair(Shape.SCALAR, Shape.SCALAR),
          pair(Shape.of(1), Shape.SCALAR),
          pair(Shape.of(5), Shape.SCALAR),
          pair(Shape.SCALAR, Shape.of(5)),
          pair(Shape.of(5), Shape.of(5)),
          pair(Shape.of(5), Shape.of(1)),
          pair(Shape.of(1), Shape.of(5)),
          pair(Shape.of(3, 1), Shape.of(3)),
          pair(Shape.of(4, 3), Shape.of(3)),
          pair(Shape.of(3), Shape.of(4, 3)),
          pair(Shape.of(2, 3, 2), Shape.of(3, 2)),
          pair(Shape.of(2, 3, 2), Shape.of(3, 1)),
          pair(Shape.of(2, 1, 3), Shape.of(1, 2, 3)),
          pair(Shape.of(2, 1, 2), Shape.of(3, 1)),
          pair(Shape.of(1, 1), Shape.SCALAR),
          pair(Shape.of(0), Shape.of(0)),
          pair(Shape.of(0, 1, 3), Shape.of(0, 2, 3)),
          pair(Shape.of(4, 0), Shape.of(4, 1)),
          pair(Shape.of(1), Shape.of(2, 0)));

  private static final double[] NUMBERS = {-1.5, 0.5, 2};
  private static final double[][] LIMITS = {
    {-0.5, 0.75}, {Double.NEGATIVE_INFINITY, 0.5}, {-1, Double.POSITIVE_INFINITY}, {0.5, -0.5}
  };

  private static final Map<String, DoubleUnaryOperator> UNARY =
      Map.ofEntries(
          entry("neg", x -> 0 - x),
          entry("reciprocal", x -> 1 / x),
          entry("square", x -> x * x),
          entry("sqrt", Math::sqrt),
          entry("rsqrt", x -> Math.pow(x, -0.5)),
          entry("abs", x -> x < 0 ? -x : x),
          entry("sign", x -> x < 0 ? -1 : 1),
          entry("identity", x -> x),
          entry("exp", Math::exp),
          entry("expm1", Math::expm1),
          entry("log", Math::log),
          entry("log1p", Math::log1p),
          entry("log2", x -> Math.log(x) / Math.log(2)),
          entry("log10", x -> Math.log(x) / Math.log(10)),
          entry("sin", Math::sin),
          entry("cos", Math::cos),
          entry("tan", x -> Math.sin(x) / Math.cos(x)),
          entry("asin", x -> Math.atan2(x, Math.sqrt(1 - x * x))),
          entry("acos", x -> Math.atan2(Math.sqrt(1 - x * x), x)),
          entry("atan", x -> Math.asin(x / Math.sqrt(1 + x * x))),
          entry("sinh", x -> (Math.exp(x) - Math.exp(-x)) / 2),
          entry("cosh", x -> (Math.exp(x) + Math.exp(-x)) / 2),
          entry("tanh", Math::tanh),
          entry("asinh", x -> Math.log(x + Math.sqrt(x * x + 1))),
          entry("acosh", x -> Math.log(x + Math.sqrt(x * x - 1))),
          entry("atanh", x -> Math.log((1 + x) / (1 - x)) / 2),
          entry("floor", x -> Math.rint(x - 0.5)),
          entry("ceil", x -> Math.rint(x + 0.5)),
          entry("round", x -> Math.floor(x + 0.5)),
          entry("trunc", x -> (long) x),
          entry("erf", ElementwiseCases::erf),
          entry("erfc", x -> 1 - erf(x)),
          entry("sigmoid", x -> 1 / (1 + Math.exp(-x))),
          entry("logSigmoid", x -> -Math.log1p(Math.exp(-x))),
          entry("softplus", x -> Math.log1p(Math.exp(x))),
          entry("relu", x -> x > 0 ? x : 0),
          entry("gelu", x -> x * (1 + erf(x / Math.sqrt(2))) / 2),
          entry("geluTanh", ElementwiseCases::geluTanh),
          entry("silu", x -> x / (1 + Math.exp(-x))),
          entry("mish", x -> x * Math.tanh(Math.log1p(Math.exp(x)))),
          entry("softsign", x -> x < 0 ? x / (1 - x) : x / (1 + x)),
          entry("relu6", x -> Math.max(0, Math.min(x, 6))),
          entry("selu", ElementwiseCases::selu));

  private static final Map<String, DoubleBinaryOperator> BINARY =
      Map.ofEntries(
          entry("add", Double::sum),
          entry("sub", (a, b) -> a - b),
          entry("subFrom", (a, b) -> b - a),
          entry("mul", (a, b) -> a * b),
          entry("chain", (a, b) -> a * b),
          entry("div", (a, b) -> a / b),
          entry("divInto", (a, b) -> b / a),
          entry("pow", Math::pow),
          entry("atan2", (y, x) -> Math.signum(y) * Math.acos(x / Math.sqrt(x * x + y * y))),
          entry("hypot", (a, b) -> Math.sqrt(a * a + b * b)),
          entry("logAddExp", (a, b) -> Math.log(Math.exp(a) + Math.exp(b))),
          entry("maximum", (a, b) -> a > b ? a : b),
          entry("minimum", (a, b) -> a < b ? a : b),
          entry("leakyRelu", (a, slope) -> a > 0 ? a : a * slope),
          entry("elu", (a, alpha) -> a > 0 ? a : alpha * (Math.exp(a) - 1)));

  private static final Map<String, DoubleBinaryOperator> COMPARISONS =
      Map.of(
          "gt", (a, b) -> a > b ? 1 : 0,
          "ge", (a, b) -> a >= b ? 1 : 0,
          "lt", (a, b) -> a < b ? 1 : 0,
          "le", (a, b) -> a <= b ? 1 : 0,
          "eq", (a, b) -> a == b ? 1 : 0,
          "ne", (a, b) -> a != b ? 1 : 0);

  private ElementwiseCases() {}

  static boolean isComparison(OpMethod op) {
    return COMPARISONS.containsKey(op.name());
  }

  static Stream<OpCase> of(OpMethod op) {
    DoubleBinaryOperator binary =
        isComparison(op) ? COMPARISONS.get(op.name()) : BINARY.get(op.name());
    if (op.takes() && UNARY.containsKey(op.name())) {
      DoubleUnaryOperator f = Objects.requireNonNull(UNARY.get(op.name()));
      return SHAPES.stream().map(shape -> unary(op, shape, f));
    }
    if (op.takes(Tensor.class) && binary != null) {
      return PAIRS.stream().map(shapes -> binary(op, shapes, binary));
    }
    if (op.takes(double.class) && binary != null) {
      return SHAPES.stream()
          .flatMap(
              shape ->
                  Arrays.stream(NUMBERS).mapToObj(number -> withNumber(op, shape, number, binary)));
    }
    if (op.takes(double.class, double.class)) {
      return SHAPES.stream()
          .flatMap(
              shape ->
                  Arrays.stream(LIMITS)
                      .filter(limits -> op.name().equals("clamp") || limits[0] <= limits[1])
                      .map(limits -> clamp(op, shape, limits)));
    }
    return Stream.empty();
  }

  private static OpCase unary(OpMethod op, Shape shape, DoubleUnaryOperator f) {
    return new OpCase(
        op,
        shape.toString(),
        Samples.of(op.domain(), shape.hashCode()).draw(shape),
        ts -> op.call(ts.get(0)),
        xs -> xs.get(0).map(f));
  }

  private static OpCase binary(OpMethod op, Shape[] shapes, DoubleBinaryOperator f) {
    return new OpCase(
        op,
        shapes[0] + " x " + shapes[1],
        Samples.of(op.domain(), shapes[0].hashCode()).draw(shapes),
        ts -> op.call(ts.get(0), ts.get(1)),
        xs -> xs.get(0).zip(f, xs.get(1)));
  }

  private static OpCase withNumber(
      OpMethod op, Shape shape, double number, DoubleBinaryOperator f) {
    return new OpCase(
        op,
        shape + " with " + number,
        Samples.of(op.domain(), shape.hashCode(), number).draw(shape),
        ts -> op.call(ts.get(0), number),
        xs -> xs.get(0).map(x -> f.applyAsDouble(x, number)));
  }

  private static OpCase clamp(OpMethod op, Shape shape, double[] limits) {
    return new OpCase(
        op,
        shape + " to [" + limits[0] + ", " + limits[1] + "]",
        Samples.of(op.domain(), shape.hashCode(), limits).draw(shape),
        ts -> op.call(ts.get(0), limits[0], limits[1]),
        xs -> xs.get(0).map(x -> Math.min(Math.max(x, limits[0]), limits[1])));
  }

  /** The series with positive terms only, {@code 2/√π e^(-x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!}. */
  static double erf(double x) {
    double term = x;
    double sum = 0;
    for (int n = 1; sum + term != sum; n++) {
      sum += term;
      term *= 2 * x * x / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** The published constants. */
  static double selu(double x) {
    return 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1));
  }

  static double geluTanh(double x) {
    return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  private static Shape[] pair(Shape left, Shape right) {
    return new Shape[] {left, right};
  }
}
