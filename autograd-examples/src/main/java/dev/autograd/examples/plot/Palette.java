package dev.autograd.examples.plot;

import java.awt.Color;

/**
 * Colours that people with any colour vision tell apart.
 *
 * <p>Source: Okabe and Ito, Color Universal Design, 2008.
 */
final class Palette {

  static final Color INK = new Color(0x33, 0x33, 0x33);
  static final Color FRAME = new Color(0xaa, 0xaa, 0xaa);
  static final Color RIGHT = new Color(0x00, 0x9e, 0x73);
  static final Color WRONG = new Color(0xd5, 0x5e, 0x00);

  private static final Color[] COLOURS = {
    new Color(0x00, 0x72, 0xb2),
    new Color(0xd5, 0x5e, 0x00),
    new Color(0x00, 0x9e, 0x73),
    new Color(0xcc, 0x79, 0xa7),
    new Color(0xe6, 0x9f, 0x00),
    new Color(0x56, 0xb4, 0xe9),
    new Color(0x99, 0x99, 0x99)
  };

  private static final int WHITE = 255;

  private Palette() {}

  /** Returns the colour of a curve or class; after the last one the first comes again. */
  static Color of(int number) {
    return COLOURS[number % COLOURS.length];
  }

  /** Returns a colour mixed with white: the share 0 is white. */
  static Color tint(Color colour, double share) {
    return new Color(
        tint(colour.getRed(), share),
        tint(colour.getGreen(), share),
        tint(colour.getBlue(), share));
  }

  private static int tint(int part, double share) {
    return (int) Math.round(WHITE + share * (part - WHITE));
  }

  /** Returns a grey: 0 is white, 1 black. */
  static Color ink(double darkness) {
    return tint(Color.BLACK, Math.min(1, Math.max(0, darkness)));
  }
}
