package dev.autograd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of one output with respect to several tensors, looked up by tensor. Immutable; the
 * arithmetic returns new ones.
 */
public final class Gradients {

  private final List<Tensor> inputs;
  private final List<@Nullable Tensor> values;
  private final IdentityHashMap<Tensor, Integer> places;

  /**
   * Makes gradients of values in the order of inputs, null where the output did not depend on one.
   */
  Gradients(List<Tensor> inputs, List<@Nullable Tensor> values) {
    this(inputs, values, new IdentityHashMap<>(inputs.size()));
    for (int i = 0; i < inputs.size(); i++) {
      places.putIfAbsent(inputs.get(i), i);
    }
  }

  private Gradients(
      List<Tensor> inputs, List<@Nullable Tensor> values, IdentityHashMap<Tensor, Integer> places) {
    this.inputs = inputs;
    this.values = values;
    this.places = places;
  }

  /**
   * Returns gradients that were computed in some other way, by tensor: averaged among machines,
   * say, or with noise.
   *
   * @throws ShapeException if a gradient has not its tensor's shape
   * @throws DTypeException if one has not its element type
   */
  public static Gradients from(Map<? extends Tensor, ? extends Tensor> byTensor) {
    List<Tensor> inputs = new ArrayList<>(byTensor.size());
    List<@Nullable Tensor> values = new ArrayList<>(byTensor.size());
    byTensor.forEach(
        (input, value) -> {
          requireFits(input, value);
          inputs.add(input);
          values.add(value);
        });
    return new Gradients(Collections.unmodifiableList(inputs), values);
  }

  private static void requireFits(Tensor input, Tensor value) {
    if (!value.shape().equals(input.shape())) {
      throw new ShapeException(
          "from: the gradient of "
              + input.describe()
              + " has shape "
              + value.shape()
              + "; the shapes must be equal");
    }
    if (value.dtype() != input.dtype()) {
      throw new DTypeException(
          "from: the gradient of "
              + input.describe()
              + " is "
              + value.dtype()
              + "; convert it with to("
              + input.dtype()
              + ")");
    }
  }

  /**
   * Returns the gradient with respect to a tensor; zeros if the output did not depend on it and
   * that was allowed.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public Tensor of(Tensor input) {
    Tensor value = values.get(place(input));
    return value == null ? Factories.full(input.dtype(), 0, input.shape()) : value;
  }

  /** Returns whether the gradient with respect to a tensor was asked for. */
  public boolean contains(Tensor input) {
    return places.containsKey(input);
  }

  /**
   * Returns whether the output depended on a tensor.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public boolean reached(Tensor input) {
    return values.get(place(input)) != null;
  }

  private int place(Tensor input) {
    Integer place = places.get(input);
    if (place == null) {
      throw new IllegalArgumentException(
          "gradients: none was asked for with respect to this "
              + input.describe()
              + "; tensors are looked up by identity, pass the same object to grad() and of()");
    }
    return place;
  }

  /** Returns the tensors, in the order they were asked for. */
  public List<Tensor> inputs() {
    return inputs;
  }

  /**
   * Returns the sums of these and other gradients of the same tensors.
   *
   * @throws IllegalArgumentException if the tensors differ
   */
  public Gradients add(Gradients other) {
    return zip(other, Tensor::add);
  }

  /** Returns these gradients times a number. */
  public Gradients mul(double factor) {
    return each(g -> g.mul(factor));
  }

  /**
   * Returns the sum of several gradients of the same tensors, added in order, so that the bits do
   * not depend on who computed them when.
   *
   * @throws IllegalArgumentException if there is none, or the tensors differ
   */
  public static Gradients sum(Collection<Gradients> parts) {
    return parts.stream()
        .reduce(Gradients::add)
        .orElseThrow(
            () -> new IllegalArgumentException("sum: there are no gradients; pass at least one"));
  }

  /** Returns the length of all gradients taken as one vector: √ Σ g². */
  public double norm() {
    double squares = dot(this);
    boolean exact = squares >= Double.MIN_NORMAL && squares < Double.POSITIVE_INFINITY;
    return exact ? Math.sqrt(squares) : scaledNorm();
  }

  /**
   * Returns the length where squares leave the range of double: relative to the largest element.
   */
  private double scaledNorm() {
    double largest = 0;
    for (Tensor value : values) {
      if (value != null) {
        largest = Math.max(largest, Elements.of(value).largest());
      }
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    double squares = 0;
    for (Tensor value : values) {
      if (value != null) {
        squares += Elements.of(value).squares(largest);
      }
    }
    return largest * Math.sqrt(squares);
  }

  /**
   * Returns the inner product with other gradients of the same tensors, accumulated in double
   * precision.
   *
   * @throws IllegalArgumentException if the tensors differ
   */
  public double dot(Gradients other) {
    requireAsMany(other);
    double total = 0;
    for (Tensor input : inputs) {
      boolean reachedThere = other.reached(input);
      if (reachedThere && reached(input)) {
        total += Elements.of(of(input)).dot(Elements.of(other.of(input)));
      }
    }
    return total;
  }

  /**
   * Returns these gradients, scaled down together to the given length if they are longer.
   *
   * @param limit the greatest {@link #norm()}, above 0
   * @throws ArithmeticException if the length is not finite, so that scaling would spread NaN
   */
  public Gradients clipNorm(double limit) {
    requirePositive("clipNorm", limit);
    double norm = norm();
    if (!Double.isFinite(norm)) {
      throw new ArithmeticException(
          "clipNorm: the length of the gradients is " + norm + "; find the step that diverged");
    }
    return norm <= limit ? this : mul(limit / norm);
  }

  /**
   * Returns these gradients with every element limited to [-limit, limit], infinite ones too.
   *
   * @param limit above 0
   * @throws ArithmeticException if an element is NaN, which no limit would mend
   */
  public Gradients clipValue(double limit) {
    requirePositive("clipValue", limit);
    for (Tensor input : inputs) {
      if (reached(input) && Double.isNaN(Elements.of(of(input)).largest())) {
        throw new ArithmeticException(
            "clipValue: the gradient of "
                + input.describe()
                + " has elements that are NaN; find the step that diverged");
      }
    }
    return each(g -> g.clamp(-limit, limit));
  }

  private static void requirePositive(String op, double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(op + ": the limit is " + limit + "; it must be above 0");
    }
  }

  /** Returns these gradients as constants that outlive the innermost open tape. */
  Gradients keep() {
    return each(Tensor::keep);
  }

  private Gradients each(UnaryOperator<Tensor> f) {
    List<@Nullable Tensor> results = new ArrayList<>(inputs.size());
    for (Tensor value : values) {
      results.add(value == null ? null : f.apply(value));
    }
    return new Gradients(inputs, results, places);
  }

  private Gradients zip(Gradients other, BinaryOperator<Tensor> f) {
    requireAsMany(other);
    List<@Nullable Tensor> results = new ArrayList<>(inputs.size());
    for (Tensor input : inputs) {
      boolean either = reached(input) || other.reached(input);
      results.add(either ? f.apply(of(input), other.of(input)) : null);
    }
    return new Gradients(inputs, results, places);
  }

  private void requireAsMany(Gradients other) {
    if (inputs.size() != other.inputs.size()) {
      throw new IllegalArgumentException(
          "gradients: one side has "
              + inputs.size()
              + " tensors, the other "
              + other.inputs.size()
              + "; both must be gradients of the same tensors");
    }
  }

  /** Returns one line per tensor: its label, or its number and shape, and the gradient. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor input = inputs.get(i);
      String label = input.name().isEmpty() ? "#" + i + input.shape() : input.name();
      text.append(i == 0 ? "" : System.lineSeparator())
          .append('d')
          .append(label)
          .append(" = ")
          .append(reached(input) ? Printer.print(of(input).array()) : "not reached");
    }
    return text.toString();
  }
}
