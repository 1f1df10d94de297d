package dev.autograd.examples.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.examples.input.InvalidInputException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class PictureFileTest {

  @TempDir private Path folder;

  /** A red square on white. */
  private record Square(int width, int height) implements Picture {
    @Override
    public void paint(Graphics2D g) {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, width, height);
      g.setColor(Color.RED);
      g.fillRect(10, 10, 5, 5);
    }
  }

  @Test
  void pngHasThePixels() throws Exception {
    Path file = folder.resolve("a.PNG");
    PictureFile.write(file, new Square(40, 30));
    BufferedImage read = ImageIO.read(file.toFile());
    assertThat(read.getWidth()).isEqualTo(40);
    assertThat(read.getHeight()).isEqualTo(30);
    assertThat(new Color(read.getRGB(12, 12))).isEqualTo(Color.RED);
    assertThat(new Color(read.getRGB(16, 12))).isEqualTo(Color.WHITE);
  }

  @Test
  void svgHasTheShapes() throws Exception {
    Path file = folder.resolve("a.svg");
    PictureFile.write(file, new Square(40, 30));
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getAttribute("width")).isEqualTo("40");
    assertThat(root.getAttribute("height")).isEqualTo("30");
    assertThat(Files.readString(file)).contains("red", "x=\"10\"").startsWith("<svg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.svg"})
  void thePictureDecidesTheBytes(String name) throws Exception {
    Path one = folder.resolve("one-" + name);
    Path two = folder.resolve("two-" + name);
    PictureFile.write(one, new Square(40, 30));
    PictureFile.write(two, new Square(40, 30));
    assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(two));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.pdf", "png", "a.svg.txt"})
  void aNameWithoutAKnownEndIsRefused(String name) {
    Path file = folder.resolve(name);
    assertThatThrownBy(() -> PictureFile.write(file, new Square(4, 4)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file + ": the name does not tell the format of the picture; end it in .png or .svg");
    assertThat(file).doesNotExist();
  }

  @Test
  void aPictureThatFailsLeavesTheOldOne() throws Exception {
    Path file = Files.writeString(folder.resolve("a.png"), "old");
    Picture broken =
        new Picture() {
          @Override
          public int width() {
            return 4;
          }

          @Override
          public int height() {
            return 4;
          }

          @Override
          public void paint(Graphics2D g) {
            throw new IllegalStateException("broken");
          }
        };
    assertThatThrownBy(() -> PictureFile.write(file, broken)).hasMessage("broken");
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aDataAddressHoldsThePicture() throws Exception {
    String address = PictureFormat.PNG.dataAddress(new Square(40, 30));
    assertThat(address).startsWith("data:image/png;base64,");
    byte[] bytes = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
    assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(40);
    String svg = PictureFormat.SVG.dataAddress(new Square(40, 30));
    assertThat(svg).startsWith("data:image/svg+xml;base64,");
    assertThat(
            new String(
                Base64.getDecoder().decode(svg.substring(svg.indexOf(',') + 1)),
                StandardCharsets.UTF_8))
        .startsWith("<svg");
  }
}
