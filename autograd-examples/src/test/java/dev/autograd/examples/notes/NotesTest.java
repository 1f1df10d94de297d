package dev.autograd.examples.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NotesTest {

  private static FirstNote first(GoldenNote golden, String x, String y) {
    return new FirstNote(
        golden.operand(x),
        golden.operand(y),
        golden.operand("W1"),
        golden.operand("b1"),
        golden.operand("W2"),
        golden.operand("b2"));
  }

  @Test
  void firstNoteOfOneExample() {
    GoldenNote golden = GoldenNote.of("first");
    golden.assertHolds(first(golden, "x", "y").equations());
  }

  @Test
  void firstNoteOfABatch() {
    GoldenNote golden = GoldenNote.of("firstBatch");
    golden.assertHolds(first(golden, "X", "Y").equations());
  }

  @Test
  void secondNote() {
    GoldenNote golden = GoldenNote.of("second");
    List<Tensor> weights =
        IntStream.rangeClosed(1, 8).mapToObj(t -> golden.operand("W" + t)).toList();
    golden.assertHolds(
        new SecondNote(golden.operand("x"), golden.operand("alpha"), weights).equations());
  }

  @Test
  void thirdNote() {
    GoldenNote golden = GoldenNote.of("third");
    golden.assertHolds(
        new ThirdNote(
                golden.operand("x"),
                golden.operand("W"),
                golden.operand("b"),
                golden.operand("target"))
            .equations());
  }

  @Test
  void thirdNoteWithTiedLayers() {
    GoldenNote golden = GoldenNote.of("tied");
    golden.assertHolds(
        new TiedLayers(
                golden.operand("x"), golden.operand("W"), golden.operand("b"), golden.operand("t"))
            .equations());
  }

  @Test
  void fourthNote() {
    GoldenNote golden = GoldenNote.of("fourth");
    golden.assertHolds(
        new FourthNote(
                golden.operand("X"),
                golden.operand("Y"),
                golden.operand("W1"),
                golden.operand("b1"),
                golden.operand("W2"),
                golden.operand("b2"))
            .equations());
  }

  @Test
  void fifthNoteOfOneNeuron() {
    GoldenNote golden = GoldenNote.of("neuron");
    golden.assertHolds(
        new FifthNoteNeuron(
                golden.operand("x"), golden.operand("w"), golden.operand("b"), golden.operand("y"))
            .equations());
  }

  @Test
  void fifthNote() {
    GoldenNote golden = GoldenNote.of("fifth");
    golden.assertHolds(
        new FifthNote(
                golden.operand("x"),
                golden.operand("y"),
                golden.operand("W1"),
                golden.operand("b1"),
                golden.operand("W2"),
                golden.operand("b2"))
            .equations());
  }

  @Test
  void aWrongFormulaIsFarFromTheGradient() {
    Tensor x = Tensor.of(1, 2);
    assertThat(new Equation("dx", "2 x", x.mul(2), x.mul(3)).difference()).isEqualTo(2);
    assertThatThrownBy(() -> new Equation("dx", "x", x, x.sum()))
        .hasMessage("dx: the formula is [2] and the gradient []");
  }

  @Test
  void theSeedDecidesTheNumbers() {
    double one = Note.all(1).get(0).equations().get(0).note().item();
    assertThat(Note.all(1).get(0).equations().get(0).note().item()).isEqualTo(one);
    assertThat(Note.all(2).get(0).equations().get(0).note().item()).isNotEqualTo(one);
  }
}
