package dev.autograd.testkit;

import dev.autograd.Tensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One kind of instruction of random graphs: how it reads in Java, which operands it takes, what it
 * computes, and where it is smooth.
 *
 * <pre>{@code
 * GraphOp.unary("cube", "Cube.of(a)", Cube::of)
 * GraphOp.unary("relu", "a.relu()", Tensor::relu).kinkedAt(0)
 * GraphOp.binary("times", "Times.of(a, b)", Times::of)
 * }</pre>
 *
 * <p>An operation must be finite wherever its operands are between -4 and 4; a logarithm does that
 * by its text, {@code a.square().add(0.5).log()}. In the text, {@code a} and {@code b} are the
 * operands, and {@code #} the numbers that {@link Fitting#numbers} chose.
 */
public final class GraphOp {

  private final String name;
  private final String text;
  private final Fitting fitting;
  private final BiFunction<List<Tensor>, int[], Tensor> call;
  private final Predicate<List<Tensor>> smooth;

  private GraphOp(
      String name,
      String text,
      Fitting fitting,
      BiFunction<List<Tensor>, int[], Tensor> call,
      Predicate<List<Tensor>> smooth) {
    this.name = name;
    this.text = text;
    this.fitting = fitting;
    this.call = call;
    this.smooth = smooth;
  }

  /**
   * Returns an operation of any tensors.
   *
   * @param name what reports and tests call it
   * @param text the call in Java
   * @param fitting which operands and numbers it takes
   * @param call the same call, of operands and numbers
   */
  public static GraphOp of(
      String name, String text, Fitting fitting, BiFunction<List<Tensor>, int[], Tensor> call) {
    return new GraphOp(name, text, fitting, call, operands -> true);
  }

  /** Returns an operation of one tensor of any shape. */
  public static GraphOp unary(String name, String text, UnaryOperator<Tensor> call) {
    return of(name, text, Fitting.any(), (t, n) -> call.apply(t.get(0)));
  }

  /** Returns an operation of two tensors that broadcast. */
  public static GraphOp binary(String name, String text, BinaryOperator<Tensor> call) {
    return of(name, text, Fitting.pair(), (t, n) -> call.apply(t.get(0), t.get(1)));
  }

  /** Returns an operation of one tensor and numbers. */
  static GraphOp numbered(
      String name, String text, Fitting fitting, BiFunction<Tensor, int[], Tensor> call) {
    return of(name, text, fitting, (t, n) -> call.apply(t.get(0), n));
  }

  /** Returns an operation of two tensors that fit in some way. */
  static GraphOp fitted(String name, String text, Fitting fitting, BinaryOperator<Tensor> call) {
    return of(name, text, fitting, (t, n) -> call.apply(t.get(0), t.get(1)));
  }

  /** Returns this operation kept away from numbers at which it has a kink or a jump. */
  public GraphOp kinkedAt(double... kinks) {
    double[] points = kinks.clone();
    return smoothWhere(
        operands ->
            Arrays.stream(operands.get(0).toDoubleArray())
                .allMatch(
                    x -> Arrays.stream(points).allMatch(k -> Math.abs(x - k) > Fitting.MARGIN)));
  }

  /** Returns this operation kept away from {@code offset + n · period} for all whole n. */
  public GraphOp kinkedEvery(double period, double offset) {
    return smoothWhere(
        operands ->
            Arrays.stream(operands.get(0).toDoubleArray())
                .map(x -> Math.abs(Math.IEEEremainder(x - offset, period)))
                .allMatch(gap -> gap > Fitting.MARGIN));
  }

  /** Returns this operation applied only where a condition holds, besides those set before. */
  public GraphOp smoothWhere(Predicate<List<Tensor>> condition) {
    return new GraphOp(name, text, fitting, call, smooth.and(condition));
  }

  /**
   * Returns this operation with something around its call: another engine, {@code
   * Autograd.recompute}, or a planted bug. Name and text stay.
   *
   * @param around given the call, returns the result
   */
  public GraphOp around(Function<Supplier<Tensor>, Tensor> around) {
    return new GraphOp(name, text, fitting, (t, n) -> around.apply(() -> call.apply(t, n)), smooth);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the Java text, with {@code a}, {@code b} and {@code #} as they were given. */
  public String text() {
    return text;
  }

  /** Returns how many tensors the operation takes. */
  public int arity() {
    return fitting.arity();
  }

  /** Returns the operands a gene chooses; empty if they do not fit or lie at a kink. */
  Optional<Fitting.Choice> choose(List<Tensor> values, BitSet used, Gene gene) {
    return fitting
        .choose(values, used, gene)
        .filter(choice -> smooth.test(choice.operands().stream().map(values::get).toList()));
  }

  Tensor apply(List<Tensor> operands, int... numbers) {
    return call.apply(operands, numbers);
  }

  String print(List<String> names, int... numbers) {
    String list =
        Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return text.replaceAll("\\ba\\b", names.get(0))
        .replaceAll("\\bb\\b", names.get(names.size() - 1))
        .replace("#", list);
  }

  @Override
  public String toString() {
    return name;
  }
}
