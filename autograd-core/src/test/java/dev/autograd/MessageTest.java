package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static dev.autograd.array.DType.I32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.autograd.array.Axes;
import dev.autograd.array.Shape;
import dev.autograd.array.Slice;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commonest mistakes, and word for word what is said: what was asked, given, and what to do.
 */
class MessageTest {

  private static Tensor ones(int... dims) {
    return Tensor.ones(F64, dims);
  }

  private static Tensor leaf(int... dims) {
    return ones(dims).withGrad();
  }

  private static Arguments shape(ThrowingCallable mistake, String message) {
    return arguments(mistake, ShapeException.class, message);
  }

  private static Arguments type(ThrowingCallable mistake, String message) {
    return arguments(mistake, DTypeException.class, message);
  }

  private static Arguments argument(ThrowingCallable mistake, String message) {
    return arguments(mistake, IllegalArgumentException.class, message);
  }

  static Stream<Arguments> arithmetic() {
    return Stream.of(
        shape(
            () -> ones(32, 10).matmul(ones(12, 4)),
            "matmul: left is [32, 10] and right is [12, 4]; the inner sizes 10 and 12 must be"
                + " equal"),
        shape(
            () -> ones(3, 4).add(ones(3, 5)),
            "add: shapes [3, 4] and [3, 5] do not broadcast; axis 1 has sizes 4 and 5"),
        shape(
            () -> ones(7, 3, 4).mul(ones(5, 1)),
            "mul: shapes [7, 3, 4] and [5, 1] do not broadcast; axis 1 has sizes 3 and 5"),
        shape(
            () -> ones(2).gt(ones(3)),
            "gt: shapes [2] and [3] do not broadcast; axis 0 has sizes 2 and 3"),
        shape(
            () -> ones(2).matmul(ones()),
            "matmul: left is [2] and right is []; both need an axis, use mul for numbers"),
        shape(
            () -> ones(2, 3, 4).matmul(ones(5, 4, 6)),
            "matmul: left is [2, 3, 4] and right is [5, 4, 6]; the stacks [2] and [5] do not"
                + " broadcast"),
        shape(
            () -> ones(2, 3).dot(ones(3)),
            "dot: left is [2, 3] and right is [3]; both must be vectors, use matmul for matrices"),
        shape(
            () -> ones(2, 3).linear(ones(3, 2), ones(2)),
            "linear: left is [2, 3] and right is [3, 2]; the inner sizes 3 and 2 must be equal"),
        shape(
            () -> ones(2, 3).linear(ones(4, 3), ones(5)),
            "linear: the bias is [5] and the product [2, 4]; the bias must be [4], one per output"),
        type(
            () -> ones(2).mul(Tensor.ones(F32, 2)),
            "mul: left is F64 and right is F32; convert one of them with to(DType)"),
        type(
            () -> ones(2, 2).matmul(Tensor.ones(F32, 2, 2)),
            "matmul: left is F64 and right is F32; convert one of them with to(DType)"),
        type(
            () -> Tensor.indices(1, 2).add(Tensor.indices(3, 4)),
            "add: the tensor is I32; it must be F32 or F64, convert it with to(F64)"),
        type(
            () -> Tensor.indices(1, 2).exp(),
            "exp: the tensor is I32; it must be F32 or F64, convert it with to(F64)"),
        type(
            () -> ones(2).where(ones(2), 0),
            "where: the condition is F64; it must be BOOL, as gt, ge, lt, le, eq and ne return"));
  }

  static Stream<Arguments> shaping() {
    return Stream.of(
        shape(
            () -> ones(2, 3).reshape(4, 2),
            "reshape: shape [2, 3] has 6 elements and [4, 2] has 8; they must be equal"),
        shape(
            () -> ones(2, 3).reshape(4, -1),
            "reshape: shape [2, 3] has 6 elements, which [4, -1] cannot hold for any size at -1"),
        shape(
            () -> ones(0, 3).reshape(0, -1),
            "reshape: shape [0, 3] has 0 elements, which [0, -1] cannot hold for any size at -1"),
        shape(
            () -> ones(2, 3).reshape(-1, -1),
            "reshape: [-1, -1] leaves two sizes open; give all but one"),
        shape(
            () -> ones(2, 3).sum(2),
            "sum: shape is [2, 3]; axis 2 does not exist in rank 2; use -2 to 1"),
        shape(
            () -> ones(2, 3).mean(1, -1),
            "mean: shape is [2, 3]; axis 1 is named twice; name each axis once"),
        shape(
            () -> ones(2, 3).softmax(-3),
            "softmax: axis -3 does not exist in shape [2, 3]; use -2 to 1"),
        shape(
            () -> ones(2, 0).max(Axes.of(1)),
            "max: shape [2, 0] has no element along axes [1]; there is no max of nothing"),
        shape(
            () -> Tensor.concat(0, ones(2, 3), ones(2, 4)),
            "concat: the first part is [2, 3] and part 1 is [2, 4]; all axes but 0 must be equal"),
        shape(
            () -> Tensor.stack(0, ones(2), ones(3)),
            "stack: the first part is [2] and part 1 is [3]; the shapes must be equal, reshape one"
                + " of them"),
        shape(() -> Tensor.concat(0, List.of()), "concat: there are no parts; give at least one"),
        shape(
            () -> ones(2, 3).slice(1, 1, 4),
            "slice: shape is [2, 3]; slice 1:4 does not lie inside an axis of size 3"),
        shape(
            () -> ones(3).at(3),
            "slice: shape is [3]; slice 3 does not lie inside an axis of size 3"),
        shape(() -> ones(3).at(0, 0), "slice: 2 slices for shape [3]; give at most one per axis"),
        shape(
            () -> ones(2, 3).squeeze(0),
            "squeeze: axis 0 of shape [2, 3] has size 2; only axes of size 1 can go"),
        shape(() -> ones(3).transpose(), "transpose: shape is [3]; it must have at least two axes"),
        shape(
            () -> ones(2, 3).permute(0, 0),
            "permute: order [0, 0] for shape [2, 3]; it must name each axis once"),
        shape(
            () -> ones(2, 3).broadcastTo(2, 2, 4),
            "broadcastTo: shape [2, 3] cannot be repeated to [2, 2, 4]; right-aligned, each size"
                + " must be 1 or equal"),
        shape(
            () -> ones(2, 3).item(),
            "item: shape is [2, 3] and the index []; give one index per axis, or reduce the tensor"
                + " with sum() or mean()"),
        argument(() -> Slice.range(0, 4).step(0), "slice: step is 0; it must be 1 or more"),
        argument(
            () -> Shape.of(2, -3),
            "shape [2, -3]: axis 1 has the negative size -3; sizes are 0 or more"),
        type(
            () -> ones(2).toFloatArray(),
            "toFloatArray: the tensor is F64; say to(F32) to round it, or use toDoubleArray()"),
        argument(
            () -> Tensor.full(I32, 0.5, 2), "full: 0.5 is no I32; give an integer in its range"));
  }

  static Stream<Arguments> differentiation() {
    Tensor released = leaf().exp();
    released.backward();
    Tensor dead = Tape.scope(() -> List.of(leaf(2).mul(2).named("h"))).get(0);
    Tensor loose = leaf(2);
    return Stream.of(
        shape(
            () -> leaf(8).tanh().backward(),
            "backward: the output has shape [8]; pass a seed, or reduce it to a scalar with sum()"
                + " or mean()"),
        shape(
            () -> leaf(8).backward(ones(4)),
            "backward: the output has shape [8] and the seed [4]; they must be equal"),
        type(
            () -> leaf(2).backward(Tensor.ones(F32, 2)),
            "backward: the output is F64 and the seed F32; convert the seed with to(F64)"),
        type(
            () -> Tensor.indices(1, 2).withGrad(),
            "withGrad: a tensor of I32 has no derivative; convert it with to(F64), or write numbers"
                + " as 3.0"),
        arguments(
            (ThrowingCallable) () -> ones().sin().backward(),
            NotTrackedException.class,
            "backward: the output is not tracked (tensor F64[]): nothing it was computed from has"
                + " withGrad(), or detach() or noGrad() cut the graph"),
        arguments(
            (ThrowingCallable) () -> Autograd.grad(loose.sum(), ones(2)),
            NotTrackedException.class,
            "grad: the input tensor F64[2] is not tracked; call withGrad() on it before the"
                + " computation"),
        arguments(
            (ThrowingCallable) () -> Autograd.grad(loose.sum(), leaf(3)),
            NotTrackedException.class,
            "grad: the output does not depend on input 0, tensor F64[3]; leave it out, or allow it"
                + " with GradOptions…allowUnused()"),
        arguments(
            (ThrowingCallable) released::backward,
            ReleasedGraphException.class,
            "backward: an earlier sweep has released the graph at 'exp'; pass"
                + " GradOptions.retainGraph() to the earlier one, add the results before sweeping,"
                + " use Autograd.backward(List.of(a, b)), or run the forward pass again"),
        arguments(
            (ThrowingCallable) () -> leaf().exp().withGrad(),
            IllegalStateException.class,
            "withGrad: this is the result of 'exp' and already tracked; use detach().withGrad() to"
                + " start a new graph here, or retainGrad() to see its gradient"),
        arguments(
            (ThrowingCallable) dead::toDoubleArray,
            ClosedTapeException.class,
            "tensor \"h\" F64[2] made by 'mul' was computed inside a tape that is closed, and its"
                + " storage with it; call keep() on what shall outlive the tape, inside it"),
        arguments(
            (ThrowingCallable) () -> leaf().exp().grad(),
            NoGradientException.class,
            "grad: tensor F64[] made by 'exp' is not a leaf and not retained (op 'exp'); call"
                + " retainGrad() before backward(), or use Autograd.grad(y, x)"),
        arguments(
            (ThrowingCallable) () -> ones().grad(),
            NoGradientException.class,
            "grad: tensor F64[] is not tracked; call withGrad() and use what it returns"),
        shape(
            () -> Losses.mse(ones(4), ones(4, 1)),
            "mse: the prediction is [4] and the target is [4, 1]; the shapes must be equal, reshape"
                + " one of them"),
        argument(
            () -> Losses.bce(Tensor.of(1.5), Tensor.of(1.0)),
            "bce: prediction 0 is 1.5, no probability; apply sigmoid(), or use bceWithLogits"),
        arguments(
            (ThrowingCallable) () -> Losses.crossEntropy(ones(1, 3), new int[] {3}),
            IndexOutOfBoundsException.class,
            "crossEntropy: row 0 has class 3; the logits have classes 0 to 2, use ignoreIndex for"
                + " rows that shall not count"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource({"arithmetic", "shaping", "differentiation"})
  void saysWhatWasAskedGivenAndToDo(
      ThrowingCallable mistake, Class<? extends Throwable> type, String message) {
    assertThatThrownBy(mistake).isInstanceOf(type).hasMessage(message);
  }

  @Test
  void itemOfSeveralElementsIsNoNumber() {
    assertThatThrownBy(() -> ones(2).item()).isExactlyInstanceOf(ShapeException.class);
  }

  @Test
  void familiesOfExceptions() {
    assertThat(new ShapeException("")).isInstanceOf(IllegalArgumentException.class);
    assertThat(new DTypeException("")).isInstanceOf(IllegalArgumentException.class);
    assertThat(new ReleasedGraphException("")).isInstanceOf(IllegalStateException.class);
    assertThat(new StaleValueException("")).isInstanceOf(IllegalStateException.class);
    assertThat(new ClosedTapeException("")).isInstanceOf(IllegalStateException.class);
    assertThat(new NotTrackedException("")).isInstanceOf(IllegalStateException.class);
    assertThat(new NoGradientException("")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void namesOfTensorsAppearInMessages() {
    Tensor z = leaf(2).named("Z1");
    assertThatThrownBy(() -> Autograd.grad(leaf(2).sum(), z)).hasMessageContaining("\"Z1\"");
    assertThatThrownBy(z::grad).hasMessageContaining("\"Z1\"");
    assertThatThrownBy(() -> ones().named("loss").backward()).hasMessageContaining("\"loss\"");
  }
}
