package dev.autograd.examples.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Optimizer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void anAlphabetNumbersCharactersInOrder() {
    Alphabet alphabet = Alphabet.of("hello, Ä");
    assertThat(alphabet.characters()).isEqualTo(" ,ehloÄ");
    assertThat(alphabet.encode("hole")).containsExactly(3, 5, 4, 2);
    assertThat(alphabet.decode(6)).isEqualTo('Ä');
    assertThatThrownBy(() -> alphabet.encode("help"))
        .hasMessage("'p' is none of the characters of the text that was learned");
  }

  @Test
  void windowsAskForTheNextCharacter() {
    Windows windows = Windows.of(3, 10, 11, 12, 13, 14, 15, 16, 17);
    assertThat(windows.size()).isEqualTo(2);
    Examples both = windows.rows(1, 0);
    assertThat(both.inputs().toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{13, 14, 15}, {10, 11, 12}});
    assertThat(both.targets().toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{14, 15, 16}, {11, 12, 13}});
    assertThatThrownBy(() -> windows.rows(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theLastWindowNeedsACharacterAfterIt() {
    assertThat(Windows.of(3, 1, 2, 3, 4, 5, 6).size()).isEqualTo(1);
    assertThat(Windows.of(3, 1, 2, 3, 4, 5, 6, 7).size()).isEqualTo(2);
  }

  @Test
  void frequenciesCostBits() {
    // counts 3 + 1, 1 + 1 and 0 + 1 of 7
    Frequencies frequencies = Frequencies.of(3, 0, 0, 0, 1);
    double log2 = Math.log(2);
    assertThat(frequencies.mean(0)).isCloseTo(-Math.log(4 / 7.0) / log2, within(1e-14));
    assertThat(frequencies.mean(1, 2))
        .isCloseTo((-Math.log(2 / 7.0) - Math.log(1 / 7.0)) / 2 / log2, within(1e-14));
  }

  @Test
  void aModelLearnsARhymeAndWritesIt() {
    String text = "abcd".repeat(20);
    Alphabet alphabet = Alphabet.of(text);
    CharacterModel model = CharacterModel.of(alphabet.size(), 12, new SplittableRandom(1));
    Examples all = Windows.of(8, alphabet.encode(text)).rows(0, 1, 2, 3);
    Optimizer adam = Adam.lr(0.03).over(model.parameters());
    double last = 1;
    for (int step = 0; step < 60; step++) {
      last = adam.minimize(() -> CharacterModel.loss(model.forward(all.inputs()), all.targets()));
    }
    assertThat(last).isLessThan(0.05);
    assertThat(model.write(alphabet, "cd", 6, 0.5, new SplittableRandom(1))).isEqualTo("cdabcdab");
  }

  @Test
  void theSeedDecidesWhatIsWritten() {
    Alphabet alphabet = Alphabet.of("abcdefgh");
    CharacterModel model = CharacterModel.of(alphabet.size(), 4, new SplittableRandom(1));
    String one = model.write(alphabet, "a", 30, 1, new SplittableRandom(1));
    assertThat(one).hasSize(31).startsWith("a");
    assertThat(model.write(alphabet, "a", 30, 1, new SplittableRandom(1))).isEqualTo(one);
    assertThat(model.write(alphabet, "a", 30, 1, new SplittableRandom(2))).isNotEqualTo(one);
  }

  @Test
  void theLossIsTheMeanOverAllPlaces() {
    Tensor logits = Tensor.zeros(DType.F64, 2, 3, 4);
    Tensor next = Tensor.indices(0, 1, 2, 3, 0, 1).reshape(2, 3);
    assertThat(CharacterModel.loss(logits, next).item()).isCloseTo(Math.log(4), within(1e-14));
  }

  @Test
  void aModelOverOtherTensorsIsTheSameModel() {
    CharacterModel model = CharacterModel.of(5, 4, new SplittableRandom(1));
    Tensor x = Tensor.indices(0, 1, 2, 3).reshape(1, 4);
    assertThat(model.map(Tensor::detach).forward(x).toFloatArray())
        .isEqualTo(model.forward(x).toFloatArray());
    assertThat(model.parameters().paths()).hasSize(7);
  }
}
