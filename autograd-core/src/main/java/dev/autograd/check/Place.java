package dev.autograd.check;

import org.jspecify.annotations.Nullable;

/** Where a function is evaluated, for messages. */
final class Place {

  /** The inputs as they were given. */
  static final Place GIVEN = new Place(null, 0, 0);

  private final @Nullable Block block;
  private final int element;
  private final double to;

  private Place(@Nullable Block block, int element, double to) {
    this.block = block;
    this.element = element;
    this.to = to;
  }

  /** Returns the place where one element differs from the given inputs. */
  static Place moved(Block block, int element, double to) {
    return new Place(block, element, to);
  }

  /** Returns a phrase, as in {@code with "x" [0, 2] moved from 0.5 to 0.500003}. */
  @Override
  public String toString() {
    return block == null
        ? "at the given inputs"
        : "with "
            + block.label()
            + " "
            + Block.index(block.shape(), element)
            + " moved from "
            + block.values()[element]
            + " to "
            + to;
  }
}
