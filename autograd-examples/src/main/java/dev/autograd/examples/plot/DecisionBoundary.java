package dev.autograd.examples.plot;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a model answers everywhere in a plane, as coloured regions, and examples as points in the
 * colours of their classes.
 *
 * <pre>{@code
 * DecisionBoundary.of(points, classes, x -> Classes.ofScores(model.forward(x)))
 * }</pre>
 */
public final class DecisionBoundary implements Picture {

  private static final int CELLS = 160;
  private static final int CELL = 3;
  private static final int MARGIN = 40;
  private static final int SIDE = CELLS * CELL;
  private static final int POINT = 6;
  private static final double BORDER = 0.08;
  private static final double TINT = 0.35;

  private final double[][] points;
  private final int[] classes;
  private final int[] regions;
  private final Range across;
  private final Range up;

  /** The numbers that an axis shows. */
  private record Range(double from, double to) {

    static Range of(double[][] points, int column) {
      double least = Arrays.stream(points).mapToDouble(p -> p[column]).min().orElse(0);
      double most = Arrays.stream(points).mapToDouble(p -> p[column]).max().orElse(1);
      double border = BORDER * (most > least ? most - least : 1);
      return new Range(least - border, most + border);
    }

    double middle(int cell) {
      return from + (cell + 0.5) / CELLS * (to - from);
    }

    int pixel(double value) {
      return (int) Math.round((value - from) / (to - from) * SIDE);
    }
  }

  private DecisionBoundary(
      double[][] points, int[] classes, Function<Tensor, int[]> decide, Range across, Range up) {
    this.points = points;
    this.classes = classes;
    this.across = across;
    this.up = up;
    this.regions = decide.apply(Tensor.wrap(Shape.of(CELLS * CELLS, 2), middles(across, up)));
  }

  private static double[] middles(Range across, Range up) {
    return IntStream.range(0, CELLS * CELLS)
        .mapToObj(i -> new double[] {across.middle(i % CELLS), up.middle(i / CELLS)})
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  /**
   * Returns the picture of a decision.
   *
   * @param points examples, {@code [n, 2]}
   * @param classes their classes, from 0
   * @param decide the class of each of many points, {@code [m, 2] -> m}; is called once, at once
   */
  public static DecisionBoundary of(Tensor points, int[] classes, Function<Tensor, int[]> decide) {
    double[][] rows = points.toDoubleMatrix();
    return new DecisionBoundary(
        rows, classes.clone(), decide, Range.of(rows, 0), Range.of(rows, 1));
  }

  @Override
  public int width() {
    return SIDE + 2 * MARGIN;
  }

  @Override
  public int height() {
    return SIDE + 2 * MARGIN;
  }

  @Override
  public void paint(Graphics2D g) {
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width(), height());
    for (int row = 0; row < CELLS; row++) {
      paintRow(g, row);
    }
    for (int i = 0; i < points.length; i++) {
      int x = MARGIN + across.pixel(points[i][0]) - POINT / 2;
      int y = MARGIN + SIDE - up.pixel(points[i][1]) - POINT / 2;
      g.setColor(Palette.of(classes[i]));
      g.fillOval(x, y, POINT, POINT);
      g.setColor(Color.WHITE);
      g.drawOval(x, y, POINT, POINT);
    }
    paintFrame(g);
  }

  /** Draws neighbours of one class as one rectangle, which keeps files small. */
  private void paintRow(Graphics2D g, int row) {
    int from = 0;
    for (int column = 1; column <= CELLS; column++) {
      if (column == CELLS || region(row, column) != region(row, from)) {
        g.setColor(Palette.tint(Palette.of(region(row, from)), TINT));
        int y = MARGIN + SIDE - (row + 1) * CELL;
        g.fillRect(MARGIN + from * CELL, y, (column - from) * CELL, CELL);
        from = column;
      }
    }
  }

  private int region(int row, int column) {
    return regions[row * CELLS + column];
  }

  private void paintFrame(Graphics2D g) {
    g.setColor(Palette.FRAME);
    g.drawRect(MARGIN, MARGIN, SIDE, SIDE);
    g.setColor(Palette.INK);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    int below = MARGIN + SIDE + MARGIN / 3;
    Text.left(g, number(across.from()), MARGIN, below);
    Text.right(g, number(across.to()), MARGIN + SIDE, below);
    Text.right(g, number(up.to()), MARGIN - 4, MARGIN + 4);
    Text.right(g, number(up.from()), MARGIN - 4, MARGIN + SIDE - 4);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
