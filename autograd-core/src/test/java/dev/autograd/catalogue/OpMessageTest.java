package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Convolutions;
import dev.autograd.DTypeException;
import dev.autograd.Losses;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import dev.autograd.array.DType;
import dev.autograd.array.Slice;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Wrong shapes and types are refused with a message that names the operation and both sides. */
class OpMessageTest {

  private static final Tensor A34 = Tensor.zeros(DType.F64, 3, 4);
  private static final Tensor A35 = Tensor.zeros(DType.F64, 3, 5);
  private static final Tensor SINGLE = Tensor.zeros(DType.F32, 3, 4);
  private static final Tensor INTEGERS = Tensor.indices(1, 2, 3);

  private static final Set<String> VECTOR_PRODUCTS = Set.of("dot", "outer", "matmul");

  private static final Set<String> CLASS_LOSSES = Set.of("crossEntropy", "nll");

  @TestFactory
  Stream<DynamicTest> shapesThatDoNotBroadcast() {
    return pairs()
        .filter(op -> !VECTOR_PRODUCTS.contains(op.name()) && op.owner() != Convolutions.class)
        .map(
            op ->
                refused(
                    op,
                    () -> op.call(A34, A35),
                    ShapeException.class,
                    op.name()
                        + ": shapes [3, 4] and [3, 5] do not broadcast; axis 1 has sizes 4 and 5"));
  }

  @TestFactory
  Stream<DynamicTest> differentTypes() {
    return pairs()
        .map(
            op ->
                refused(
                    op,
                    () -> op.call(A34, SINGLE),
                    DTypeException.class,
                    op.name()
                        + ": left is F64 and right is F32; convert one of them with to(DType)"));
  }

  @TestFactory
  Stream<DynamicTest> integersInPairs() {
    return pairs()
        .filter(op -> !ElementwiseCases.isComparison(op))
        .map(
            op ->
                refused(
                    op,
                    () -> op.call(INTEGERS, INTEGERS),
                    DTypeException.class,
                    op.name()
                        + ": the tensor is I32; it must be F32 or F64, convert it with to(F64)"));
  }

  @TestFactory
  Stream<DynamicTest> integersAlone() {
    Stream<DynamicTest> plain =
        functions().filter(op -> op.takes()).map(op -> refusedInteger(op, () -> op.call(INTEGERS)));
    Stream<DynamicTest> withNumber =
        functions()
            .filter(op -> op.takes(double.class) && !ElementwiseCases.isComparison(op))
            .map(op -> refusedInteger(op, () -> op.call(INTEGERS, 2)));
    Stream<DynamicTest> overAxes =
        functions()
            .filter(op -> op.takes(Axes.class))
            .map(op -> refusedInteger(op, () -> op.call(INTEGERS, Axes.all())));
    Stream<DynamicTest> along =
        functions()
            .filter(op -> op.takes(int.class) && !op.name().equals("unsqueeze"))
            .map(op -> refusedInteger(op, () -> op.call(INTEGERS, 0)));
    Stream<DynamicTest> withLimits =
        functions()
            .filter(op -> op.takes(double.class, double.class))
            .map(op -> refusedInteger(op, () -> op.call(INTEGERS, 1, 2)));
    return Stream.of(plain, withNumber, overAxes, along, withLimits).flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> integersWithAFraction() {
    return functions()
        .filter(op -> op.takes(double.class))
        .map(
            op ->
                refused(
                    op,
                    () -> op.call(INTEGERS, 2.5),
                    DTypeException.class,
                    "the number 2.5 does not go with a tensor of I32; convert the tensor with"
                        + " to(F64)"));
  }

  @TestFactory
  Stream<DynamicTest> axesThatDoNotExist() {
    return functions()
        .filter(op -> op.takes(Axes.class))
        .map(
            op ->
                refused(
                    op,
                    () -> op.call(A34, Axes.of(2)),
                    ShapeException.class,
                    op.name() + ": shape is [3, 4]; axis 2 does not exist in rank 2; use -2 to 1"));
  }

  @TestFactory
  Stream<DynamicTest> rowsThatDoNotExist() {
    return functions()
        .filter(op -> op.takes(int.class) && !op.name().equals("unsqueeze"))
        .map(
            op ->
                refused(
                    op,
                    () -> op.call(A34, -3),
                    ShapeException.class,
                    op.name() + ": axis -3 does not exist in shape [3, 4]; use -2 to 1"));
  }

  @TestFactory
  Stream<DynamicTest> lossesOfDifferentShapes() {
    return Catalogue.methods().stream()
        .filter(op -> op.isLoss() && op.takes(Tensor.class, Tensor.class))
        .filter(op -> !CLASS_LOSSES.contains(op.name()))
        .map(
            op ->
                refused(
                    op,
                    () -> op.call(Tensor.of(0.5, 0.5), Tensor.of(new double[][] {{0}, {1}})),
                    ShapeException.class,
                    op.name()
                        + ": the prediction is [2] and the target is [2, 1]; the shapes must be"
                        + " equal, reshape one of them"));
  }

  @Test
  void products() {
    assertMessage(
        () -> Tensor.zeros(DType.F64, 32, 10).matmul(Tensor.zeros(DType.F64, 12, 4)),
        ShapeException.class,
        "matmul: left is [32, 10] and right is [12, 4]; the inner sizes 10 and 12 must be equal");
    assertMessage(
        () -> Tensor.zeros(DType.F64, 2, 3, 4).matmul(Tensor.zeros(DType.F64, 5, 4, 2)),
        ShapeException.class,
        "matmul: left is [2, 3, 4] and right is [5, 4, 2]; the stacks [2] and [5] do not"
            + " broadcast");
    assertMessage(
        () -> Tensor.scalar(2).matmul(A34),
        ShapeException.class,
        "matmul: left is [] and right is [3, 4]; both need an axis, use mul for numbers");
    assertMessage(
        () -> A34.linear(A35, Tensor.of(0, 0, 0)),
        ShapeException.class,
        "linear: left is [3, 4] and right is [3, 5]; the inner sizes 4 and 5 must be equal");
    assertMessage(
        () -> A34.dot(A34),
        ShapeException.class,
        "dot: left is [3, 4] and right is [3, 4]; both must be vectors, use matmul for matrices");
    assertMessage(
        () -> Tensor.of(1, 2).dot(Tensor.of(1, 2, 3)),
        ShapeException.class,
        "dot: left is [2] and right is [3]; the inner sizes 2 and 3 must be equal");
    assertMessage(
        () -> Tensor.of(1, 2).transpose(),
        ShapeException.class,
        "transpose: shape is [2]; it must have at least two axes");
  }

  @Test
  void partsOfMatrices() {
    assertMessage(
        () -> Tensor.of(1, 2).trace(),
        ShapeException.class,
        "trace: shape is [2]; it must have at least two axes");
    assertMessage(
        () -> Tensor.of(1, 2).diagonal(),
        ShapeException.class,
        "diagonal: shape is [2]; it must have at least two axes");
    assertMessage(
        () -> Tensor.of(1, 2).tril(),
        ShapeException.class,
        "tril: shape is [2]; it must have at least two axes");
    assertMessage(
        () -> Tensor.of(1, 2).triu(1),
        ShapeException.class,
        "triu: shape is [2]; it must have at least two axes");
    assertMessage(
        () -> Tensor.scalar(1).diagonalMatrix(),
        ShapeException.class,
        "diagonalMatrix: shape is []; it must have at least one axis");
  }

  @Test
  void sweeps() {
    Tensor x = Tensor.zeros(DType.F64, 8).withGrad();
    assertMessage(
        () -> x.exp().backward(),
        ShapeException.class,
        "backward: the output has shape [8]; pass a seed, or reduce it to a scalar with sum() or"
            + " mean()");
    assertMessage(
        () -> x.exp().backward(Tensor.of(1, 2)),
        ShapeException.class,
        "backward: the output has shape [8] and the seed [2]; they must be equal");
    assertMessage(
        () -> x.exp().backward(Tensor.zeros(DType.F32, 8)),
        DTypeException.class,
        "backward: the output is F64 and the seed F32; convert the seed with to(F64)");
  }

  @Test
  void shaping() {
    assertMessage(
        () -> A34.reshape(5, 2),
        ShapeException.class,
        "reshape: shape [3, 4] has 12 elements and [5, 2] has 10; they must be equal");
    assertMessage(
        () -> A34.reshape(-1, 5),
        ShapeException.class,
        "reshape: shape [3, 4] has 12 elements, which [-1, 5] cannot hold for any size at -1");
    assertMessage(
        () -> A34.squeeze(0),
        ShapeException.class,
        "squeeze: axis 0 of shape [3, 4] has size 3; only axes of size 1 can go");
    assertMessage(
        () -> A34.permute(0, 0),
        ShapeException.class,
        "permute: order [0, 0] for shape [3, 4]; it must name each axis once");
    assertMessage(
        () -> A34.broadcastTo(3, 5),
        ShapeException.class,
        "broadcastTo: shape [3, 4] cannot be repeated to [3, 5]; right-aligned, each size must be"
            + " 1 or equal");
    assertMessage(
        () -> A34.slice(1, 2, 5),
        ShapeException.class,
        "slice: shape is [3, 4]; slice 2:5 does not lie inside an axis of size 4");
    assertMessage(
        () -> A34.slice(Slice.at(3)),
        ShapeException.class,
        "slice: shape is [3, 4]; slice 3 does not lie inside an axis of size 3");
    assertMessage(
        () -> A34.unsqueeze(-4),
        ShapeException.class,
        "unsqueeze: axis -4 does not exist in shape [1, 1, 1]; use -3 to 2");
  }

  @Test
  void joining() {
    assertMessage(
        () -> Tensor.concat(0, A34, A35),
        ShapeException.class,
        "concat: the first part is [3, 4] and part 1 is [3, 5]; all axes but 0 must be equal");
    assertMessage(
        () -> Tensor.stack(0, A34, A35),
        ShapeException.class,
        "stack: the first part is [3, 4] and part 1 is [3, 5]; the shapes must be equal, reshape"
            + " one of them");
    assertMessage(
        () -> Tensor.concat(0),
        ShapeException.class,
        "concat: there are no parts; give at least one");
    assertMessage(
        () -> Tensor.stack(0, A34, SINGLE),
        DTypeException.class,
        "stack: left is F64 and right is F32; convert one of them with to(DType)");
  }

  @Test
  void extremesOfNothing() {
    Tensor empty = Tensor.zeros(DType.F64, 2, 0);
    assertMessage(
        () -> empty.max(1),
        ShapeException.class,
        "max: shape [2, 0] has no element along axes [1]; there is no max of nothing");
    assertMessage(
        () -> empty.min(),
        ShapeException.class,
        "min: shape [2, 0] has no element along axes all; there is no min of nothing");
    assertMessage(
        () -> empty.argMax(1),
        ShapeException.class,
        "argMax: shape [2, 0] has no element along axis 1");
    assertMessage(
        () -> empty.argMin(1),
        ShapeException.class,
        "argMin: shape [2, 0] has no element along axis 1");
    assertMessage(
        () -> empty.maxSelect(-1),
        ShapeException.class,
        "maxSelect: shape [2, 0] has no element along axis -1");
    assertMessage(
        () -> empty.minSelect(1),
        ShapeException.class,
        "minSelect: shape [2, 0] has no element along axis 1");
    assertThat(empty.max(0).shape().size()).isZero();
  }

  @Test
  void masks() {
    assertMessage(
        () -> A34.where(A34, 0),
        DTypeException.class,
        "where: the condition is F64; it must be BOOL, as gt, ge, lt, le, eq and ne return");
    assertMessage(
        () -> A34.where(A35.gt(0), A34),
        ShapeException.class,
        "where: shapes [3, 5] and [3, 4] do not broadcast; axis 1 has sizes 5 and 4");
  }

  @Test
  void classes() {
    assertMessage(
        () -> Losses.crossEntropy(A34, new int[] {0, 1}),
        ShapeException.class,
        "crossEntropy: the logits are [3, 4] and the classes [2]; there must be one class per row,"
            + " [3]");
    assertMessage(
        () -> Losses.crossEntropy(A34, new int[] {0, 4, 1}),
        IndexOutOfBoundsException.class,
        "crossEntropy: row 1 has class 4; the logits have classes 0 to 3, use ignoreIndex for rows"
            + " that shall not count");
  }

  private static Stream<OpMethod> functions() {
    return Catalogue.methods().stream()
        .filter(op -> !op.isStatic() && op.owner() != Tensor.class)
        .filter(op -> !ALL_TYPES.contains(op.name()));
  }

  /** What only moves elements works for integers too. */
  private static final Set<String> ALL_TYPES =
      Set.of(
          "squeeze",
          "transpose",
          "identity",
          "unstack",
          "diagonal",
          "diagonalMatrix",
          "tril",
          "triu");

  private static Stream<OpMethod> pairs() {
    return functions()
        .filter(op -> op.takes(Tensor.class) && !op.owner().getSimpleName().equals("Indexing"));
  }

  private static DynamicTest refusedInteger(OpMethod op, ThrowingCallable call) {
    String recorded = LEFT_HANDED.getOrDefault(op.name(), op.name());
    return refused(
        op,
        call,
        DTypeException.class,
        recorded + ": the tensor is I32; it must be F32 or F64, convert it with to(F64)");
  }

  /** A number on the left makes an ordinary operation, under its own name in listings too. */
  private static final Map<String, String> LEFT_HANDED = Map.of("subFrom", "sub", "divInto", "div");

  private static DynamicTest refused(
      OpMethod op, ThrowingCallable call, Class<? extends Exception> type, String message) {
    return DynamicTest.dynamicTest(op.signature(), () -> assertMessage(call, type, message));
  }

  private static void assertMessage(
      ThrowingCallable call, Class<? extends Exception> type, String message) {
    assertThatThrownBy(call).isInstanceOf(type).hasMessage(message);
  }
}
