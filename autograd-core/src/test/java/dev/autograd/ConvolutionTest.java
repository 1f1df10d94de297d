package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the catalogue cannot know of convolutions: identities, listings, refusals. */
class ConvolutionTest {

  private static final Random RANDOM = new Random(3);

  private static Tensor random(int... dims) {
    return Tensor.normal(RANDOM, DType.F64, dims);
  }

  @Test
  void aKernelOfOneTapIsAMatrixProduct() {
    checkOneTap(3, 5, 4, 6);
    checkOneTap(2, 64, 130, 140);
  }

  private static void checkOneTap(int batch, int channels, int height, int width) {
    Tensor x = random(batch, channels, height, width).withGrad();
    Tensor w = random(2, channels, 1, 1).withGrad();
    Tensor rows = x.detach().reshape(batch, channels, height * width).withGrad();
    Tensor matrix = w.detach().reshape(2, channels).withGrad();

    Tensor y = x.conv2d(w);
    y.square().sum().backward();
    Tensor product = matrix.matmul(rows);
    product.square().sum().backward();

    assertThat(y.allClose(product.reshape(y.shape()), 1e-12, 1e-12)).isTrue();
    assertThat(x.grad().allClose(rows.grad().reshape(x.shape()), 1e-12, 1e-12)).isTrue();
    assertThat(w.grad().allClose(matrix.grad().reshape(w.shape()), 1e-12, 1e-9)).isTrue();
  }

  @Test
  void theKernelIsNotFlipped() {
    Tensor x = Tensor.of(1, 2, 3, 4).reshape(1, 4);
    Tensor w = Tensor.of(1, 10).reshape(1, 1, 2);

    assertThat(x.conv1d(w).toDoubleArray()).containsExactly(21, 32, 43);
    assertThat(x.convTranspose1d(w).toDoubleArray()).containsExactly(1, 12, 23, 34, 40);
  }

  @Test
  void aBatchOfOneIsAnImage() {
    Tensor x = random(3, 5, 5);
    Tensor w = random(4, 3, 3, 3);
    Tensor bias = random(4);
    Convolution options = Convolution.stride(2).padding(1);

    Tensor single = x.conv2d(w, bias, options);
    Tensor batch = x.unsqueeze(0).conv2d(w, bias, options);

    assertThat(single.shape().toArray()).containsExactly(4, 3, 3);
    assertThat(single.toDoubleArray()).containsExactly(batch.toDoubleArray());
  }

  @Test
  void groupsAreConvolutionsSideBySide() {
    Tensor x = random(2, 4, 5, 5);
    Tensor w = random(6, 2, 3, 3);

    Tensor y = x.conv2d(w, Convolution.stride(1).groups(2));

    Tensor first = x.slice(1, 0, 2).conv2d(w.slice(0, 0, 3));
    Tensor second = x.slice(1, 2, 4).conv2d(w.slice(0, 3, 6));
    assertThat(y.toDoubleArray()).containsExactly(Tensor.concat(1, first, second).toDoubleArray());
  }

  @Test
  void theSameOperandsGiveTheSameBits() {
    Tensor x = random(9, 3, 8, 8).withGrad();
    Tensor w = random(4, 3, 3, 3).withGrad();
    double[][] seen = new double[2][];
    for (int round = 0; round < 2; round++) {
      x.conv2d(w, Convolution.stride(1).padding(1)).square().sum().backward();
      seen[round] = Tensor.concat(0, x.grad().reshape(-1), w.grad().reshape(-1)).toDoubleArray();
      x.zeroGrad();
      w.zeroGrad();
    }
    assertThat(seen[0]).containsExactly(seen[1]);
  }

  @Test
  void listingsShowWhatIsNotAsUsual() {
    Tensor x = random(1, 4, 5, 5).withGrad();
    Tensor w = random(4, 2, 3, 3);

    assertThat(attributes(x.conv2d(random(2, 4, 3, 3)))).isEmpty();
    assertThat(attributes(x.conv2d(w, Convolution.stride(2, 1).padding(1).groups(2))))
        .hasToString("{stride=2x1, padding=1, groups=2}");
    assertThat(
            attributes(
                x.convTranspose2d(w, Convolution.stride(2).dilation(3).outputPadding(1).groups(2))))
        .hasToString("{stride=2, dilation=3, outputPadding=1, groups=2}");
  }

  private static Map<String, Object> attributes(Tensor y) {
    return y.vertex().attributes();
  }

  @Test
  void sizesThatDoNotFit() {
    Tensor image = random(1, 1, 2, 2);
    assertRefused(
        () -> image.conv2d(random(1, 1, 3, 3)),
        "conv2d: the output height, (size + 2 padding - dilation (kernel - 1) - 1) / stride + 1, is"
            + " (2 + 2*0 - 1*(3 - 1) - 1) / 1 + 1 = 0; it must be at least 1, use a smaller kernel"
            + " or more padding");
    assertRefused(
        () -> random(1, 4, 2).conv2d(random(1, 1, 1, 2), Convolution.stride(2).dilation(3)),
        "conv2d: the output width, (size + 2 padding - dilation (kernel - 1) - 1) / stride + 1, is"
            + " (2 + 2*0 - 3*(2 - 1) - 1) / 2 + 1 = 0; it must be at least 1, use a smaller kernel"
            + " or more padding");
    assertRefused(
        () -> random(1, 4).convTranspose1d(random(1, 1, 2), Convolution.stride(1).padding(3)),
        "convTranspose1d: the output length, (size - 1) stride - 2 padding + dilation (kernel - 1) +"
            + " outputPadding + 1, is (4 - 1)*1 - 2*3 + 1*(2 - 1) + 0 + 1 = -1; size and output"
            + " must be at least 1, use less padding");
    assertRefused(
        () -> image.convTranspose2d(image, Convolution.stride(2).outputPadding(1, 2)),
        "convTranspose2d: the output padding of the width is 2; it must be smaller than the stride"
            + " 2 or the dilation 1");
  }

  @Test
  void channelsThatDoNotFit() {
    assertRefused(
        () -> random(1, 3, 5, 5).conv2d(random(2, 2, 3, 3)),
        "conv2d: the input is [1, 3, 5, 5] and the weight [2, 2, 3, 3] with groups(1); the weight"
            + " must be [outputs, channels / groups, ...] with the channels of the input, and groups"
            + " must divide the outputs");
    assertRefused(
        () -> random(1, 4, 5).conv1d(random(3, 2, 2), Convolution.stride(1).groups(2)),
        "conv1d: the input is [1, 4, 5] and the weight [3, 2, 2] with groups(2); the weight must be"
            + " [outputs, channels / groups, ...] with the channels of the input, and groups must"
            + " divide the outputs");
    assertRefused(
        () -> random(3, 2, 2).convTranspose2d(random(3, 1, 1, 1), Convolution.stride(1).groups(2)),
        "convTranspose2d: the input is [3, 2, 2] and the weight [3, 1, 1, 1] with groups(2); the"
            + " weight must be [channels, outputs / groups, ...] with the channels of the input, and"
            + " groups must divide the channels");
    assertRefused(
        () -> random(1, 5, 5).conv2d(random(2, 1, 3, 3), random(3), Convolution.stride(1)),
        "conv2d: the bias is [3]; it must be [2], one per output");
  }

  @Test
  void ranksThatDoNotFit() {
    assertRefused(
        () -> random(5, 5).conv2d(random(1, 1, 3, 3)),
        "conv2d: the input is [5, 5] and the weight [1, 1, 3, 3]; they must be [batch, channels,"
            + " height, width], with or without the batch, and [outputs, channels, height, width],"
            + " with at least one tap");
    assertRefused(
        () -> random(1, 5).conv1d(random(1, 1, 0)),
        "conv1d: the input is [1, 5] and the weight [1, 1, 0]; they must be [batch, channels,"
            + " length], with or without the batch, and [outputs, channels, length], with at least"
            + " one tap");
  }

  @Test
  void aKernelHasTapsAlongBothAxes() {
    String must =
        "; they must be [batch, channels, height, width], with or without the batch, and [outputs,"
            + " channels, height, width], with at least one tap";
    assertRefused(
        () -> random(1, 5, 5).conv2d(random(1, 1, 0, 3)),
        "conv2d: the input is [1, 5, 5] and the weight [1, 1, 0, 3]" + must);
    assertRefused(
        () -> random(1, 5, 5).conv2d(random(1, 1, 3, 0)),
        "conv2d: the input is [1, 5, 5] and the weight [1, 1, 3, 0]" + must);
    assertRefused(
        () -> random(5, 5).convTranspose2d(random(1, 1, 3, 3)),
        "convTranspose2d: the input is [5, 5] and the weight [1, 1, 3, 3]" + must);
  }

  @Test
  void derivativesAreConvolutionsToo() {
    Tensor x = random(1, 5, 5).withGrad();
    Tensor w = random(2, 1, 3, 3).withGrad();
    Tensor y = x.conv2d(w);
    assertThat(y.nodes()).last().extracting(Node::op).isEqualTo("conv2d");
    Gradients first = Autograd.grad(y.square().sum(), List.of(x, w), GradOptions.createGraph());
    assertThat(first.of(x).nodes()).last().extracting(Node::op).isEqualTo("convTranspose2d");
    assertThat(first.of(w).nodes()).last().extracting(Node::op).isEqualTo("convWeight2d");
  }

  @Test
  void optionsThatDoNotFit() {
    Tensor x = random(1, 5);
    Tensor w = random(1, 1, 2);
    assertRefused(() -> Convolution.stride(0), "stride: 0 is too small; it must be at least 1");
    assertRefused(
        () -> Convolution.stride(1).padding(1, -1),
        "padding: 1x-1 is too small; it must be at least 0");
    assertRefused(
        () -> Convolution.stride(1).dilation(0), "dilation: 0 is too small; it must be at least 1");
    assertRefused(
        () -> Convolution.stride(2).outputPadding(-1),
        "outputPadding: -1 is too small; it must be at least 0");
    assertRefused(
        () -> Convolution.stride(1).groups(0), "groups: 0 is too small; it must be at least 1");
    assertRefused(
        () -> x.conv1d(w, Convolution.stride(1, 2)),
        "conv1d: the stride is 1x2 for a single axis; give one number");
    assertRefused(
        () -> x.conv1d(w, Convolution.stride(1).padding(0, 1)),
        "conv1d: the padding is 0x1 for a single axis; give one number");
    assertRefused(
        () -> x.conv1d(w, Convolution.stride(1).dilation(1, 2)),
        "conv1d: the dilation is 1x2 for a single axis; give one number");
    assertRefused(
        () -> x.convTranspose1d(w, Convolution.stride(2).outputPadding(0, 1)),
        "convTranspose1d: the output padding is 0x1 for a single axis; give one number");
    assertRefused(
        () -> x.conv1d(w, Convolution.stride(2).outputPadding(1)),
        "conv1d: outputPadding is an option of transposed convolutions; leave it out");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
