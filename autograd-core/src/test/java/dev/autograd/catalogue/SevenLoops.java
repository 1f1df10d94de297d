package dev.autograd.catalogue;

import dev.autograd.Convolution;
import dev.autograd.array.Shape;
import java.util.List;

/**
 * A cross-correlation by its definition: the terms {@code y[n, o, i, j] += w[o, c, u, v] x[n, c, i
 * s - p + u d, j s - p + v d]}, one after the other. Sums of them, by two of x, w and y, make the
 * third and all derivatives.
 */
final class SevenLoops {

  /** What is done with a term, given the places of its factors in row-major order. */
  interface Term {
    void at(int x, int w, int y);
  }

  private final int axes;
  private final Shape input;
  private final Shape weight;
  private final Shape output;
  private final Convolution options;

  private SevenLoops(int axes, Shape input, Shape weight, Shape output, Convolution options) {
    this.axes = axes;
    this.input = input;
    this.weight = weight;
    this.output = output;
    this.options = options;
  }

  /** Returns the correlation of an input over its last one or two axes. */
  static SevenLoops of(int axes, Shape input, Shape weight, Convolution options) {
    int[] output = input.toArray();
    int last = output.length - 1;
    output[last - axes] = weight.dim(0);
    for (int back = 0; back < axes; back++) {
      int[] one = along(back, options);
      int padded = output[last - back] + 2 * one[1];
      int reach = one[2] * (weight.dim(-1 - back) - 1);
      int positions = 0;
      while (positions * one[0] + reach < padded) {
        positions++;
      }
      output[last - back] = positions;
    }
    return new SevenLoops(axes, input, weight, Shape.of(output), options);
  }

  /** Returns the correlation whose output is the operand of a transposed one. */
  static SevenLoops transposed(int axes, Shape output, Shape weight, Convolution options) {
    int[] input = output.toArray();
    int last = input.length - 1;
    input[last - axes] = weight.dim(1) * options.groups();
    for (int back = 0; back < axes; back++) {
      int[] one = along(back, options);
      int lastWindow = (input[last - back] - 1) * one[0] - one[1];
      int lastTap = lastWindow + one[2] * (weight.dim(-1 - back) - 1);
      input[last - back] = lastTap - one[1] + one[3] + 1;
    }
    return new SevenLoops(axes, Shape.of(input), weight, output, options);
  }

  /** Returns stride, padding, dilation and output padding, back from the last axis. */
  private static int[] along(int back, Convolution o) {
    return back == 0
        ? new int[] {
          o.stride().width(), o.padding().width(), o.dilation().width(), o.outputPadding().width()
        }
        : new int[] {
          o.stride().height(),
          o.padding().height(),
          o.dilation().height(),
          o.outputPadding().height()
        };
  }

  /** Returns y for x and w. */
  Grid output(Grid x, Grid w) {
    double[] y = new double[output.size()];
    forEach((i, j, k) -> y[k] += x.flat(i) * w.flat(j));
    return Grid.of(output, y);
  }

  /** Returns x for y and w. */
  Grid input(Grid y, Grid w) {
    double[] x = new double[input.size()];
    forEach((i, j, k) -> x[i] += y.flat(k) * w.flat(j));
    return Grid.of(input, x);
  }

  /** Returns w for x and y. */
  Grid weight(Grid x, Grid y) {
    double[] w = new double[weight.size()];
    forEach((i, j, k) -> w[j] += x.flat(i) * y.flat(k));
    return Grid.of(weight, w);
  }

  Shape output() {
    return output;
  }

  /** Returns the shapes of x and w. */
  List<Shape> operands() {
    return List.of(input, weight);
  }

  private void forEach(Term term) {
    int batch = input.rank() == axes + 2 ? input.dim(0) : 1;
    int channels = weight.dim(1);
    int outputs = weight.dim(0) / options.groups();
    for (int n = 0; n < batch; n++) {
      for (int o = 0; o < weight.dim(0); o++) {
        for (int c = 0; c < channels; c++) {
          int from = (n * channels * options.groups() + o / outputs * channels + c);
          rows(from, o * channels + c, n * weight.dim(0) + o, term);
        }
      }
    }
  }

  private void rows(int x, int w, int y, Term term) {
    if (axes == 1) {
      columns(x, w, y, term);
      return;
    }
    int[] one = along(1, options);
    for (int i = 0; i < output.dim(-2); i++) {
      for (int u = 0; u < weight.dim(-2); u++) {
        int row = i * one[0] - one[1] + u * one[2];
        if (row >= 0 && row < input.dim(-2)) {
          columns(x * input.dim(-2) + row, w * weight.dim(-2) + u, y * output.dim(-2) + i, term);
        }
      }
    }
  }

  private void columns(int x, int w, int y, Term term) {
    int[] one = along(0, options);
    for (int j = 0; j < output.dim(-1); j++) {
      for (int v = 0; v < weight.dim(-1); v++) {
        int column = j * one[0] - one[1] + v * one[2];
        if (column >= 0 && column < input.dim(-1)) {
          term.at(x * input.dim(-1) + column, w * weight.dim(-1) + v, y * output.dim(-1) + j);
        }
      }
    }
  }
}
