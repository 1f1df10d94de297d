package dev.autograd.examples.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.Shape;
import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.nn.io.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

  private static final String FOUR =
      "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
          + " t10k-labels-idx1-ubyte";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    MnistFiles.write(folder, 50, 20, 8);
  }

  @Test
  void theFourFilesAreRead() {
    Mnist data = Mnist.read(folder, 1000);
    assertThat(data.training().pixels().shape()).isEqualTo(Shape.of(50, 1, 8, 8));
    assertThat(data.test().pixels().shape()).isEqualTo(Shape.of(20, 1, 8, 8));
    assertThat(data.training().digits()).startsWith(0, 1, 2, 3).hasSize(50);
    assertThat(data.training().image(3).item(7, 0)).isEqualTo(1);
    assertThat(data.training().image(3).item(0, 7)).isLessThan(0.3);
  }

  @Test
  void fewerImagesAreTheFirstOnes() {
    assertThat(Mnist.read(folder, 7).training().digits()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(Mnist.read(folder, 7).test().size()).isEqualTo(20);
  }

  @Test
  void aFolderThatIsNotThere() {
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> Mnist.read(nowhere, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(nowhere + ": there is no such directory; check the path");
  }

  @Test
  void anEmptyFolder() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> Mnist.read(empty, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            empty + ": of the four files " + FOUR + ", each with or without .gz, none is there");
  }

  @Test
  void someFilesThatAreMissing() throws IOException {
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
    assertThatThrownBy(() -> Mnist.read(folder, 1))
        .hasMessageEndingWith("these are missing: t10k-labels-idx1-ubyte");
  }

  @Test
  void labelsThatDoNotFitTheImages() throws IOException {
    Path labels = folder.resolve("t10k-labels-idx1-ubyte");
    MnistFiles.writeLabels(labels, 19);
    assertThatThrownBy(() -> Mnist.read(folder, 1))
        .isInstanceOf(FormatException.class)
        .hasMessage(labels + ": holds [19]; there must be one label per image, [20]");
  }

  @Test
  void labelsThatAreNoDigits() throws IOException {
    Path labels = folder.resolve("t10k-labels-idx1-ubyte");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[bytes.length - 1] = 26;
    Files.write(labels, bytes);
    assertThatThrownBy(() -> Mnist.read(folder, 1))
        .hasMessage(labels + ": holds a label that is none of 0 to 9; take files of digits");
  }

  @Test
  void imagesOfAnUnusableSize() throws IOException {
    MnistFiles.write(folder, 10, 10, 6);
    assertThatThrownBy(() -> Mnist.read(folder, 1))
        .isInstanceOf(FormatException.class)
        .hasMessageEndingWith(
            "holds [10, 6, 6]; images must be [n, side, side] with a side that is a multiple of 4");
  }

  @Test
  void labelsInPlaceOfImages() throws IOException {
    Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
    MnistFiles.writeLabels(folder.resolve("train-images-idx3-ubyte"), 50);
    assertThatThrownBy(() -> Mnist.read(folder, 1)).hasMessageContaining("holds [50]; images must");
  }

  @Test
  void imagesOfTwoSizes() throws IOException {
    MnistFiles.writeImages(folder.resolve("t10k-images-idx3-ubyte"), 20, 4);
    assertThatThrownBy(() -> Mnist.read(folder, 1))
        .hasMessage(
            folder
                + ": the images to train on and to test on differ in size; take files of one set");
  }
}
