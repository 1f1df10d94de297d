package dev.autograd.catalogue;

import dev.autograd.Pooling;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Poolings, by looking at each window. */
final class PoolingCases {

  /** What is pooled, and how. */
  private record Setting(Shape x, Pooling options) {}

  private static final List<Setting> IMAGES =
      List.of(
          new Setting(Shape.of(2, 2, 4, 4), Pooling.of(2)),
          new Setting(Shape.of(1, 1, 1, 1), Pooling.of(1)),
          new Setting(Shape.of(4, 5), Pooling.of(2, 3).stride(1)),
          new Setting(Shape.of(2, 5, 5), Pooling.of(3).stride(2).padding(1)),
          new Setting(Shape.of(1, 5, 5), Pooling.of(2).ceilMode()),
          new Setting(Shape.of(1, 4, 6), Pooling.of(2, 1).stride(3, 4).padding(1, 0).ceilMode()),
          new Setting(Shape.of(1, 5, 6), Pooling.of(2).stride(1, 2).dilation(2, 3).padding(1)),
          new Setting(Shape.of(2, 1, 2), Pooling.of(1, 2)),
          new Setting(Shape.of(0, 2, 4, 4), Pooling.of(2)),
          new Setting(Shape.of(2, 0, 3, 3), Pooling.of(3)));

  private static final List<Setting> SEQUENCES =
      List.of(
          new Setting(Shape.of(2, 2, 6), Pooling.of(2)),
          new Setting(Shape.of(5), Pooling.of(3).stride(2).padding(1).ceilMode()),
          new Setting(Shape.of(2, 7), Pooling.of(2).dilation(3).stride(1)),
          new Setting(Shape.of(1), Pooling.of(1)),
          new Setting(Shape.of(0, 4), Pooling.of(2)));

  private PoolingCases() {}

  static Stream<OpCase> of(OpMethod op) {
    return switch (op.name()) {
      case "maxPool2d" -> IMAGES.stream().map(s -> pooling(op, 2, s));
      case "maxPool1d" -> SEQUENCES.stream().map(s -> pooling(op, 1, s));
      case "avgPool2d" -> withExcluded(IMAGES).map(s -> pooling(op, 2, s));
      case "avgPool1d" -> withExcluded(SEQUENCES).map(s -> pooling(op, 1, s));
      default -> Stream.empty();
    };
  }

  private static Stream<Setting> withExcluded(List<Setting> settings) {
    return settings.stream()
        .flatMap(s -> Stream.of(s, new Setting(s.x, s.options.excludePadding())));
  }

  private static OpCase pooling(OpMethod op, int axes, Setting s) {
    return new OpCase(
        op,
        s.x + " " + s.options,
        Samples.of(op.domain(), s.hashCode()).draw(s.x),
        ts -> op.call(ts.get(0), s.options),
        xs ->
            op.name().startsWith("max")
                ? max(axes, xs.get(0), s.options)
                : average(axes, xs.get(0), s.options));
  }

  static Grid max(int axes, Grid x, Pooling options) {
    return pooled(
        axes,
        x,
        options,
        (inside, counted) -> inside.stream().reduce(Double.NEGATIVE_INFINITY, Math::max));
  }

  static Grid average(int axes, Grid x, Pooling options) {
    return pooled(
        axes,
        x,
        options,
        (inside, counted) ->
            inside.stream().mapToDouble(v -> v).sum()
                / (options.countsPadding() ? counted : inside.size()));
  }

  /** Makes a number of the elements under a window, and of its taps that do not hang over. */
  private interface OfWindow {
    double apply(List<Double> inside, int counted);
  }

  private static Grid pooled(int axes, Grid x, Pooling options, OfWindow f) {
    int[] dims = x.shape().toArray();
    for (int back = 0; back < axes; back++) {
      dims[dims.length - 1 - back] =
          positions(x.shape().dim(-1 - back), along(back, options), options);
    }
    return Grid.generate(Shape.of(dims), i -> window(axes, x, options, i, f));
  }

  /** Returns kernel, stride, padding and dilation, back from the last axis. */
  private static int[] along(int back, Pooling o) {
    return back == 0
        ? new int[] {
          o.kernel().width(), o.stride().width(), o.padding().width(), o.dilation().width()
        }
        : new int[] {
          o.kernel().height(), o.stride().height(), o.padding().height(), o.dilation().height()
        };
  }

  static int positions(int size, int[] one, Pooling options) {
    int reach = one[3] * (one[0] - 1);
    int padded = size + 2 * one[2];
    int positions = 0;
    while (positions * one[1] + reach < padded) {
      positions++;
    }
    boolean leavesSome = (positions - 1) * one[1] + reach < padded - 1;
    boolean nextBeginsInside = positions * one[1] < size + one[2];
    return options.overhangs() && leavesSome && nextBeginsInside ? positions + 1 : positions;
  }

  private static double window(int axes, Grid x, Pooling options, int[] index, OfWindow f) {
    List<Double> inside = new ArrayList<>();
    int counted = 0;
    int rank = index.length;
    int[] across = along(0, options);
    int[] down = axes == 2 ? along(1, options) : new int[] {1, 1, 0, 1};
    int height = axes == 2 ? x.shape().dim(-2) : 1;
    int width = x.shape().dim(-1);
    for (int u = 0; u < down[0]; u++) {
      for (int v = 0; v < across[0]; v++) {
        int row = (axes == 2 ? index[rank - 2] : 0) * down[1] - down[2] + u * down[3];
        int column = index[rank - 1] * across[1] - across[2] + v * across[3];
        if (row < height + down[2] && column < width + across[2]) {
          counted++;
        }
        if (row >= 0 && row < height && column >= 0 && column < width) {
          int[] place = index.clone();
          place[rank - 1] = column;
          if (axes == 2) {
            place[rank - 2] = row;
          }
          inside.add(x.at(place));
        }
      }
    }
    return f.apply(inside, counted);
  }
}
