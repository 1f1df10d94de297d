package dev.autograd.examples.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.nn.metrics.ConfusionMatrix;
import dev.autograd.nn.train.Epoch;
import dev.autograd.nn.train.History;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is seen in pictures, by their pixels. */
class PicturesTest {

  private static Set<Color> colours(Picture picture) {
    BufferedImage image = Png.image(picture);
    Set<Color> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(new Color(image.getRGB(x, y)));
      }
    }
    return colours;
  }

  private static Color pixel(Picture picture, double across, double down) {
    BufferedImage image = Png.image(picture);
    return new Color(
        image.getRGB((int) (across * image.getWidth()), (int) (down * image.getHeight())));
  }

  @Test
  void aDecisionColoursThePlane() {
    Tensor points = Tensor.of(new double[][] {{-1, -1}, {1, -1}, {-1, 1}, {1, 1}});
    DecisionBoundary picture =
        DecisionBoundary.of(
            points,
            new int[] {0, 1, 0, 1},
            x ->
                Arrays.stream(x.toDoubleMatrix())
                    .mapToInt(p -> p[0] < 0 ? 0 : p[1] < 0 ? 1 : 2)
                    .toArray());
    assertThat(pixel(picture, 0.3, 0.5)).isEqualTo(Palette.tint(Palette.of(0), 0.35));
    assertThat(pixel(picture, 0.7, 0.7)).isEqualTo(Palette.tint(Palette.of(1), 0.35));
    assertThat(pixel(picture, 0.7, 0.3)).isEqualTo(Palette.tint(Palette.of(2), 0.35));
    assertThat(colours(picture)).contains(Palette.of(0), Palette.of(1));
  }

  @Test
  void aDecisionOverASinglePlaceIsDrawn() {
    DecisionBoundary picture =
        DecisionBoundary.of(
            Tensor.of(new double[][] {{3, 3}}), new int[] {0}, x -> new int[x.shape().dim(0)]);
    assertThat(colours(picture)).contains(Palette.of(0));
  }

  @Test
  void aConfusionMatrixIsDarkWhereMostAre() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(2, new int[] {0, 0, 0, 0, 1, 0}, new int[] {0, 0, 0, 0, 1, 1});
    ConfusionPlot picture = ConfusionPlot.of(List.of("a", "b"), matrix);
    assertThat(picture.counts()).containsExactly(List.of(4L, 0L), List.of(1L, 1L));
    assertThat(colours(picture))
        .contains(
            Palette.of(0), Palette.tint(Palette.of(0), 0.5), Palette.tint(Palette.WRONG, 0.5));
  }

  @Test
  void aConfusionMatrixOfManyClassesWithLongNamesStaysReadable() {
    List<String> names = IntStream.range(0, 60).mapToObj(i -> "a long name " + i).toList();
    int[] one = new int[] {59};
    ConfusionPlot picture = ConfusionPlot.of(names, ConfusionMatrix.of(names, one, one));
    assertThat(picture.width()).isBetween(600, 1200);
    assertThat(picture.height()).isBetween(600, 1200);
    assertThat(colours(picture)).contains(Palette.of(0));
  }

  @Test
  void imagesAreDarkWhereTheirPixelsAre() {
    ImageGrid grid =
        ImageGrid.columns(2)
            .add(Tensor.of(new double[][] {{0, 1}, {1, 0}}), "3", true)
            .add(Tensor.of(new double[][] {{1}}), "4, is 5", false)
            .add(Tensor.of(new double[][] {{0.5}}), "6");
    BufferedImage image = Png.image(grid);
    assertThat(new Color(image.getRGB(8 + 14, 8 + 14))).isEqualTo(Color.WHITE);
    assertThat(new Color(image.getRGB(8 + 42, 8 + 14))).isEqualTo(Color.BLACK);
    assertThat(new Color(image.getRGB(8 + 64 + 20, 8 + 20))).isEqualTo(Color.BLACK);
    assertThat(new Color(image.getRGB(8 + 20, 8 + 80 + 20))).isEqualTo(Palette.ink(0.5));
    assertThat(colours(grid)).contains(Palette.RIGHT, Palette.WRONG);
    assertThat(grid.height()).isEqualTo(8 + 2 * 80);
  }

  @Test
  void curvesHaveColoursOfTheirOwnUnlessTheyBelongTogether() {
    double[] x = {0, 1, 2};
    LinePlot plot =
        LinePlot.of("title", "x", "y").line("a", x, x).points("b", x, new double[] {2, 1, 0});
    assertThat(colours(plot)).contains(Palette.of(0), Palette.of(1));
    assertThat(colours(plot.colouredAs(0))).contains(Palette.of(0)).doesNotContain(Palette.of(1));
    assertThat(colours(plot.dashes("c", x, new double[] {1, 1, 1}))).contains(Palette.of(1));
  }

  @Test
  void aLossCurveShowsBothLosses() {
    History history =
        new History(
            List.of(
                new Epoch(1, 10, 2, Map.of("held out", 3.0), 0.1, 1),
                new Epoch(2, 20, 1, Map.of("held out", 2.0), 0.1, 1)),
            History.End.COMPLETED,
            "");
    assertThat(colours(LossCurve.of(history)))
        .contains(Palette.of(0))
        .doesNotContain(Palette.of(1));
    assertThat(colours(LossCurve.of(history, "held out"))).contains(Palette.of(0), Palette.of(1));
  }
}
