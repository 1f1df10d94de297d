package dev.autograd.catalogue;

import dev.autograd.Convolution;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** Convolutions, by the loops of their definition. */
final class ConvolutionCases {

  private static final Convolution PLAIN = Convolution.stride(1);

  /** What is convolved by what, and how; of a transposed one, x is the output. */
  private record Setting(Shape x, Shape w, Convolution options) {}

  private static final List<Setting> IMAGES =
      List.of(
          plain(Shape.of(2, 2, 4, 3), Shape.of(3, 2, 2, 2)),
          plain(Shape.of(1, 1, 1, 1), Shape.of(1, 1, 1, 1)),
          plain(Shape.of(2, 3, 2, 2), Shape.of(2, 3, 1, 1)),
          plain(Shape.of(2, 4, 3), Shape.of(2, 2, 3, 2)),
          plain(Shape.of(0, 2, 3, 3), Shape.of(2, 2, 2, 2)),
          plain(Shape.of(1, 0, 3, 3), Shape.of(2, 0, 2, 2)),
          plain(Shape.of(1, 2, 3, 3), Shape.of(0, 2, 2, 2)),
          plain(Shape.of(1, 1, 1, 5), Shape.of(1, 1, 1, 3)));

  private static final List<Setting> TRANSPOSED_IMAGES =
      List.of(
          plain(Shape.of(2, 2, 3, 2), Shape.of(2, 3, 2, 2)),
          plain(Shape.of(1, 1, 1, 1), Shape.of(1, 1, 1, 1)),
          plain(Shape.of(2, 2, 2), Shape.of(2, 1, 3, 2)),
          plain(Shape.of(0, 2, 3, 3), Shape.of(2, 2, 2, 2)),
          plain(Shape.of(1, 2, 2, 2), Shape.of(2, 0, 2, 2)));

  private static final List<Setting> IMAGES_WITH_OPTIONS =
      List.of(
          new Setting(Shape.of(1, 2, 4, 4), Shape.of(2, 2, 3, 3), Convolution.stride(2).padding(1)),
          new Setting(Shape.of(2, 4, 3, 3), Shape.of(4, 2, 2, 2), PLAIN.groups(2)),
          new Setting(Shape.of(3, 3, 3), Shape.of(6, 1, 2, 2), PLAIN.padding(1).groups(3)),
          new Setting(
              Shape.of(1, 1, 5, 4), Shape.of(2, 1, 2, 2), PLAIN.dilation(2, 3).padding(0, 1)),
          new Setting(Shape.of(2, 1, 5, 5), Shape.of(1, 1, 2, 1), Convolution.stride(3, 2)),
          new Setting(Shape.of(1, 2, 1, 1), Shape.of(1, 2, 3, 3), PLAIN.padding(2)),
          new Setting(Shape.of(0, 2, 4, 4), Shape.of(2, 1, 3, 3), PLAIN.padding(1).groups(2)));

  private static final List<Setting> TRANSPOSED_IMAGES_WITH_OPTIONS =
      List.of(
          new Setting(
              Shape.of(1, 2, 2, 3),
              Shape.of(2, 2, 3, 3),
              Convolution.stride(2).padding(1).outputPadding(1)),
          new Setting(Shape.of(2, 4, 2, 2), Shape.of(4, 2, 2, 2), PLAIN.groups(2)),
          new Setting(
              Shape.of(1, 1, 2, 2),
              Shape.of(1, 2, 2, 2),
              PLAIN.dilation(2, 3).padding(1).outputPadding(1, 2)),
          new Setting(
              Shape.of(2, 2, 2),
              Shape.of(2, 1, 1, 2),
              Convolution.stride(3, 2).outputPadding(2, 0)));

  private static final List<Setting> SEQUENCES =
      List.of(
          plain(Shape.of(2, 2, 5), Shape.of(3, 2, 2)),
          plain(Shape.of(2, 4), Shape.of(1, 2, 3)),
          plain(Shape.of(1, 1, 1), Shape.of(1, 1, 1)),
          plain(Shape.of(0, 1, 3), Shape.of(2, 1, 2)));

  private static final List<Setting> TRANSPOSED_SEQUENCES =
      List.of(
          plain(Shape.of(2, 2, 3), Shape.of(2, 3, 2)),
          plain(Shape.of(2, 3), Shape.of(2, 1, 3)),
          plain(Shape.of(0, 1, 3), Shape.of(1, 2, 2)));

  private static final List<Setting> SEQUENCES_WITH_OPTIONS =
      List.of(
          new Setting(
              Shape.of(2, 2, 6), Shape.of(2, 1, 3), Convolution.stride(2).padding(1).groups(2)),
          new Setting(Shape.of(1, 6), Shape.of(2, 1, 2), PLAIN.dilation(3)));

  private static final List<Setting> TRANSPOSED_SEQUENCES_WITH_OPTIONS =
      List.of(
          new Setting(
              Shape.of(2, 2, 3),
              Shape.of(2, 1, 3),
              Convolution.stride(2).padding(1).groups(2).outputPadding(1)),
          new Setting(Shape.of(1, 3), Shape.of(1, 2, 2), PLAIN.dilation(3)));

  private ConvolutionCases() {}

  private static Setting plain(Shape x, Shape w) {
    return new Setting(x, w, PLAIN);
  }

  static Stream<OpCase> of(OpMethod op) {
    return switch (op.name()) {
      case "conv2d" -> cases(op, 2, IMAGES, IMAGES_WITH_OPTIONS);
      case "conv1d" -> cases(op, 1, SEQUENCES, SEQUENCES_WITH_OPTIONS);
      case "convTranspose2d" -> cases(op, 2, TRANSPOSED_IMAGES, TRANSPOSED_IMAGES_WITH_OPTIONS);
      case "convTranspose1d" ->
          cases(op, 1, TRANSPOSED_SEQUENCES, TRANSPOSED_SEQUENCES_WITH_OPTIONS);
      default -> Stream.empty();
    };
  }

  private static Stream<OpCase> cases(
      OpMethod op, int axes, List<Setting> plain, List<Setting> withOptions) {
    return (op.takes(Tensor.class) ? plain : withOptions)
        .stream().map(s -> convolution(op, axes, s));
  }

  private static OpCase convolution(OpMethod op, int axes, Setting s) {
    boolean transposed = op.name().startsWith("convTranspose");
    SevenLoops loops =
        transposed
            ? SevenLoops.transposed(axes, s.x, s.w, s.options)
            : SevenLoops.of(axes, s.x, s.w, s.options);
    BinaryOperator<Grid> map = transposed ? loops::input : loops::output;
    int outputs = transposed ? s.w.dim(1) * s.options.groups() : s.w.dim(0);
    boolean biased = op.takes(Tensor.class, Tensor.class, Convolution.class);
    List<Shape> shapes = new ArrayList<>(List.of(s.x, s.w));
    if (biased) {
      shapes.add(Shape.of(outputs));
    }
    return new OpCase(
        op,
        s.x + " by " + s.w + " " + s.options,
        Samples.of(op.domain(), s.hashCode()).draw(shapes.toArray(Shape[]::new)),
        ts -> {
          List<Object> arguments = new ArrayList<>(ts);
          if (!op.takes(Tensor.class)) {
            arguments.add(s.options);
          }
          return op.call(arguments.toArray());
        },
        xs -> {
          Grid y = map.apply(xs.get(0), xs.get(1));
          return biased ? plusBias(axes, y, xs.get(2)) : y;
        });
  }

  private static Grid plusBias(int axes, Grid y, Grid bias) {
    return Grid.generate(y.shape(), i -> y.at(i) + bias.at(i[i.length - axes - 1]));
  }
}
