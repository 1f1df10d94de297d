package dev.autograd;

import static dev.autograd.Compute.compare;
import static dev.autograd.Compute.map;
import static dev.autograd.Compute.select;
import static dev.autograd.Compute.zip;

import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Comparison;
import dev.autograd.kernel.Unary;
import java.util.List;

/**
 * Arithmetic, element by element, with broadcasting; powers, limits, comparisons and selection.
 *
 * <p>{@code a} is this tensor, {@code b} the other operand, {@code g} the upstream gradient.
 * Numbers are rounded once to this tensor's element type. Derivatives multiply through {@link
 * #chain}, so that an infinite slope behind a gradient of 0 stays harmless.
 */
public sealed interface Arithmetic permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns {@code a + b}. Derivatives: g, g.
   *
   * @throws ShapeException if the shapes do not broadcast; likewise below
   * @throws DTypeException if the element types differ; likewise below
   */
  default Tensor add(Tensor b) {
    return self().record("add", zip(Binary.ADD, self(), b), g -> g, b, g -> g);
  }

  /** Returns {@code a + value}. */
  default Tensor add(double value) {
    return add(Factories.like(self(), value));
  }

  /** Returns {@code a - b}. Derivatives: g, -g. */
  default Tensor sub(Tensor b) {
    return self().record("sub", zip(Binary.SUB, self(), b), g -> g, b, g -> g.neg());
  }

  /** Returns {@code a - value}. */
  default Tensor sub(double value) {
    return sub(Factories.like(self(), value));
  }

  /** Returns {@code value - a}. */
  default Tensor subFrom(double value) {
    return Factories.like(self(), value).sub(self());
  }

  /** Returns {@code a · b}, element by element. Derivatives: g b, g a. */
  default Tensor mul(Tensor b) {
    Tensor a = self();
    Tensor value = zip(Binary.MUL, a, b);
    // Nor are closures made for nobody: derivatives are full of products.
    return Recording.isUnseen(a, b)
        ? value
        : a.record("mul", value, g -> g.chain(b), b, g -> g.chain(a));
  }

  /** Returns {@code a · value}. */
  default Tensor mul(double value) {
    return mul(Factories.like(self(), value));
  }

  /** Returns {@code a / b}; IEEE 754 at b = 0. Derivatives: g / b, -g (a/b) / b. */
  @Domain(except = 0)
  default Tensor div(Tensor b) {
    Pullback.WithOutput db = (g, y) -> GradientQuotient.of(g.chain(y), b).neg();
    return self().record("div", zip(Binary.DIV, self(), b), g -> GradientQuotient.of(g, b), b, db);
  }

  /** Returns {@code a / value}. */
  default Tensor div(double value) {
    return div(Factories.like(self(), value));
  }

  /** Returns {@code value / a}. */
  @Domain(except = 0)
  default Tensor divInto(double value) {
    return Factories.like(self(), value).div(self());
  }

  /** Returns {@code -a}. Derivative: -g. */
  default Tensor neg() {
    return self().record("neg", map(Unary.NEG, self()), g -> g.neg());
  }

  /**
   * Returns {@code a^b}; {@code x^0 = 1} for every x, NaN too, and NaN for a negative base with a
   * fractional exponent.
   *
   * <p>Derivatives: {@code g b a^(b-1)}, which is 0 at b = 0; {@code g a^b log a}, which is 0 at a
   * = 0 for b &gt;= 0 and NaN for a &lt; 0.
   */
  @Domain(from = 0)
  default Tensor pow(Tensor b) {
    Tensor a = self();
    return a.record(
        "pow",
        zip(Binary.POW, a, b),
        g -> g.chain(b.chain(a.pow(b.sub(1)))),
        b,
        (g, y) -> {
          Tensor log = a.log();
          return g.chain(y.chain(log.where(a.ne(0), log.where(b.lt(0), 0))));
        });
  }

  /** Returns {@code a^exponent}; see {@link #pow(Tensor)}. */
  @Domain(from = 0)
  default Tensor pow(double exponent) {
    return pow(Factories.like(self(), exponent));
  }

  /**
   * Returns the remainder {@code a - b ⌊a/b⌋}, which has the sign of b; NaN at b = 0.
   *
   * <p>Derivatives: g, -g ⌊a/b⌋, also where the value jumps.
   */
  default Tensor remainder(Tensor b) {
    Tensor a = self();
    return a.record(
        "remainder",
        zip(Binary.REMAINDER, a, b),
        g -> g,
        b,
        (g, y) -> g.chain(a.detach().sub(y.detach()).div(b.detach()).round()).neg());
  }

  /** Returns the remainder of a number as divisor; see {@link #remainder(Tensor)}. */
  default Tensor remainder(double value) {
    return remainder(Factories.like(self(), value));
  }

  /** Returns {@code 1/a}; ±∞ at ±0. Derivative: {@code -g / a²}. */
  @Domain(except = 0)
  default Tensor reciprocal() {
    return self()
        .record("reciprocal", map(Unary.RECIPROCAL, self()), (g, y) -> g.chain(y.square()).neg());
  }

  /** Returns {@code a²}. Derivative: 2 a g. */
  default Tensor square() {
    Tensor a = self();
    return a.record(
        "square",
        map(Unary.SQUARE, a),
        g -> {
          Tensor half = g.chain(a);
          return half.add(half);
        });
  }

  /** Returns {@code √a}; NaN below 0. Derivative: {@code g / (2 √a)}, +∞ at 0. */
  @Domain(from = 0)
  default Tensor sqrt() {
    return self()
        .record("sqrt", map(Unary.SQRT, self()), (g, y) -> GradientQuotient.of(g, y.mul(2)));
  }

  /** Returns {@code 1/√a}; +∞ at 0, NaN below. Derivative: {@code -g a^(-3/2) / 2}. */
  @Domain(from = 0)
  default Tensor rsqrt() {
    return self()
        .record("rsqrt", map(Unary.RSQRT, self()), (g, y) -> g.chain(y.square().mul(y).mul(-0.5)));
  }

  /** Returns {@code |a|}. Derivative: g sign(a), which is 0 at 0. */
  @Domain(except = 0)
  default Tensor abs() {
    Tensor a = self();
    return a.record("abs", map(Unary.ABS, a), g -> g.chain(a.sign()));
  }

  /**
   * Returns the larger of a and b; NaN if either is. Derivatives: g for the larger, half each at a
   * tie; a NaN operand gets all.
   */
  @Domain(distinct = true)
  default Tensor maximum(Tensor b) {
    Tensor a = self();
    return a.record(
        "maximum",
        zip(Binary.MAXIMUM, a, b),
        g -> g.chain(zip(Binary.MAXIMUM_SHARE, a, b)),
        b,
        g -> g.chain(zip(Binary.MAXIMUM_SHARE, b, a)));
  }

  /** Returns the larger of a and a number. */
  @Domain(distinct = true)
  default Tensor maximum(double value) {
    return maximum(Factories.like(self(), value));
  }

  /**
   * Returns the smaller of a and b; NaN if either is. Derivatives: g for the smaller, half each at
   * a tie; a NaN operand gets all.
   */
  @Domain(distinct = true)
  default Tensor minimum(Tensor b) {
    Tensor a = self();
    return a.record(
        "minimum",
        zip(Binary.MINIMUM, a, b),
        g -> g.chain(zip(Binary.MINIMUM_SHARE, a, b)),
        b,
        g -> g.chain(zip(Binary.MINIMUM_SHARE, b, a)));
  }

  /** Returns the smaller of a and a number. */
  @Domain(distinct = true)
  default Tensor minimum(double value) {
    return minimum(Factories.like(self(), value));
  }

  /**
   * Returns a limited to [min, max], which may be infinite; max wins where they cross. Derivative:
   * g inside and on the borders, 0 outside, NaN at NaN.
   */
  @Domain(distinct = true)
  default Tensor clamp(double min, double max) {
    Tensor a = self();
    Checks.floating("clamp", a.dtype());
    Tensor low = Factories.like(a, min);
    Tensor high = Factories.like(a, max);
    Tensor value = zip(Binary.MINIMUM, zip(Binary.MAXIMUM, a, low), high);
    return a.record(
            "clamp",
            value,
            g -> g.chain(holds(Binary.AT_LEAST, a, low)).chain(holds(Binary.AT_MOST, a, high)))
        .with("min", min)
        .with("max", max);
  }

  /**
   * Returns a limited to [min, max], all three broadcast; max wins where they cross.
   *
   * <p>Derivatives: g for the operand that is the result, 0 for the others: a where it lies inside
   * or on a border, min above a, max below a or below min. All are NaN where an operand is.
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if the element types differ
   */
  @Domain(distinct = true)
  default Tensor clamp(Tensor min, Tensor max) {
    Tensor a = self();
    Checks.sameFloating("clamp", a, min);
    Checks.sameFloating("clamp", a, max);
    Checks.broadcast("clamp", min.shape(), max.shape());
    Checks.broadcast("clamp", a.shape(), min.shape());
    Checks.broadcast("clamp", a.shape(), max.shape());
    Tensor value = zip(Binary.MINIMUM, zip(Binary.MAXIMUM, a, min), max);
    Pullback da = g -> g.chain(holds(Binary.AT_LEAST, a, min).mul(holds(Binary.AT_MOST, a, max)));
    Pullback dMin =
        g -> g.chain(fails(Binary.AT_LEAST, a, min).mul(holds(Binary.AT_MOST, min, max)));
    Pullback dMax = g -> g.chain(fails(Binary.AT_MOST, zip(Binary.MAXIMUM, a, min), max));
    return Recording.result("clamp", value, List.of(a, min, max), List.of(da, dMin, dMax), false);
  }

  /** Returns the mask {@code a > b}; false where either is NaN. Masks have no derivative. */
  @Domain(distinct = true)
  default Tensor gt(Tensor b) {
    return Allocation.tensor(compare(Comparison.GT, self(), b));
  }

  /** Returns the mask {@code a > value}. */
  @Domain(distinct = true)
  default Tensor gt(double value) {
    return gt(Factories.like(self(), value));
  }

  /** Returns the mask {@code a >= b}; false where either is NaN. */
  @Domain(distinct = true)
  default Tensor ge(Tensor b) {
    return Allocation.tensor(compare(Comparison.GE, self(), b));
  }

  /** Returns the mask {@code a >= value}. */
  @Domain(distinct = true)
  default Tensor ge(double value) {
    return ge(Factories.like(self(), value));
  }

  /** Returns the mask {@code a < b}; false where either is NaN. */
  @Domain(distinct = true)
  default Tensor lt(Tensor b) {
    return Allocation.tensor(compare(Comparison.LT, self(), b));
  }

  /** Returns the mask {@code a < value}. */
  @Domain(distinct = true)
  default Tensor lt(double value) {
    return lt(Factories.like(self(), value));
  }

  /** Returns the mask {@code a <= b}; false where either is NaN. */
  @Domain(distinct = true)
  default Tensor le(Tensor b) {
    return Allocation.tensor(compare(Comparison.LE, self(), b));
  }

  /** Returns the mask {@code a <= value}. */
  @Domain(distinct = true)
  default Tensor le(double value) {
    return le(Factories.like(self(), value));
  }

  /** Returns the mask {@code a = b}; false where either is NaN, true for 0 and -0. */
  @Domain(distinct = true)
  default Tensor eq(Tensor b) {
    return Allocation.tensor(compare(Comparison.EQ, self(), b));
  }

  /** Returns the mask {@code a = value}. */
  @Domain(distinct = true)
  default Tensor eq(double value) {
    return eq(Factories.like(self(), value));
  }

  /** Returns the mask {@code a ≠ b}; true where either is NaN. */
  @Domain(distinct = true)
  default Tensor ne(Tensor b) {
    return Allocation.tensor(compare(Comparison.NE, self(), b));
  }

  /** Returns the mask {@code a ≠ value}. */
  @Domain(distinct = true)
  default Tensor ne(double value) {
    return ne(Factories.like(self(), value));
  }

  /**
   * Returns a where the condition holds, else {@code other}; all three broadcast. The branch not
   * taken gets the gradient 0 whatever its slope: {@code x.log().where(x.gt(0), 0)} is
   * differentiable for every x.
   *
   * @param condition a BOOL tensor
   */
  default Tensor where(Tensor condition, Tensor other) {
    Checks.requireMask("where", "condition", condition);
    return self()
        .record(
            "where",
            Allocation.tensor(select("where", condition, self(), other)),
            g -> g.where(condition, 0),
            other,
            g -> Factories.like(g, 0).where(condition, g));
  }

  /** Returns a where the condition holds, else a number. */
  default Tensor where(Tensor condition, double other) {
    return where(condition, Factories.like(self(), other));
  }

  /**
   * Returns 0 where a is 0, else {@code a · b}: the product of the chain rule. A gradient of
   * exactly 0, as masks and unselected branches send, stays 0 against an infinite or NaN slope; a
   * NaN that belongs to a selected path still spreads. Derivatives: chain(g, b), chain(g, a).
   */
  default Tensor chain(Tensor b) {
    Tensor a = self();
    Tensor value = zip(Binary.CHAIN, a, b);
    return Recording.isUnseen(a, b)
        ? value
        : a.record("chain", value, h -> h.chain(b), b, h -> GradientProduct.of(h, a));
  }

  /** Returns a itself, as an operation of its own: a new place in the graph. Derivative: g. */
  default Tensor identity() {
    return self().alias("identity", self().shape(), g -> g);
  }

  /** Returns 1 where a comparison holds, else 0; NaN where an operand is. */
  private static Tensor holds(Binary comparison, Tensor a, Tensor b) {
    return zip(comparison, a, b);
  }

  /** Returns 0 where a comparison holds, else 1; NaN where an operand is. */
  private static Tensor fails(Binary comparison, Tensor a, Tensor b) {
    return holds(comparison, a, b).subFrom(1);
  }
}
