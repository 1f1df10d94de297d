package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.Convolution;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Convolutions of random sizes, strides, paddings, dilations and groups, by their definition. */
class ConvolutionProperties {

  private static final double BOUND = 1e-13;

  private static Convolution options(Random random) {
    return Convolution.stride(1 + random.nextInt(3), 1 + random.nextInt(3))
        .padding(random.nextInt(3), random.nextInt(3))
        .dilation(1 + random.nextInt(3), 1 + random.nextInt(3))
        .groups(1 + random.nextInt(3));
  }

  /** Returns a size that, padded, holds a kernel. */
  private static int size(int kernel, int dilation, int padding, Random random) {
    return Math.max(1, dilation * (kernel - 1) + 1 - 2 * padding) + random.nextInt(4);
  }

  /** Returns random numbers between -1 and 1, exact in single precision. */
  private static Grid random(Shape shape, Random random) {
    return Grid.generate(shape, i -> random.nextInt(-1 << 12, 1 << 12) / (double) (1 << 12));
  }

  @Property(tries = 250)
  void imagesAgreeWithTheDefinition(@ForAll long seed) {
    Random random = new Random(seed);
    Convolution o = options(random);
    int[] kernel = {1 + random.nextInt(3), 1 + random.nextInt(3)};
    int h = size(kernel[0], o.dilation().height(), o.padding().height(), random);
    int w = size(kernel[1], o.dilation().width(), o.padding().width(), random);
    int channels = 1 + random.nextInt(2);
    Shape weight = Shape.of(o.groups() * (1 + random.nextInt(2)), channels, kernel[0], kernel[1]);
    boolean batched = random.nextInt(4) > 0;
    Shape input =
        batched
            ? Shape.of(random.nextInt(4), o.groups() * channels, h, w)
            : Shape.of(o.groups() * channels, h, w);
    check(input, weight, o, random);
  }

  /** Nothing but the columns' memory makes a difference here. */
  @Example
  void largeImagesAreDoneInParts() {
    Random random = new Random(5);
    check(
        Shape.of(2, 6, 90, 85),
        Shape.of(4, 3, 5, 5),
        Convolution.stride(1).padding(2).groups(2),
        random);
    check(
        Shape.of(1, 64, 8, 400),
        Shape.of(1, 64, 7, 7),
        Convolution.stride(1).padding(0, 3),
        random);
  }

  @Example
  void smallImagesAreDoneTogether() {
    Random random = new Random(6);
    check(
        Shape.of(37, 4, 7, 6),
        Shape.of(6, 2, 3, 3),
        Convolution.stride(1).padding(1).groups(2),
        random);
    check(Shape.of(75, 3, 4, 4), Shape.of(5, 3, 1, 1), Convolution.stride(1), random);
    check(Shape.of(600, 2, 1, 1), Shape.of(2, 2, 1, 1), Convolution.stride(1), random);
  }

  private static void check(Shape input, Shape weight, Convolution o, Random random) {
    SevenLoops loops = SevenLoops.of(2, input, weight, o);
    Grid x = random(input, random);
    Grid w = random(weight, random);
    Grid g = random(loops.output(), random);
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      double bound = dtype == DType.F64 ? BOUND : 1e-5;
      Tensor xs = x.tensor(dtype).withGrad();
      Tensor ws = w.tensor(dtype).withGrad();
      Tensor y = xs.conv2d(ws, o);
      Gradients gradients =
          Autograd.grad(y, List.of(xs, ws), GradOptions.defaults().seed(g.tensor(dtype)));
      String what = input + " by " + weight + " " + o + " " + dtype;
      Closeness.assertClose(what + " value", Grid.of(y), loops.output(x, w), bound);
      Closeness.assertClose(what + " input", Grid.of(gradients.of(xs)), loops.input(g, w), bound);
      Closeness.assertClose(what + " weight", Grid.of(gradients.of(ws)), loops.weight(x, g), bound);
    }
  }

  @Property(tries = 250)
  void sequencesAgreeWithTheDefinition(@ForAll long seed) {
    Random random = new Random(seed);
    Convolution o =
        Convolution.stride(1 + random.nextInt(3))
            .padding(random.nextInt(3))
            .dilation(1 + random.nextInt(3))
            .groups(1 + random.nextInt(2));
    int kernel = 1 + random.nextInt(3);
    int length = size(kernel, o.dilation().width(), o.padding().width(), random);
    Shape weight = Shape.of(2 * o.groups(), 2, kernel);
    Shape input = Shape.of(1 + random.nextInt(3), 2 * o.groups(), length);
    SevenLoops loops = SevenLoops.of(1, input, weight, o);
    Grid x = random(input, random);
    Grid w = random(weight, random);

    Tensor y = x.tensor(DType.F64).conv1d(w.tensor(DType.F64), o);

    Closeness.assertClose(input + " by " + weight + " " + o, Grid.of(y), loops.output(x, w), BOUND);
  }

  /**
   * The transposed convolution is the transpose of the convolution: ⟨conv(x), y⟩ = ⟨x, convᵀ(y)⟩.
   */
  @Property(tries = 250)
  void theTransposeIsTheTranspose(@ForAll long seed) {
    Random random = new Random(seed);
    Convolution o = options(random);
    int[] kernel = {1 + random.nextInt(3), 1 + random.nextInt(3)};
    int h = size(kernel[0], o.dilation().height(), o.padding().height(), random);
    int w = size(kernel[1], o.dilation().width(), o.padding().width(), random);
    Shape weight = Shape.of(2 * o.groups(), 2, kernel[0], kernel[1]);
    Grid x = random(Shape.of(2, 2 * o.groups(), h, w), random);
    Tensor ws = random(weight, random).tensor(DType.F64);
    Tensor y = x.tensor(DType.F64).conv2d(ws, o);
    Grid other = random(y.shape(), random);
    Convolution back =
        o.outputPadding(
            (h + 2 * o.padding().height() - o.dilation().height() * (kernel[0] - 1) - 1)
                % o.stride().height(),
            (w + 2 * o.padding().width() - o.dilation().width() * (kernel[1] - 1) - 1)
                % o.stride().width());

    Tensor transposed = other.tensor(DType.F64).convTranspose2d(ws, back);

    assertThat(transposed.shape()).isEqualTo(x.shape());
    assertThat(x.dot(Grid.of(transposed))).isCloseTo(Grid.of(y).dot(other), within(1e-11));
    Closeness.assertClose(
        "transposed " + back,
        Grid.of(transposed),
        SevenLoops.transposed(2, y.shape(), weight, back).input(other, Grid.of(ws)),
        BOUND);
  }
}
