package dev.autograd.examples.plot;

import dev.autograd.nn.metrics.ConfusionMatrix;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A confusion matrix as a heat map: a row per true class, a column per predicted one. A cell is the
 * darker the larger its share of the row, so that rare classes are seen as well as frequent ones.
 *
 * @param names the classes
 * @param counts how often each class, the first index, was taken for each
 */
public record ConfusionPlot(List<String> names, List<List<Long>> counts) implements Picture {

  private static final int MOST_CELL = 64;
  private static final int ALL_CELLS = 420;
  private static final int LEAST_CELL = 14;
  private static final int TOP = 60;
  private static final int RIGHT = 20;
  private static final int LETTER = 8;
  private static final int GAP = 8;
  private static final int LEAST_LEFT = 60;

  /** Takes what cannot change afterwards. */
  public ConfusionPlot {
    names = List.copyOf(names);
    counts = counts.stream().map(List::copyOf).toList();
  }

  /**
   * Returns the picture of a confusion matrix.
   *
   * @param names the classes, in the order of their numbers
   */
  public static ConfusionPlot of(List<String> names, ConfusionMatrix matrix) {
    return new ConfusionPlot(
        names,
        IntStream.range(0, names.size())
            .mapToObj(
                actual ->
                    IntStream.range(0, names.size())
                        .mapToObj(predicted -> matrix.count(actual, predicted))
                        .toList())
            .toList());
  }

  private int cell() {
    return Math.max(LEAST_CELL, Math.min(MOST_CELL, ALL_CELLS / names.size()));
  }

  private int left() {
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    return Math.max(LEAST_LEFT, longest * LETTER + 2 * GAP);
  }

  @Override
  public int width() {
    return left() + names.size() * cell() + RIGHT;
  }

  @Override
  public int height() {
    return TOP + names.size() * cell() + RIGHT;
  }

  @Override
  public void paint(Graphics2D g) {
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width(), height());
    g.setColor(Palette.INK);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    Text.left(g, "actual \\ predicted", GAP, TOP / 3);
    for (int c = 0; c < names.size(); c++) {
      Text.centred(g, fitting(names.get(c)), left() + c * cell() + cell() / 2, TOP - GAP * 2);
      Text.right(g, names.get(c), left() - GAP, TOP + c * cell() + cell() / 2);
    }
    for (int actual = 0; actual < names.size(); actual++) {
      for (int predicted = 0; predicted < names.size(); predicted++) {
        paint(g, actual, predicted);
      }
    }
  }

  private String fitting(String name) {
    int letters = cell() / LETTER;
    return name.length() <= letters ? name : name.substring(0, Math.max(1, letters - 1)) + "…";
  }

  private void paint(Graphics2D g, int actual, int predicted) {
    int x = left() + predicted * cell();
    int y = TOP + actual * cell();
    long count = counts.get(actual).get(predicted);
    long all = counts.get(actual).stream().mapToLong(Long::longValue).sum();
    double share = all == 0 ? 0 : (double) count / all;
    g.setColor(Palette.tint(actual == predicted ? Palette.of(0) : Palette.WRONG, share));
    g.fillRect(x, y, cell() - 1, cell() - 1);
    g.setColor(share > 0.5 ? Color.WHITE : count == 0 ? Palette.FRAME : Palette.INK);
    Text.centred(g, Long.toString(count), x + cell() / 2, y + cell() / 2);
  }
}
