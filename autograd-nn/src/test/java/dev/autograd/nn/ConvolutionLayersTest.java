package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Convolution;
import dev.autograd.DTypeException;
import dev.autograd.Extent;
import dev.autograd.Pooling;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConvolutionLayersTest {

  private final SplittableRandom random = new SplittableRandom(8);

  @Test
  void conv1dSlidesItsKernelAndAddsItsBias() {
    Conv1d layer =
        new Conv1d(Tensor.of(1.0, 10).reshape(1, 1, 2), Tensor.of(100.0), Convolution.stride(1));
    Tensor x = Tensor.of(1.0, 2, 3).reshape(1, 1, 3);
    assertThat(layer.forward(x).toDoubleArray()).containsExactly(121, 132);
  }

  @Test
  void conv2dHandsItsOptionsOn() {
    Conv2d layer =
        new Conv2d(
            Tensor.ones(DType.F64, 1, 1, 3, 3), Tensor.of(0.5), Convolution.stride(2).padding(1));
    Tensor x = Tensor.ones(DType.F64, 1, 1, 3, 3);
    assertThat(layer.forward(x).toDoubleArray()).containsExactly(4.5, 4.5, 4.5, 4.5);
  }

  @Test
  void shapesFollowChannelsKernelAndGroups() {
    Conv2d layer =
        Conv2d.of(DType.F32, 4, 6, new Extent(3, 1), Convolution.stride(1).groups(2), random);
    assertThat(layer.weight().shape()).isEqualTo(Shape.of(6, 2, 3, 1));
    assertThat(layer.bias().shape()).isEqualTo(Shape.of(6));
    assertThat(layer.forward(Tensor.zeros(DType.F32, 2, 4, 5, 5)).shape())
        .isEqualTo(Shape.of(2, 6, 3, 5));
    assertThat(layer.parameters().paths()).containsExactly("weight", "bias");
    assertThat(Conv1d.of(4, 6, 3, random).forward(Tensor.zeros(DType.F64, 4, 5)).shape())
        .isEqualTo(Shape.of(6, 3));
  }

  @Test
  void startUniformWithinOneOverTheRootOfTheFanIn() {
    Conv2d layer = Conv2d.of(DType.F64, 8, 64, 2, Convolution.stride(1).groups(2), random);
    double bound = 1 / Math.sqrt(4 * 2 * 2);
    assertThat(layer.weight().abs().max().item()).isBetween(bound * 0.99, bound);
    assertThat(layer.bias().abs().max().item()).isBetween(bound * 0.9, bound);
    Conv1d sequence = Conv1d.of(9, 200, 4, random);
    assertThat(sequence.weight().abs().max().item()).isBetween(0.99 / 6, 1.0 / 6);
  }

  @Test
  void poolingsTakeLargestAndAverage() {
    Tensor x = Tensor.of(new double[][] {{1, 2, 5, 4}, {3, 0, 6, 1}});
    assertThat(MaxPool2d.of(2).forward(x).toDoubleArray()).containsExactly(3, 6);
    assertThat(AvgPool2d.of(2).forward(x).toDoubleArray()).containsExactly(1.5, 4);
    assertThat(MaxPool1d.of(2).forward(x).toDoubleArray()).containsExactly(2, 5, 3, 6);
    assertThat(AvgPool1d.of(2).forward(x).toDoubleArray()).containsExactly(1.5, 4.5, 1.5, 3.5);
    assertThat(new MaxPool2d(Pooling.of(2).stride(1)).forward(x).toDoubleArray())
        .containsExactly(3, 6, 6);
  }

  @Test
  void flattenJoinsTheAxesBehindTheExamples() {
    Tensor x = Tensor.arange(DType.F64, 12).reshape(2, 3, 2);
    assertThat(Flatten.of().forward(x).shape()).isEqualTo(Shape.of(2, 6));
    assertThat(new Flatten(0).forward(x).shape()).isEqualTo(Shape.of(12));
    assertThat(Flatten.of().forward(x).toDoubleArray()).isEqualTo(x.toDoubleArray());
    assertThat(Flatten.of().forward(Tensor.zeros(DType.F64, 0, 3, 2)).shape())
        .isEqualTo(Shape.of(0, 6));
    assertThatThrownBy(() -> Flatten.of().forward(Tensor.of(1.0, 2.0)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("the input is [2] and has no axis 1");
    assertThatThrownBy(() -> new Flatten(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuseWhatDoesNotFit() {
    Conv2d layer = Conv2d.of(2, 3, 3, random);
    assertThatThrownBy(() -> layer.forward(Tensor.zeros(DType.F64, 1, 3, 5, 5)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[1, 3, 5, 5]")
        .hasMessageContaining("[3, 2, 3, 3]");
    assertThatThrownBy(() -> layer.forward(Tensor.zeros(DType.F32, 1, 2, 5, 5)))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> layer.forward(Tensor.zeros(DType.F64, 1, 2, 2, 2)))
        .isInstanceOf(ShapeException.class);
    Tensor kernel = Tensor.zeros(DType.F64, 3, 2, 2);
    assertThatThrownBy(() -> new Conv1d(kernel, Tensor.of(1.0, 2), Convolution.stride(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("Conv1d: the bias is [2] and must be [3]");
    assertThatThrownBy(() -> new Conv2d(kernel, Tensor.of(1.0, 2, 3), Convolution.stride(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("must be [out, in / groups, kh, kw]");
    assertThatThrownBy(() -> Conv2d.of(DType.F64, 3, 4, 2, Convolution.stride(1).groups(2), random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Conv2d: in is 3 and out is 4; both must be multiples of the 2 groups");
    assertThatThrownBy(() -> Conv1d.of(1, 0, 2, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out is 0");
    assertThatThrownBy(() -> Conv1d.of(1, 1, 0, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kernel is 0");
  }

  @Test
  void printWhatIsUnusual() {
    assertThat(Conv2d.of(1, 8, 3, random)).hasToString("Conv2d(1 -> 8, kernel 3x3, F64)");
    Convolution options = Convolution.stride(2).padding(1, 0).dilation(3).groups(2);
    assertThat(Conv1d.of(DType.F32, 4, 8, 5, Convolution.stride(2).groups(4), random))
        .hasToString("Conv1d(4 -> 8, kernel 5, stride 2, groups 4, F32)");
    assertThat(Conv2d.of(DType.F64, 4, 8, 3, options, random))
        .hasToString(
            "Conv2d(4 -> 8, kernel 3x3, stride 2, padding 1x0, dilation 3, groups 2, F64)");
    assertThat(MaxPool2d.of(2)).hasToString("MaxPool2d(kernel 2, stride 2)");
    assertThat(Flatten.of()).hasToString("Flatten(from 1)");
  }
}
