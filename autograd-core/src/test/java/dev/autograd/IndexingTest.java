package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Choosing by indices and masks: repeats, what is masked, every type, the graph, refusals. */
class IndexingTest {

  private static final Tensor A23 = Tensor.arange(DType.F64, 6).reshape(2, 3);

  // ---------------------------------------------------------------- repeated indices

  @Test
  void whatIsReadTwiceGetsBothGradients() {
    Tensor index = Tensor.indices(0, 0, 1);
    UnaryOperator<Tensor> weighted = x -> x.mul(Tensor.of(1, 2, 4)).sum();
    assertGradient(x -> weighted.apply(x.gather(0, index)), Tensor.of(5, 6), 3, 4);
    assertGradient(x -> weighted.apply(x.indexSelect(0, index)), Tensor.of(5, 6), 3, 4);
    assertGradient(
        x -> weighted.apply(x.unsqueeze(1).embedding(index).squeeze(1)), Tensor.of(5, 6), 3, 4);
  }

  @Test
  void whatIsAddedTwiceAccumulates() {
    Tensor index = Tensor.indices(0, 2, 0);
    Tensor source = Tensor.of(1, 2, 4);
    Tensor x = Tensor.of(10, 20, 30);
    assertThat(x.scatterAdd(0, index, source).toDoubleArray()).containsExactly(15, 20, 32);
    assertThat(x.indexAdd(0, index, source).toDoubleArray()).containsExactly(15, 20, 32);
    Tensor weights = Tensor.of(2, 3, 5);
    assertGradient(s -> x.scatterAdd(0, index, s).mul(weights).sum(), source, 2, 5, 2);
    assertGradient(s -> x.indexAdd(0, index, s).mul(weights).sum(), source, 2, 5, 2);
    assertGradient(a -> a.indexAdd(0, index, source).mul(weights).sum(), x, 2, 3, 5);
  }

  @Test
  void ofWhatIsWrittenTwiceTheLastStays() {
    Tensor index = Tensor.indices(1, 0, 1);
    Tensor source = Tensor.of(1, 2, 4);
    Tensor x = Tensor.of(10, 20, 30);
    Tensor weights = Tensor.of(2, 3, 5);
    assertThat(x.scatter(0, index, source).toDoubleArray()).containsExactly(2, 4, 30);
    assertGradient(s -> x.scatter(0, index, s).mul(weights).sum(), source, 0, 2, 3);
    assertGradient(a -> a.scatter(0, index, source).mul(weights).sum(), x, 0, 0, 5);
  }

  @Test
  void additionGoesInRowMajorOrder() {
    // 1e16 + 1 is 1e16: what comes first and what last decides which bits are lost.
    Tensor index = Tensor.indices(0, 0, 0);
    Tensor zero = Tensor.of(0.0);
    assertThat(zero.scatterAdd(0, index, Tensor.of(1e16, 1, -1e16)).item()).isEqualTo(0);
    assertThat(zero.scatterAdd(0, index, Tensor.of(1e16, -1e16, 1)).item()).isEqualTo(1);
  }

  private static void assertGradient(UnaryOperator<Tensor> f, Tensor at, double... expected) {
    assertThat(Autograd.grad(f).apply(at).toDoubleArray()).containsExactly(expected);
    Tensor x = at.withGrad();
    Tensor recorded = Autograd.grad(f.apply(x), x, GradOptions.createGraph());
    assertThat(recorded.toDoubleArray()).containsExactly(expected);
  }

  // ---------------------------------------------------------------- what is not chosen

  @Test
  void maskedPlacesSendZeroThroughAnInfiniteSlope() {
    Tensor x = Tensor.of(-1, 0, 4).withGrad();
    Tensor y = x.sqrt().maskedFill(x.le(0), 7);
    assertThat(y.toDoubleArray()).containsExactly(7, 7, 2);
    assertDerivatives(y.sum(), x, new double[] {0, 0, 0.25}, new double[] {0, 0, -1 / 32.0});

    Tensor kept = x.sqrt().maskedSelect(x.gt(0));
    assertThat(kept.toDoubleArray()).containsExactly(2);
    assertDerivatives(kept.sum(), x, new double[] {0, 0, 0.25}, new double[] {0, 0, -1 / 32.0});
  }

  @Test
  void placesNotReadSendZeroThroughAnInfiniteSlope() {
    Tensor x = Tensor.of(-1, 0, 4).withGrad();
    Tensor index = Tensor.indices(2);
    double[] first = {0, 0, 0.25};
    double[] second = {0, 0, -1 / 32.0};
    assertDerivatives(x.sqrt().gather(0, index).sum(), x, first, second);
    assertDerivatives(x.sqrt().indexSelect(0, index).sum(), x, first, second);
    assertDerivatives(
        x.sqrt().scatter(0, Tensor.indices(0, 1), Tensor.of(1, 1)).sum(), x, first, second);
  }

  @Test
  void aNaNThatIsChosenSpreads() {
    Tensor x = Tensor.of(-1, 4).withGrad();
    x.sqrt().gather(0, Tensor.indices(0, 1)).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(Double.NaN, 0.25);
  }

  private static void assertDerivatives(Tensor y, Tensor x, double[] first, double[] second) {
    Tensor slope = Autograd.grad(y, x, GradOptions.createGraph());
    assertThat(slope.toDoubleArray()).containsExactly(first);
    assertThat(Autograd.grad(slope.sum(), x).toDoubleArray()).containsExactly(second);
  }

  @Test
  void paddingIsReadButNotTrained() {
    Tensor weights = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}).withGrad();
    Tensor indices = Tensor.indices(0, 1, 1, 2).reshape(2, 2);
    Tensor y = weights.embedding(indices, 1);
    assertThat(y.toDoubleArray()).containsExactly(weights.embedding(indices).toDoubleArray());
    Tensor slope = Autograd.grad(y.square().sum(), weights, GradOptions.createGraph());
    assertThat(slope.toDoubleArray()).containsExactly(2, 4, 0, 0, 10, 12);
    assertThat(Autograd.grad(slope.sum(), weights).toDoubleArray())
        .containsExactly(2, 2, 0, 0, 2, 2);
    Tensor first = Autograd.grad(weights.embedding(indices, 0).sum(), weights);
    assertThat(first.toDoubleArray()).containsExactly(0, 0, 2, 2, 1, 1);
  }

  // ---------------------------------------------------------------- types and shapes

  @ParameterizedTest
  @EnumSource
  void everyElementTypeCanBeRead(DType dtype) {
    Tensor x = Tensor.of(1, 0, 0, 1, 1, 1).to(dtype).reshape(2, 3);
    Tensor index = Tensor.indices(2, 0);
    assertElements(x.indexSelect(1, index), dtype, 0, 1, 1, 1);
    assertElements(x.gather(1, index.unsqueeze(1)), dtype, 0, 1);
    assertElements(x.embedding(Tensor.indices(1)), dtype, 1, 1, 1);
    assertElements(x.maskedSelect(Tensor.indices(0, 1, 2).ge(1)), dtype, 0, 0, 1, 1);
    Tensor source = Tensor.of(0, 0).to(dtype).reshape(2, 1);
    assertElements(x.scatter(1, index.unsqueeze(1), source), dtype, 1, 0, 0, 0, 1, 1);
    assertElements(Tensor.indices(1, 0).oneHot(dtype, 2), dtype, 0, 1, 1, 0);
  }

  private static void assertElements(Tensor actual, DType dtype, double... expected) {
    assertThat(actual.dtype()).isEqualTo(dtype);
    assertThat(actual.toDoubleArray()).containsExactly(expected);
  }

  @Test
  void aSingleIndexTakesTheAxisAway() {
    Tensor column = A23.indexSelect(1, Tensor.indices(2).reshape());
    assertThat(column.shape()).isEqualTo(Shape.of(2));
    assertThat(column.toDoubleArray()).containsExactly(A23.select(1, 2).toDoubleArray());
  }

  @Test
  void argMaxLeadsBackToTheMaximum() {
    Tensor x = Tensor.normal(new SplittableRandom(3), DType.F64, 4, 5);
    Tensor winners = x.argMax(1).unsqueeze(1);
    assertThat(x.gather(1, winners).squeeze(1).toDoubleArray())
        .containsExactly(x.max(1).toDoubleArray());
  }

  @Test
  void oneHotRowsTakenTogetherAreAMatrixOfTheIdentity() {
    Tensor rows = Tensor.indices(2, 0, 2).oneHot(DType.F64, 3);
    assertThat(rows.toDoubleArray())
        .containsExactly(
            Tensor.eye(DType.F64, 3).embedding(Tensor.indices(2, 0, 2)).toDoubleArray());
  }

  // ---------------------------------------------------------------- the graph

  @Test
  void indicesAndMasksAreOperands() {
    Tensor x = A23.withGrad();
    Tensor index = Tensor.indices(1).named("which");
    Tensor mask = x.gt(2).named("mask");
    assertThat(operands(x.indexSelect(0, index))).containsExactly("", "which");
    assertThat(operands(x.gather(0, index.unsqueeze(0).named("which"))))
        .containsExactly("", "which");
    assertThat(operands(x.embedding(index))).containsExactly("", "which");
    assertThat(operands(x.indexAdd(0, index, Tensor.ones(DType.F64, 1, 3))))
        .containsExactly("", "which", "");
    assertThat(operands(x.maskedFill(mask, 0))).containsExactly("", "mask");
    assertThat(operands(x.maskedSelect(mask))).containsExactly("", "mask");

    Tensor added = x.indexAdd(0, index, Tensor.ones(DType.F64, 1, 3));
    assertThat(last(added).attributes()).containsEntry("axis", 0);

    Tensor slope =
        Autograd.grad(x.indexSelect(0, index).square().sum(), x, GradOptions.createGraph());
    assertThat(operands(slope)).containsExactly("", "which");
    assertThat(last(slope).op()).isEqualTo("indexSelectGrad");
    assertThat(last(slope).attributes()).containsEntry("axis", 0);
  }

  private static Node last(Tensor y) {
    List<Node> nodes = y.nodes();
    return nodes.get(nodes.size() - 1);
  }

  private static List<String> operands(Tensor y) {
    return last(y).inputs().stream().map(Node::name).toList();
  }

  @Test
  void readingsAndWholeUsesMix() {
    Tensor x = Tensor.of(1, 2, 3).withGrad();
    Tensor scaled = x.mul(1);
    Tensor index = Tensor.indices(2, 2);
    Tensor y =
        scaled
            .sum()
            .add(scaled.gather(0, index).sum().mul(10))
            .add(scaled.slice(0, 1, 3).sum().mul(100))
            .add(scaled.maskedSelect(x.lt(2)).sum().mul(1000))
            .add(scaled.indexSelect(0, index).sum().mul(10_000));
    y.backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(1001, 101, 20_121);
  }

  @Test
  void manyReadingsOfOneTableCostItsSizeOnce() {
    // Each reading with a gradient of its own size would take 2 GB.
    Tensor table = Tensor.zeros(DType.F64, 1 << 16, 4).withGrad();
    Tensor sum = Tensor.scalar(0);
    for (int i = 0; i < 1000; i++) {
      sum = sum.add(table.embedding(Tensor.indices(i, 0)).sum());
    }
    long before = ProtocolSlicesTest.allocatedBytes();
    sum.backward();
    assertThat(ProtocolSlicesTest.allocatedBytes() - before).isLessThan(32L << 20);
    assertThat(table.grad().item(0, 3)).isEqualTo(1001);
    assertThat(table.grad().item(999, 0)).isEqualTo(1);
  }

  // ---------------------------------------------------------------- refusals

  @Test
  void indicesOutside() {
    outside(
        () -> A23.gather(1, Tensor.indices(0, 3).unsqueeze(1)),
        "gather: index 3 at position [1, 0] is outside axis 1 of shape [2, 3]; use 0 to 2");
    outside(
        () -> A23.gather(1, Tensor.indices(0, 0, 0, 0, 7, 0).reshape(2, 3)),
        "gather: index 7 at position [1, 1] is outside axis 1 of shape [2, 3]; use 0 to 2");
    outside(
        () -> A23.indexSelect(0, Tensor.indices(1, -1)),
        "indexSelect: index -1 at position [1] is outside axis 0 of shape [2, 3]; use 0 to 1");
    outside(
        () -> A23.indexSelect(0, Tensor.of(1L << 40).to(DType.I64)),
        "indexSelect: index 1099511627776 at position [0] is outside axis 0 of shape [2, 3]; use 0"
            + " to 1");
    outside(
        () -> Tensor.zeros(DType.F64, 0).gather(0, Tensor.indices(0)),
        "gather: index 0 at position [0] is outside axis 0 of shape [0], which is empty");
    outside(
        () -> A23.scatterAdd(0, Tensor.indices(2, 0, 0).unsqueeze(0), Tensor.ones(DType.F64, 1, 3)),
        "scatterAdd: index 2 at position [0, 0] is outside axis 0 of shape [2, 3]; use 0 to 1");
    outside(
        () -> A23.scatter(0, Tensor.indices(2, 0, 0).unsqueeze(0), Tensor.ones(DType.F64, 1, 3)),
        "scatter: index 2 at position [0, 0] is outside axis 0 of shape [2, 3]; use 0 to 1");
    outside(
        () -> A23.indexAdd(0, Tensor.indices(2), Tensor.ones(DType.F64, 1, 3)),
        "indexAdd: index 2 at position [0] is outside axis 0 of shape [2, 3]; use 0 to 1");
    outside(
        () -> A23.embedding(Tensor.indices(2).reshape()),
        "embedding: index 2 at position [] is outside axis 0 of shape [2, 3]; use 0 to 1");
    outside(
        () -> A23.embedding(Tensor.indices(0), 2),
        "embedding: the padding index is 2 and the number of rows 2; it must be the index of a row");
    outside(
        () -> Tensor.indices(0, 5).oneHot(DType.F64, 5),
        "oneHot: index 5 at position [1] is outside 5 classes; use 0 to 4");
  }

  private static void outside(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class).hasMessage(message);
  }

  @Test
  void shapesThatDoNotFit() {
    refused(
        () -> A23.gather(1, Tensor.indices(0)),
        ShapeException.class,
        "gather: the tensor is [2, 3] and the index [1]; they must have equally many axes, and the"
            + " index must not be larger along any but axis 1");
    refused(
        () -> A23.scatterAdd(0, Tensor.zeros(DType.I64, 5, 4), Tensor.zeros(DType.F64, 5, 4)),
        ShapeException.class,
        "scatterAdd: the tensor is [2, 3] and the index [5, 4]; they must have equally many axes,"
            + " and the index must not be larger along any but axis 0");
    refused(
        () -> A23.scatterAdd(0, Tensor.zeros(DType.I64, 1, 3), Tensor.zeros(DType.F64, 2, 3)),
        ShapeException.class,
        "scatterAdd: the indexed part is [1, 3] and the source is [2, 3]; the shapes must be equal,"
            + " reshape one of them");
    refused(
        () -> A23.indexAdd(1, Tensor.indices(0), Tensor.zeros(DType.F64, 2)),
        ShapeException.class,
        "indexAdd: the indexed part is [2, 1] and the source is [2]; the shapes must be equal,"
            + " reshape one of them");
    refused(
        () -> A23.scatter(0, Tensor.zeros(DType.I64, 1, 4), Tensor.zeros(DType.F64, 1, 4)),
        ShapeException.class,
        "scatter: the tensor is [2, 3] and the index [1, 4]; they must have equally many axes, and"
            + " the index must not be larger along any but axis 0");
    refused(
        () -> A23.scatter(0, Tensor.zeros(DType.I64, 1, 3), Tensor.zeros(DType.F32, 1, 3)),
        DTypeException.class,
        "scatter: left is F64 and right is F32; convert one of them with to(DType)");
    refused(
        () -> A23.scatter(0, Tensor.zeros(DType.I64, 1, 3), Tensor.zeros(DType.F64, 3)),
        ShapeException.class,
        "scatter: the index is [1, 3] and the source is [3]; the shapes must be equal, reshape one"
            + " of them");
    refused(
        () -> Tensor.of(1, 2).embedding(Tensor.indices(0)),
        ShapeException.class,
        "embedding: the weights are [2]; they must be a matrix [rows, width]");
    refused(
        () -> A23.maskedSelect(Tensor.zeros(DType.BOOL, 2)),
        ShapeException.class,
        "maskedSelect: shapes [2, 3] and [2] do not broadcast; axis 1 has sizes 3 and 2");
    refused(
        () -> A23.maskedFill(Tensor.zeros(DType.BOOL, 2), 0),
        ShapeException.class,
        "maskedFill: shapes [2] and [2, 3] do not broadcast; axis 1 has sizes 2 and 3");
    refused(
        () -> Tensor.indices(0).oneHot(DType.F64, -1),
        ShapeException.class,
        "oneHot: the number of classes is -1; it must be 0 or more");
    refused(
        () -> Tensor.zeros(DType.F64, 1 << 16, 1).indexSelect(1, Tensor.zeros(DType.I32, 1 << 16)),
        ShapeException.class,
        "indexSelect: the result would be [65536, 65536], more than the 2147483647 elements that"
            + " one Java array holds; split the data");
  }

  @Test
  void typesThatDoNotFit() {
    refused(
        () -> A23.gather(1, A23),
        DTypeException.class,
        "gather: the index is F64; it must be I32 or I64, as indices and argMax return");
    refused(
        () -> A23.oneHot(DType.F64, 6),
        DTypeException.class,
        "oneHot: the index is F64; it must be I32 or I64, as indices and argMax return");
    refused(
        () -> A23.scatterAdd(0, Tensor.zeros(DType.I32, 1, 3), Tensor.zeros(DType.F32, 1, 3)),
        DTypeException.class,
        "scatterAdd: left is F64 and right is F32; convert one of them with to(DType)");
    refused(
        () -> Tensor.indices(1).scatterAdd(0, Tensor.indices(0), Tensor.indices(2)),
        DTypeException.class,
        "scatterAdd: the tensor is I32; it must be F32 or F64, convert it with to(F64)");
    refused(
        () -> A23.maskedFill(Tensor.indices(1), 0),
        DTypeException.class,
        "maskedFill: the mask is I32; it must be BOOL, as gt, ge, lt, le, eq and ne return");
    refused(
        () -> A23.maskedSelect(A23),
        DTypeException.class,
        "maskedSelect: the mask is F64; it must be BOOL, as gt, ge, lt, le, eq and ne return");
  }

  private static void refused(
      ThrowingCallable call, Class<? extends Exception> type, String message) {
    assertThatThrownBy(call).isInstanceOf(type).hasMessage(message);
  }
}
