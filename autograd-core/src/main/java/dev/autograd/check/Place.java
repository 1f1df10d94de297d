package dev.autograd.check;

import org.jspecify.annotations.Nullable;

/** Where a function is evaluated, for messages. */
final class Place {

  /** The inputs as they were given. */
  static final Place GIVEN = new Place(null, -1, 0);

  private static final int ALL = -1;

  private final @Nullable Block block;
  private final int element;
  private final double way;

  private Place(@Nullable Block block, int element, double way) {
    this.block = block;
    this.element = element;
    this.way = way;
  }

  /** Returns the place where one element differs from the given inputs. */
  static Place moved(Block block, int element, double way) {
    return new Place(block, element, way);
  }

  /** Returns a place where all elements of an input differ from the given ones. */
  static Place along(Block block, double way) {
    return new Place(block, ALL, way);
  }

  /** Returns a phrase, as in {@code with "x" [0, 2] moved from 0.5 to 0.500003}. */
  @Override
  public String toString() {
    if (block == null) {
      return "at the given inputs";
    }
    if (element == ALL) {
      return "with " + block.label() + " moved by " + way + " of itself in a random direction";
    }
    double from = block.values()[element];
    return "with "
        + block.label()
        + " "
        + Block.index(block.shape(), element)
        + " moved from "
        + from
        + " to "
        + (from + way);
  }
}
