package dev.autograd.examples.plot;

import java.awt.FontMetrics;
import java.awt.Graphics2D;

/** Lines of text in pictures, placed by the middle of their height. */
final class Text {

  private Text() {}

  /** Draws a text whose left end is at x. */
  static void left(Graphics2D g, String text, int x, int middle) {
    FontMetrics font = g.getFontMetrics();
    g.drawString(text, x, middle + (font.getAscent() - font.getDescent()) / 2);
  }

  /** Draws a text whose middle is at x. */
  static void centred(Graphics2D g, String text, int x, int middle) {
    left(g, text, x - g.getFontMetrics().stringWidth(text) / 2, middle);
  }

  /** Draws a text whose right end is at x. */
  static void right(Graphics2D g, String text, int x, int middle) {
    left(g, text, x - g.getFontMetrics().stringWidth(text), middle);
  }
}
