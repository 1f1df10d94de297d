package dev.autograd.examples.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.io.CsvTable;
import dev.autograd.nn.metrics.ConfusionMatrix;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImagesTest {

  private static Images images(int n, int side) {
    int[] digits = IntStream.range(0, n).map(i -> i % 10).toArray();
    Tensor pixels = Tensor.uniform(new SplittableRandom(3), DType.F32, n, 1, side, side);
    return new Images(pixels, digits);
  }

  @Test
  void aTableOfPixelsIsReadRowByRow() {
    String header =
        IntStream.range(0, 64).mapToObj(i -> "p" + i).collect(Collectors.joining(",")) + ",digit\n";
    String row =
        IntStream.range(0, 64).mapToObj(i -> i == 9 ? "16" : "4").collect(Collectors.joining(","));
    Images images = Images.of(CsvTable.parse("d.csv", header + row + ",7\n" + row + ",2\n"));
    assertThat(images.size()).isEqualTo(2);
    assertThat(images.digits()).containsExactly(7, 2);
    double[][] image = images.image(1).toDoubleMatrix();
    assertThat(image).hasDimensions(8, 8);
    assertThat(image[1][1]).isEqualTo(1);
    assertThat(image[0][0]).isEqualTo(0.25);
    assertThat(images.rows(1).digits()).containsExactly(2);
  }

  @Test
  void theAutoencodersMatrixIsSharedByBothWays() {
    TiedAutoencoder model = TiedAutoencoder.of(6, 3, new SplittableRandom(1));
    Tensor x = Tensor.uniform(new SplittableRandom(2), DType.F32, 4, 6);
    Gradients whole = Autograd.grad(Losses.mse(model.forward(x), x), model.parameters());
    // The same network with two matrices: the tied gradient is the sum of theirs.
    Tensor in = model.w().detach().withGrad();
    Tensor back = model.w().detach().withGrad();
    Tensor drawn =
        x.matmul(in).add(model.b()).tanh().matmul(back.transpose()).add(model.c()).sigmoid();
    Gradients parts = Autograd.grad(Losses.mse(drawn, x), in, back);
    assertThat(whole.of(model.w()).allClose(parts.of(in).add(parts.of(back)), 1e-5, 1e-8)).isTrue();
    assertThat(model.encode(x).shape()).isEqualTo(Shape.of(4, 3));
    assertThat(model.map(Tensor::detach).forward(x).toFloatArray())
        .isEqualTo(model.forward(x).toFloatArray());
  }

  @Test
  void manyImagesAreReadInPartsAsTheyWouldBeAlone() {
    DigitReader reader = new DigitReader(ConvolutionalNetwork.of(8, 2, new SplittableRandom(1)));
    Images images = images(1003, 8);
    int[] all = reader.read(images);
    assertThat(all).hasSize(1003);
    assertThat(reader.read(images.rows(999, 1000, 1002)))
        .containsExactly(all[999], all[1000], all[1002]);
  }

  @Test
  void theNetworkFitsTheSizeOfTheImages() {
    for (int side : new int[] {4, 8, 28}) {
      assertThat(
              ConvolutionalNetwork.of(side, 3, new SplittableRandom(1))
                  .forward(images(2, side).pixels())
                  .shape())
          .isEqualTo(Shape.of(2, 10));
    }
  }

  @Test
  void whatIsWrongIsShownFirst() {
    Images images = images(4, 4);
    Reading reading = new Reading(images, 0, 1, 5, 3);
    ConfusionMatrix confusion = reading.confusion();
    assertThat(confusion.accuracy()).isCloseTo(0.75, within(1e-15));
    assertThat(confusion.count(2, 5)).isEqualTo(1);
    assertThat(reading.picture(3).width()).isEqualTo(8 + 10 * 64);
  }
}
