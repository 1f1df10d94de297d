package dev.autograd.check;

import dev.autograd.Tensor;
import dev.autograd.array.Broadcast;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * What everyone may expect of a differentiable operation, yours or the library's, as a check of one
 * statement: its value, its first and second derivative, and its manners.
 *
 * <pre>{@code
 * OpContract.of("cbrt", MyOps::cbrt).reference(Math::cbrt).domain(-3, 3).except(0).assertPasses();
 *
 * OpContract.of("atan2", MyOps::atan2)
 *     .reference(Math::atan2)
 *     .domain(0.1, 3)
 *     .broadcasts()
 *     .assertPasses();
 *
 * OpContract.of("times", MyOps::matrixProduct)
 *     .referenceOfList(in -> slowProduct(in.get(0), in.get(1)))
 *     .shapes(Shape.of(2, 3), Shape.of(3, 4))
 *     .shapes(Shape.of(3, 3), Shape.of(3, 3))
 *     .shapes(Shape.of(1, 3), Shape.of(3, 1))
 *     .shapes(Shape.of(2, 0), Shape.of(0, 3))
 *     .without(Clause.SCALARS, "a matrix has two axes")
 *     .refuses(Tensor.of(1.0, 2), Tensor.of(1.0, 2))
 *     .assertPasses();
 * }</pre>
 *
 * <p><b>Clauses.</b> Each {@link Clause} is one promise, judged at all samples it applies to. Some
 * rest on others: if the value is wrong, differences of it say nothing about the derivative. A
 * clause is left out if a clause it rests on fails, if there is nothing it could apply to (one
 * operand cannot broadcast), or by {@link #without}; the report says which and why.
 *
 * <p><b>Samples.</b> Operands are drawn from the {@link #domain}, all different, in the shapes
 * given with {@link #shapes}; without any, in shapes of one to three axes, 0-d, with axes of size 1
 * and without elements, equal for all operands, and different ones for {@link #broadcasts}. Give
 * your own with {@link #sample} or {@link #samples}. Operands that are indices or masks are handed
 * over as they are and not differentiated.
 *
 * <p><b>Repeatable.</b> All random numbers come from one {@link #seed}, which the report prints.
 *
 * <p>A contract is immutable; every method returns a new one. Checks run on this thread, leave no
 * {@link Tensor#grad()} and need no test framework.
 */
public final class OpContract {

  private final Terms terms;

  private OpContract(Terms terms) {
    this.terms = terms;
  }

  /** Returns the contract of an operation on one tensor. */
  public static OpContract of(String op, UnaryOperator<Tensor> function) {
    return new OpContract(new Terms(op, 1, in -> function.apply(in.get(0))));
  }

  /** Returns the contract of an operation on two tensors. */
  public static OpContract of(String op, BinaryOperator<Tensor> function) {
    return new OpContract(new Terms(op, 2, in -> function.apply(in.get(0), in.get(1))));
  }

  /**
   * Returns the contract of an operation on any number of tensors, which needs samples: {@link
   * #shapes}, {@link #sample} or {@link #samples}.
   */
  public static OpContract ofList(String op, Function<List<Tensor>, Tensor> function) {
    return new OpContract(new Terms(op, 0, function));
  }

  private OpContract with(Consumer<Terms> change) {
    return new OpContract(terms.with(change));
  }

  // ---------------------------------------------------------------- what it computes

  /**
   * Returns this contract with the function that the value is of each element; the operation is
   * then element-wise.
   *
   * @throws IllegalArgumentException if the operation has not one operand
   */
  public OpContract reference(DoubleUnaryOperator number) {
    requireOperands(1);
    return with(
        t -> {
          t.reference = in -> in.get(0).map(number);
          t.elementwise = true;
        });
  }

  /**
   * Returns this contract with the function that the value is of each pair of elements; the
   * operation is then element-wise, and refuses shapes that do not broadcast.
   *
   * @throws IllegalArgumentException if the operation has not two operands
   */
  public OpContract reference(DoubleBinaryOperator number) {
    requireOperands(2);
    return with(
        t -> {
          t.reference = in -> zip(number, in.get(0), in.get(1));
          t.elementwise = true;
        });
  }

  private void requireOperands(int count) {
    if (terms.operands != count) {
      throw new IllegalArgumentException(
          "reference: '"
              + terms.name
              + "' is no operation on "
              + (count == 1 ? "one tensor" : "two tensors")
              + "; give a function of its operands with referenceOfList(...)");
    }
  }

  private static Tensor zip(DoubleBinaryOperator number, Tensor a, Tensor b) {
    Shape shape = Broadcast.of(a.shape(), b.shape()).shape();
    double[] x = a.broadcastTo(shape.toArray()).toDoubleArray();
    double[] y = b.broadcastTo(shape.toArray()).toDoubleArray();
    double[] result = new double[x.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = number.applyAsDouble(x[i], y[i]);
    }
    return Tensor.wrap(shape, result);
  }

  /**
   * Returns this contract with a function of the operands, F64 constants, that returns the expected
   * value: a slow loop, a formula from a book, another library.
   */
  public OpContract referenceOfList(Function<List<Tensor>, Tensor> reference) {
    return with(
        t -> {
          t.reference = reference;
          t.elementwise = false;
        });
  }

  // ---------------------------------------------------------------- where it is sampled

  /**
   * Returns this contract with another domain for all operands; it is -2 to 2 if not set. Samples
   * lie inside, at a distance from the ends; what element-wise operations do with a gradient of 0
   * is checked at the ends too. Infinite ends are sampled as far as 2, or 4 beyond a finite one.
   *
   * @throws IllegalArgumentException if {@code from} is not below {@code to}
   */
  public OpContract domain(double from, double to) {
    return with(t -> t.sampling = t.sampling.over(interval(from, to)));
  }

  /**
   * Returns this contract with a domain of its own for one operand, counted from 0.
   *
   * @throws IllegalArgumentException if {@code from} is not below {@code to}
   */
  public OpContract domainOf(int operand, double from, double to) {
    return with(t -> t.sampling = t.sampling.over(operand, interval(from, to)));
  }

  private static Interval interval(double from, double to) {
    if (!(from < to)) {
      throw new IllegalArgumentException(
          "domain: from is " + from + " and to is " + to + "; from must be below to");
    }
    return new Interval(from, to, List.of());
  }

  /**
   * Returns this contract with points that samples keep away from in every operand: kinks, jumps
   * and poles. Call it after {@link #domain}.
   */
  public OpContract except(double... points) {
    return with(t -> t.sampling = t.sampling.except(points));
  }

  /**
   * Returns this contract with one more sample, drawn from the domain.
   *
   * @param operands the shape of each operand
   */
  public OpContract shapes(Shape... operands) {
    return with(t -> t.sampling = t.sampling.with(List.of(operands)));
  }

  /** Returns this contract with one more sample: these operands, rounded to what they are. */
  public OpContract sample(Tensor... operands) {
    Sample sample = new Sample(List.of(operands));
    return with(t -> t.sampling = t.sampling.with(sample));
  }

  /**
   * Returns this contract with more samples.
   *
   * @param count how many
   * @param generator makes the operands of one of them from the random numbers it is given
   */
  public OpContract samples(int count, Function<RandomGenerator, List<Tensor>> generator) {
    return with(t -> t.sampling = t.sampling.with(count, generator));
  }

  /**
   * Returns this contract with another seed for samples and upstream gradients; the report prints
   * it.
   */
  public OpContract seed(long seed) {
    return with(t -> t.seed = seed);
  }

  // ---------------------------------------------------------------- what it promises

  /** Returns this contract for an operation that repeats its operands to a common shape. */
  public OpContract broadcasts() {
    return with(t -> t.broadcasts = true);
  }

  /**
   * Returns this contract with operands that must be refused, by an exception whose message names
   * the operation, or an {@link IllegalArgumentException} with a message.
   */
  public OpContract refuses(Tensor... operands) {
    List<Tensor> list = List.of(operands);
    return with(t -> t.refused.add(list));
  }

  /**
   * Returns this contract without a clause that does not apply.
   *
   * @param reason why, for the report
   * @throws IllegalArgumentException without a reason
   */
  public OpContract without(Clause clause, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "without: '" + clause + "' is left out for no reason; say why it does not apply");
    }
    return with(t -> t.leftOut.put(clause, reason));
  }

  /**
   * Returns this contract with another tolerance of the value.
   *
   * @param relative the part of a sample's largest expected number by which numbers may be off,
   *     1e-12 if not set
   * @param absolute what they may be off on top, 0 if not set
   */
  public OpContract tolerance(double relative, double absolute) {
    Tolerance tolerance = tolerance("tolerance", relative, absolute);
    return with(t -> t.tolerance = tolerance);
  }

  /**
   * Returns this contract with another tolerance of value and gradient in single precision.
   *
   * @param relative the part of a sample's largest expected number by which numbers may be off,
   *     1e-5 if not set
   * @param absolute what they may be off on top, 0 if not set
   */
  public OpContract singleTolerance(double relative, double absolute) {
    Tolerance tolerance = tolerance("singleTolerance", relative, absolute);
    return with(t -> t.singleTolerance = tolerance);
  }

  /**
   * Returns this contract with another tolerance of derivatives; see {@link
   * GradientCheck#tolerance}.
   */
  public OpContract gradientTolerance(double relative, double absolute) {
    Tolerance tolerance = tolerance("gradientTolerance", relative, absolute);
    return with(t -> t.gradientTolerance = tolerance);
  }

  private static Tolerance tolerance(String asked, double relative, double absolute) {
    if (!(relative >= 0 && absolute >= 0)) {
      throw new IllegalArgumentException(
          asked
              + ": relative is "
              + relative
              + " and absolute "
              + absolute
              + "; both must be 0 or more");
    }
    return new Tolerance(relative, absolute);
  }

  // ---------------------------------------------------------------- the check

  /**
   * Checks the contract and throws if it is broken.
   *
   * @throws GradientCheckError with the report, the first line of which is a summary
   * @throws IllegalArgumentException if there is nothing to check it at; see {@link #check()}
   */
  public void assertPasses() {
    ContractReport report = check();
    if (!report.passed()) {
      throw new GradientCheckError(report.toString());
    }
  }

  /**
   * Checks the contract and returns what was found. What the operation throws breaks a clause and
   * is told there.
   *
   * @throws IllegalArgumentException if there are no samples, or no room for them in the domain
   * @throws IllegalStateException inside {@code Autograd.noGrad}
   */
  public ContractReport check() {
    GradientCheck.requireRecording();
    return new ContractReport(terms.name, terms.seed, new ContractRun(terms).findings());
  }
}
