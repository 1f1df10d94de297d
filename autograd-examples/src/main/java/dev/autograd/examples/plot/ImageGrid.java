package dev.autograd.examples.plot;

import dev.autograd.Tensor;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Grey images in rows and columns, each with a caption: digits with what a model read, or images
 * and their reconstructions. Immutable.
 *
 * <pre>{@code
 * ImageGrid.columns(10).add(image, "3", true).add(other, "5, is 6", false)
 * }</pre>
 */
public final class ImageGrid implements Picture {

  private static final int SIDE = 56;
  private static final int GAP = 8;
  private static final int CAPTION = 16;

  private record Entry(Tensor pixels, String caption, Color colour) {}

  private final int columns;
  private final List<Entry> entries;

  private ImageGrid(int columns, List<Entry> entries) {
    this.columns = columns;
    this.entries = entries;
  }

  /** Returns an empty grid of so many columns. */
  public static ImageGrid columns(int columns) {
    return new ImageGrid(columns, List.of());
  }

  /**
   * Returns this grid with one image more.
   *
   * @param pixels from 0, white, to 1, black, {@code [height, width]}
   */
  public ImageGrid add(Tensor pixels, String caption) {
    return with(new Entry(pixels, caption, Palette.INK));
  }

  /** Returns this grid with one image more, whose caption is coloured as right or wrong. */
  public ImageGrid add(Tensor pixels, String caption, boolean right) {
    return with(new Entry(pixels, caption, right ? Palette.RIGHT : Palette.WRONG));
  }

  private ImageGrid with(Entry entry) {
    List<Entry> all = new ArrayList<>(entries);
    all.add(entry);
    return new ImageGrid(columns, List.copyOf(all));
  }

  private int rows() {
    return (entries.size() + columns - 1) / columns;
  }

  @Override
  public int width() {
    return GAP + columns * (SIDE + GAP);
  }

  @Override
  public int height() {
    return GAP + rows() * (SIDE + CAPTION + GAP);
  }

  @Override
  public void paint(Graphics2D g) {
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width(), height());
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    for (int i = 0; i < entries.size(); i++) {
      int x = GAP + i % columns * (SIDE + GAP);
      int y = GAP + i / columns * (SIDE + CAPTION + GAP);
      paint(g, entries.get(i), x, y);
    }
  }

  private static void paint(Graphics2D g, Entry entry, int x, int y) {
    double[][] pixels = entry.pixels().toDoubleMatrix();
    for (int row = 0; row < pixels.length; row++) {
      int top = row * SIDE / pixels.length;
      int bottom = (row + 1) * SIDE / pixels.length;
      for (int column = 0; column < pixels[row].length; column++) {
        int left = column * SIDE / pixels[row].length;
        int right = (column + 1) * SIDE / pixels[row].length;
        g.setColor(Palette.ink(pixels[row][column]));
        g.fillRect(x + left, y + top, right - left, bottom - top);
      }
    }
    g.setColor(Palette.FRAME);
    g.drawRect(x, y, SIDE, SIDE);
    g.setColor(entry.colour());
    Text.centred(g, entry.caption(), x + SIDE / 2, y + SIDE + CAPTION / 2 + 1);
  }
}
