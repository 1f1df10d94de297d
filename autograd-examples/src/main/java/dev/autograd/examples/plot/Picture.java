package dev.autograd.examples.plot;

import java.awt.Graphics2D;

/**
 * Something that can be drawn: what a plot is, and what all file formats are made from.
 *
 * <pre>{@code
 * PictureFile.write(Path.of("loss.svg"), LossCurve.of(history));
 * }</pre>
 */
public interface Picture {

  /** Returns the width in pixels. */
  int width();

  /** Returns the height in pixels. */
  int height();

  /** Draws the whole of it, from the upper left corner on. */
  void paint(Graphics2D g);
}
