package dev.autograd.check;

import static dev.autograd.check.RightOps.elementwise;
import static dev.autograd.check.RightOps.ofCbrt;
import static dev.autograd.check.RightOps.ofMatmul;
import static dev.autograd.check.RightOps.ofSin;
import static dev.autograd.check.RightOps.ofTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Autograd;
import dev.autograd.Parameter;
import dev.autograd.Pullback;
import dev.autograd.Tensor;
import dev.autograd.array.Broadcast;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong operations, each broken in one way: the contract names the clause, and no other. */
class WrongOpsTest {

  /**
   * A wrong operation.
   *
   * @param says part of what the report must say
   */
  record Wrong(String how, OpContract contract, Clause clause, String says) {
    @Override
    public String toString() {
      return how;
    }
  }

  static List<Wrong> values() {
    Random random = new Random(1);
    return List.of(
        new Wrong(
            "refuses what it should take",
            ofSin(
                x -> {
                  throw new IllegalStateException("not yet");
                }),
            Clause.RUNS,
            "at [5] it threw java.lang.IllegalStateException: not yet"),
        new Wrong("null", ofSin(x -> none()), Clause.RUNS, "it returned null"),
        new Wrong(
            "not finite",
            OpContract.of("mine", Tensor::log).reference(Math::log),
            Clause.RUNS,
            "is NaN"),
        new Wrong("F32 always", ofSin(x -> x.to(DType.F32).sin()), Clause.RUNS, "output is F32"),
        new Wrong(
            "not deterministic",
            ofSin(x -> elementwise(v -> Math.sin(v) + 1e-9 * random.nextDouble(), x, g -> g)),
            Clause.DETERMINISM,
            "in a second call with the same operands"),
        new Wrong(
            "wrong value",
            ofSin(x -> elementwise(v -> 1.001 * Math.sin(v), x, g -> g.mul(x.cos()))),
            Clause.VALUE,
            "by the reference"),
        new Wrong(
            "wrong shape of value",
            ofSin(x -> x.sin().unsqueeze(0)),
            Clause.VALUE,
            "[1, 5], but [5]"),
        new Wrong(
            "no reference",
            OpContract.of("mine", Tensor::sin),
            Clause.VALUE,
            "there is no reference"),
        new Wrong(
            "another value if tracked",
            ofSin(x -> x.requiresGrad() ? x.sin() : x.sin().mul(1 + 1e-15)),
            Clause.TRACKING,
            "of untracked operands"),
        new Wrong(
            "not recorded",
            ofSin(x -> x.map(Math::sin)),
            Clause.TRACKING,
            "not tracked and should be"),
        new Wrong(
            "recorded in noGrad",
            ofSin(x -> x.sin().add(Tensor.scalar(0).withGrad())),
            Clause.TRACKING,
            "of constants is tracked"));
  }

  @SuppressWarnings("NullAway") // what a user's operation may return by mistake
  private static Tensor none() {
    return null;
  }

  static List<Wrong> gradients() {
    Tensor[] latest = {Tensor.scalar(0)};
    Random random = new Random(1);
    return List.of(
        new Wrong(
            "pullback throws",
            ofSin(x -> elementwise(Math::sin, x, g -> g.matmul(g.unsqueeze(0)))),
            Clause.GRADIENT_FORM,
            "the pullback of 'mine' for input 0 threw"),
        new Wrong(
            "wrong shape of gradient",
            ofSin(x -> elementwise(Math::sin, x, g -> g.mul(x.cos()).sum())),
            Clause.GRADIENT_FORM,
            "returned [], but the input is [5]"),
        new Wrong(
            "wrong type of gradient",
            ofSin(x -> elementwise(Math::sin, x, g -> g.mul(x.cos()).to(DType.F32))),
            Clause.GRADIENT_FORM,
            "returned F32, but the input is F64"),
        new Wrong(
            "gradient not finite",
            ofSin(x -> elementwise(Math::sin, x, g -> g.div(0))),
            Clause.GRADIENT_FORM,
            "where the output is finite"),
        new Wrong(
            "stale saved value",
            ofSin(
                x -> {
                  latest[0] = x.detach();
                  return elementwise(Math::sin, x, g -> g.mul(latest[0].cos()));
                }),
            Clause.INDEPENDENT_CALLS,
            "without another call in between"),
        new Wrong(
            "random gradient",
            ofSin(
                x ->
                    elementwise(
                        Math::sin, x, g -> g.mul(x.cos()).mul(1 + 1e-12 * random.nextInt()))),
            Clause.INDEPENDENT_CALLS,
            "the gradient of operand 0 [0] is"),
        new Wrong(
            "one array for all gradients",
            ofSin(new OneArray()::sin),
            Clause.INDEPENDENT_CALLS,
            "before the operation was swept again"),
        new Wrong(
            "assigns to its operand",
            ofSin(WrongOpsTest::assigning),
            Clause.INPUTS_UNTOUCHED,
            "a parameter, was assigned to: after the call its version is 1"),
        new Wrong(
            "changes its operand's array",
            changingItsArray(),
            Clause.INPUTS_UNTOUCHED,
            "operand 0"),
        new Wrong(
            "offset 1e-6",
            ofSin(x -> elementwise(Math::sin, x, g -> g.mul(x.cos()).add(1e-6))),
            Clause.LINEAR_IN_SEED,
            "is -2 times that for g"),
        new Wrong(
            "upstream gradient ignored",
            ofSin(x -> elementwise(Math::sin, x, g -> x.cos())),
            Clause.LINEAR_IN_SEED,
            "is -2 times that for g"),
        new Wrong(
            "sign of the upstream gradient ignored",
            ofSin(x -> elementwise(Math::sin, x, g -> g.abs().mul(x.cos()))),
            Clause.LINEAR_IN_SEED,
            "is -2 times that for g"));
  }

  /** Writes all gradients of one size to the same array. */
  private static final class OneArray {
    private final Map<Integer, double[]> arrays = new HashMap<>();

    Tensor sin(Tensor x) {
      return elementwise(Math::sin, x, g -> Tensor.wrap(x.shape(), stored(g.mul(x.cos()))));
    }

    private double[] stored(Tensor product) {
      double[] array = arrays.computeIfAbsent(product.size(), double[]::new);
      System.arraycopy(product.toDoubleArray(), 0, array, 0, array.length);
      return array;
    }
  }

  private static Tensor assigning(Tensor x) {
    Tensor y = x.detach().sin().add(0);
    if (x instanceof Parameter parameter) {
      parameter.assign(parameter.detach().mul(2));
    }
    return elementwise(Math::sin, x, g -> g.mul(x.cos())).mul(1).add(y.mul(0));
  }

  private static OpContract changingItsArray() {
    double[] array = {0.5, 1, 1.5};
    return ofSin(
            x -> {
              array[0] += 1;
              return RightOps.sin(x);
            })
        .sample(Tensor.wrap(Shape.of(3), array))
        .without(Clause.SCALARS, "a test")
        .without(Clause.SIZE_ONE_AXES, "a test")
        .without(Clause.EMPTY_SHAPES, "a test");
  }

  static List<Wrong> derivatives() {
    return List.of(
        new Wrong(
            "scale 1.001",
            ofSin(x -> elementwise(Math::sin, x, g -> g.mul(x.cos()).mul(1.001))),
            Clause.FIRST_ORDER,
            "5 of 5 derivatives"),
        new Wrong(
            "sign in saturation",
            OpContract.of("mine", WrongOpsTest::flippedTanh).reference(Math::tanh).domain(2, 9),
            Clause.FIRST_ORDER,
            "analytic -"),
        new Wrong(
            "transposed gradient of a square product",
            ofMatmul(WrongOpsTest::transposedProduct).without(Clause.SINGLE_PRECISION, "of no use"),
            Clause.FIRST_ORDER,
            "at [3, 3] x [3, 3]"),
        new Wrong(
            "no gradient for the second operand",
            ofTimes((a, b) -> a.mul(b.detach())),
            Clause.FIRST_ORDER,
            "No gradient arrived at \"operand 1\""),
        new Wrong(
            "right for equal upstream gradients only",
            ofSin(x -> elementwise(Math::sin, x, g -> g.mean().mul(x.cos()))),
            Clause.SEED_HONOURED,
            "derivatives"),
        new Wrong(
            "NaN where g is 0",
            ofCbrt(
                x ->
                    Tensor.custom(
                        "mine", x.map(Math::cbrt), x, (g, y) -> g.div(y.square().mul(3)))),
            Clause.ZERO_SEED,
            "is NaN for g = 0, at operand 0 = 0.0"),
        new Wrong(
            "relies on the other being tracked",
            ofTimes(WrongOpsTest::relyingOnTheOther),
            Clause.CONSTANT_OPERANDS,
            "if the other operands are tracked"),
        new Wrong(
            "overwritten instead of accumulated",
            ofTimes(WrongOpsTest::byIdentity),
            Clause.SHARED_OPERAND,
            "one tensor as operands 0 and 1"),
        new Wrong(
            "second derivative of detached values",
            ofSin(x -> elementwise(Math::sin, x, g -> g.mul(x.detach().cos()))),
            Clause.SECOND_ORDER,
            "The derivatives below that order are right"),
        new Wrong(
            "no second derivative",
            ofSin(x -> elementwise(Math::sin, x, Pullback.once(g -> g.mul(x.cos())))),
            Clause.SECOND_ORDER,
            "was declared once"),
        new Wrong(
            "no second derivative, undeclared",
            ofSin(x -> elementwise(Math::sin, x, g -> Autograd.noGrad(() -> g.mul(x.cos())))),
            Clause.SECOND_ORDER,
            "not computed from g"));
  }

  private static Tensor flippedTanh(Tensor x) {
    return Tensor.custom(
        "mine",
        x.map(Math::tanh),
        x,
        (g, y) -> g.mul(y.square().subFrom(1)).mul(x.gt(5).to(x.dtype()).mul(-2).add(1)));
  }

  private static Tensor transposedProduct(Tensor a, Tensor b) {
    boolean square = a.shape().equals(b.shape());
    return Tensor.custom(
        "mine",
        a.detach().matmul(b.detach()),
        a,
        g -> square ? b.matmul(g.transpose()) : g.matmul(b.transpose()),
        b,
        g -> a.transpose().matmul(g));
  }

  private static Tensor relyingOnTheOther(Tensor a, Tensor b) {
    Tensor saved = b.requiresGrad() ? b : b.mul(0);
    Tensor value = a.detach().mul(b.detach());
    return Tensor.custom("mine", value, a, g -> g.mul(saved), b, g -> g.mul(a));
  }

  private static Tensor byIdentity(Tensor a, Tensor b) {
    IdentityHashMap<Tensor, Pullback> pullbacks = new IdentityHashMap<>();
    pullbacks.put(a, g -> g.mul(b));
    pullbacks.put(b, a == b ? g -> g.mul(a).mul(0.5) : g -> g.mul(a));
    Tensor value = a.detach().mul(b.detach());
    List<Tensor> operands = List.of(a, b);
    return Tensor.custom(
        "mine",
        value,
        operands,
        operands.stream().map(x -> Objects.requireNonNull(pullbacks.get(x))).toList());
  }

  static List<Wrong> shapes() {
    return List.of(
        new Wrong(
            "single precision rounded too much",
            ofSin(x -> elementwise(coarse(x, Math::sin), x, g -> g.mul(x.cos()))),
            Clause.SINGLE_PRECISION,
            "output in F32"),
        new Wrong(
            "gradient in double precision",
            ofSin(x -> elementwise(Math::sin, x, g -> g.mul(x.cos()).to(DType.F64))),
            Clause.SINGLE_PRECISION,
            "returned F64, but the input is F32"),
        new Wrong(
            "always double precision",
            ofSin(x -> x.to(DType.F64).sin()),
            Clause.SINGLE_PRECISION,
            "is F64 where the operands are F32"),
        new Wrong(
            "no sum over broadcast axes",
            ofTimes(WrongOpsTest::withoutSum),
            Clause.BROADCASTING,
            "is the sum over the places the operand is repeated to"),
        new Wrong(
            "does not broadcast",
            ofTimes((a, b) -> RightOps.times(a, b.reshape(a.shape()))),
            Clause.BROADCASTING,
            "at [5] x [1] it threw"),
        new Wrong(
            "no 0-d operands",
            ofSin(x -> x.shape().dim(-1) == 0 ? x : RightOps.sin(x)),
            Clause.SCALARS,
            "runs at [] it threw java.lang.IndexOutOfBoundsException"),
        new Wrong(
            "wrong at size 1",
            ofSin(
                x ->
                    elementwise(
                        Math::sin,
                        x,
                        g -> g.mul(x.cos()).mul(x.rank() > 0 && x.shape().dim(0) == 1 ? 2 : 1))),
            Clause.SIZE_ONE_AXES,
            "first order at [1]"),
        new Wrong(
            "no empty operands",
            ofSin(x -> x.toDoubleArray()[0] > 9 ? x : RightOps.sin(x)),
            Clause.EMPTY_SHAPES,
            "runs at [0] it threw java.lang.ArrayIndexOutOfBoundsException"),
        new Wrong(
            "takes shapes that do not fit",
            ofTimes(WrongOpsTest::truncating),
            Clause.REFUSALS,
            "operands [2, 3] x [4] were not refused"),
        new Wrong(
            "refuses without a word",
            ofSin(x -> x.shape().dim(-1) == 0 ? x : RightOps.sin(x))
                .without(Clause.SCALARS, "refused")
                .refuses(Tensor.scalar(1)),
            Clause.REFUSALS,
            "operands [] were refused by java.lang.IndexOutOfBoundsException"),
        new Wrong(
            "samples of no special shape",
            ofSin(RightOps::sin)
                .shapes(Shape.of(3))
                .without(Clause.SCALARS, "a test")
                .without(Clause.SIZE_ONE_AXES, "a test"),
            Clause.EMPTY_SHAPES,
            "no sample has an operand without elements; add one with shapes(...)"));
  }

  private static DoubleUnaryOperator coarse(Tensor x, DoubleUnaryOperator f) {
    return x.dtype() == DType.F32 ? v -> Math.rint(f.applyAsDouble(v) * 1e4) / 1e4 : f;
  }

  private static Tensor withoutSum(Tensor a, Tensor b) {
    Tensor value = a.detach().mul(b.detach());
    return Tensor.custom(
        "mine", value, a, g -> first(g.mul(b), a.shape()), b, g -> first(g.mul(a), b.shape()));
  }

  /** Returns the first of the places an operand was repeated to. */
  private static Tensor first(Tensor g, Shape shape) {
    Tensor part = g;
    while (part.rank() > shape.rank()) {
      part = part.select(0, 0);
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      part = shape.dim(axis) == part.shape().dim(axis) ? part : part.slice(axis, 0, 1);
    }
    return part;
  }

  private static Tensor truncating(Tensor a, Tensor b) {
    boolean fits = Broadcast.conflict(a.shape(), b.shape()) < 0;
    return RightOps.times(a, fits ? b : b.slice(0, 0, a.shape().dim(-1)));
  }

  @ParameterizedTest
  @MethodSource({"values", "gradients", "derivatives", "shapes"})
  void breaksOneClauseAndTheReportSaysWhy(Wrong wrong) {
    ContractReport report = wrong.contract().check();

    assertThat(report.failed()).as(report.toString()).containsExactly(wrong.clause());
    assertThat(report.of(wrong.clause()).text()).contains(wrong.says());
    assertThatThrownBy(wrong.contract()::assertPasses)
        .isInstanceOf(GradientCheckError.class)
        .hasMessageStartingWith("contract of 'mine' broken: " + wrong.clause() + " (seed 42)");
  }

  @ParameterizedTest
  @MethodSource({"values", "gradients", "derivatives", "shapes"})
  void breaksItForAnySeed(Wrong wrong) {
    for (long seed = 0; seed < 4; seed++) {
      assertThat(wrong.contract().seed(seed).check().failed())
          .as("seed %d", seed)
          .containsExactly(wrong.clause());
    }
  }

  @Test
  void everyClauseIsBrokenBySomeOperation() {
    assertThat(Stream.of(values(), gradients(), derivatives(), shapes()).flatMap(List::stream))
        .extracting(Wrong::clause)
        .contains(Clause.values());
  }

  @Test
  void aReportIsRepeatedByItsSeed() {
    OpContract contract = ofSin(x -> elementwise(Math::sin, x, g -> g.mul(x.cos()).mul(1.001)));
    ContractReport report = contract.seed(5).check();
    assertThat(contract.seed(report.seed()).check().toString()).isEqualTo(report.toString());
    assertThat(contract.seed(6).check().toString()).isNotEqualTo(report.toString());
  }
}
