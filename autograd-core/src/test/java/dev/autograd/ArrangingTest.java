package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Turning, moving, repeating, bordering and dealing out: every type, identities, refusals. */
class ArrangingTest {

  private static final Tensor A23 = Tensor.arange(DType.F64, 6).reshape(2, 3);

  @ParameterizedTest
  @EnumSource
  void everyElementType(DType dtype) {
    // 0 and 1, which all types have.
    Tensor x = Tensor.of(1, 0, 1, 1, 0, 0).to(dtype).reshape(2, 3);
    assertElements(x.flip(), dtype, 0, 0, 1, 1, 0, 1);
    assertElements(x.roll(1, 1), dtype, 1, 1, 0, 0, 1, 0);
    assertElements(x.tile(1, 2), dtype, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0);
    assertElements(x.repeat(0, 2), dtype, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0);
    assertElements(x.pad(1, 1, 0), dtype, 0, 1, 0, 1, 0, 1, 0, 0);
    assertElements(
        x.pad(1, new int[][] {{0, 1}, {0, 1}}), dtype, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1);
    assertElements(
        x.pad(PadMode.REFLECT, new int[][] {{0, 0}, {0, 2}}), dtype, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1);
    assertElements(
        x.pad(PadMode.REPLICATE, new int[][] {{0, 0}, {2, 0}}),
        dtype,
        1,
        1,
        1,
        0,
        1,
        1,
        1,
        1,
        0,
        0);
    assertElements(x.split(1, 2).get(1), dtype, 1, 0);
  }

  private static void assertElements(Tensor actual, DType dtype, double... expected) {
    assertThat(actual.dtype()).isEqualTo(dtype);
    assertThat(actual.toDoubleArray()).containsExactly(expected);
  }

  @Test
  void whatIsTurnedTwiceIsAsBefore() {
    assertSame(A23.flip(0).flip(0), A23);
    assertSame(A23.flip(0).flip(1), A23.flip());
    assertSame(A23.roll(1, 2).roll(1, -2), A23);
    assertSame(A23.roll(1, Integer.MIN_VALUE), A23.roll(1, Math.floorMod(Integer.MIN_VALUE, 3)));
    assertSame(A23.roll(-1, 4), A23.roll(1, 1));
  }

  private static void assertSame(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray());
  }

  @Test
  void theModesOfABorder() {
    Tensor x = Tensor.of(1, 2, 3);
    int[] widths = {2, 1};
    assertSame(x.pad(0, 2, 1), Tensor.of(0, 0, 1, 2, 3, 0));
    assertSame(x.pad(9, widths), Tensor.of(9, 9, 1, 2, 3, 9));
    assertSame(x.pad(PadMode.REFLECT, widths), Tensor.of(3, 2, 1, 2, 3, 2));
    assertSame(x.pad(PadMode.REPLICATE, widths), Tensor.of(1, 1, 1, 2, 3, 3));
  }

  @Test
  void aBorderMayBeInfinite() {
    Tensor x = Tensor.of(1, 2).withGrad();
    Tensor y = x.pad(Double.NEGATIVE_INFINITY, new int[] {1, 1});
    assertThat(y.toDoubleArray())
        .containsExactly(Double.NEGATIVE_INFINITY, 1, 2, Double.NEGATIVE_INFINITY);
    y.exp().sum().backward();
    assertThat(x.grad().allClose(x.detach().exp(), 1e-15, 0)).isTrue();
  }

  @Test
  void theWidthsAreTheCallersOwn() {
    int[][] widths = {{1, 1}};
    Tensor x = Tensor.of(1, 2).withGrad();
    Tensor y = x.pad(PadMode.REPLICATE, widths).add(x.pad(0, widths));
    Arrays.fill(widths[0], 7);
    y.sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(3, 3);
  }

  @Test
  void partsJoinedAreTheWhole() {
    Tensor x = Tensor.arange(DType.F64, 14).reshape(7, 2);
    List<Tensor> equal = x.split(0, 3);
    assertThat(equal).extracting(part -> part.shape().dim(0)).containsExactly(3, 3, 1);
    assertSame(Tensor.concat(0, equal), x);
    List<Tensor> given = x.split(0, new int[] {2, 0, 5});
    assertThat(given).extracting(part -> part.shape().dim(0)).containsExactly(2, 0, 5);
    assertSame(Tensor.concat(0, given), x);
    assertThat(x.split(1, Integer.MAX_VALUE)).hasSize(1);
    assertThat(Tensor.zeros(DType.F64, 0).split(0, 2)).hasSize(1);
  }

  @Test
  void whatIsListedCanBeReadBack() {
    Tensor x = A23.withGrad();
    assertThat(attributes(x.flip())).isEqualTo("{axes=all}");
    assertThat(attributes(x.roll(-1, 2))).isEqualTo("{axis=1, shift=2}");
    assertThat(attributes(x.tile(2, 1))).isEqualTo("{repeats=[2, 1]}");
    assertThat(attributes(x.repeat(0, 3))).isEqualTo("{axis=0, times=3}");
    assertThat(attributes(x.pad(0, 1, 2))).isEqualTo("{widths=[[1, 2], [0, 0]], value=0.0}");
    assertThat(attributes(x.pad(PadMode.REFLECT, new int[][] {{0, 0}, {1, 2}})))
        .isEqualTo("{axis=1, before=1, after=2, mode=REFLECT}");
  }

  private static String attributes(Tensor y) {
    List<Node> nodes = y.nodes();
    return nodes.get(nodes.size() - 1).attributes().toString();
  }

  @Test
  void refusals() {
    refused(
        () -> A23.flip(2), "flip: shape is [2, 3]; axis 2 does not exist in rank 2; use -2 to 1");
    refused(
        () -> A23.flip(1, -1), "flip: shape is [2, 3]; axis 1 is named twice; name each axis once");
    refused(() -> A23.roll(2, 1), "roll: axis 2 does not exist in shape [2, 3]; use -2 to 1");
    refused(() -> A23.tile(2, -1), "tile: the number of copies is -1; it must be 0 or more");
    refused(() -> A23.repeat(0, -2), "repeat: the number of copies is -2; it must be 0 or more");
    refused(
        () -> A23.pad(1, -1, 0),
        "pad: the widths are [[0, 0], [-1, 0]] for shape [2, 3]; give each axis two, before and"
            + " after, that are 0 or more");
    refused(
        () -> A23.pad(0.5, new int[] {1, 1}),
        "pad: the widths are [[1, 1]] for shape [2, 3]; give each axis two, before and after, that"
            + " are 0 or more");
    refused(
        () -> A23.pad(PadMode.REFLECT, new int[][] {{2, 0}, {0, 0}}),
        "pad: axis 0 of shape [2, 3] cannot have a border of 2 in mode REFLECT; use at most 1");
    refused(
        () -> Tensor.zeros(DType.F64, 0).pad(PadMode.REPLICATE, new int[] {0, 1}),
        "pad: axis 0 of shape [0] cannot have a border of 1 in mode REPLICATE; use at most 0");
    refused(() -> A23.split(0, 0), "split: the size of a part is 0; it must be 1 or more");
    refused(
        () -> A23.split(1, new int[] {1, 1}),
        "split: the sizes are [1, 1] for axis 1 of shape [2, 3]; they must be 0 or more and add up"
            + " to 3");
    refused(
        () -> A23.split(1, new int[] {4, -1}),
        "split: the sizes are [4, -1] for axis 1 of shape [2, 3]; they must be 0 or more and add up"
            + " to 3");
  }

  @Test
  void partsOfOneTypeAreJoined() {
    assertThatThrownBy(() -> Tensor.concat(0, A23, A23, A23.to(DType.F32)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("concat: left is F64 and right is F32; convert one of them with to(DType)");
  }

  @Test
  void whatNoArrayHolds() {
    String rest = ", more than the 2147483647 elements that one Java array holds; split the data";
    refused(
        () -> A23.tile(2, Integer.MAX_VALUE), "tile: the result would be [4, 6442450941]" + rest);
    refused(() -> A23.repeat(0, 1 << 30), "repeat: the result would be [2147483648, 3]" + rest);
    refused(
        () -> A23.pad(0, Integer.MAX_VALUE, Integer.MAX_VALUE),
        "pad: the result would be [4294967296, 3]" + rest);
    refused(
        () -> A23.pad(PadMode.REPLICATE, new int[][] {{0, 0}, {Integer.MAX_VALUE, 1}}),
        "pad: the result would be [2, 2147483651]" + rest);
    assertThat(Tensor.zeros(DType.F64, 0, 2).repeat(1, 1 << 29).shape())
        .isEqualTo(Shape.of(0, 1 << 30));
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(ShapeException.class).hasMessage(message);
  }
}
