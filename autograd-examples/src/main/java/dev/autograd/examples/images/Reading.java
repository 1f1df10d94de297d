package dev.autograd.examples.images;

import dev.autograd.examples.plot.ImageGrid;
import dev.autograd.nn.metrics.ConfusionMatrix;
import java.util.stream.IntStream;

/** What was read in images. Immutable. */
public final class Reading {

  private static final int DIGITS = 10;
  private static final int COLUMNS = 10;

  private final Images images;
  private final int[] truth;
  private final int[] read;

  /**
   * Makes a reading.
   *
   * @param images the images, with what they show
   * @param read the digit that was read in each
   */
  public Reading(Images images, int... read) {
    this.images = images;
    this.truth = images.digits();
    this.read = read.clone();
  }

  /** Returns how often each digit was taken for each. */
  public ConfusionMatrix confusion() {
    return ConfusionMatrix.of(DIGITS, read, truth);
  }

  private boolean isRight(int image) {
    return read[image] == truth[image];
  }

  /**
   * Returns a picture of some images with what was read in them, the wrong ones first.
   *
   * @param most how many are shown
   */
  public ImageGrid picture(int most) {
    int[] shown =
        IntStream.concat(
                IntStream.range(0, read.length).filter(i -> !isRight(i)),
                IntStream.range(0, read.length).filter(this::isRight))
            .limit(most)
            .toArray();
    ImageGrid grid = ImageGrid.columns(COLUMNS);
    for (int image : shown) {
      String caption =
          isRight(image) ? Integer.toString(read[image]) : read[image] + ", is " + truth[image];
      grid = grid.add(images.image(image), caption, isRight(image));
    }
    return grid;
  }
}
