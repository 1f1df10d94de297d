package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TiesTest {

  private static Moves.Move move(int block, int element) {
    Block values = new Block("", "x", Shape.of(20), Precision.DOUBLE, new double[20]);
    return new Moves.Move(block, Direction.ofElement(values, element));
  }

  private static CheckedElement found(Verdict verdict, int element, double left, double right) {
    return new CheckedElement(List.of(element), verdict, 0, 0, 0, 0, left, right);
  }

  private static List<CheckedElement> kinks(int count) {
    return new ArrayList<>(
        IntStream.range(0, count).mapToObj(i -> found(Verdict.KINK, i, 0, 1)).toList());
  }

  /** Returns what becomes of elements if this is found about each two of them. */
  private static List<CheckedElement> checked(Verdict verdict, double left, double right) {
    List<List<CheckedElement>> elements = List.of(kinks(2), kinks(3));
    new Ties(List.of(move(1, 1), move(1, 2)), moves -> found(verdict, 1, left, right))
        .check(elements);
    assertThat(elements.get(0)).isEqualTo(kinks(2));
    return elements.get(1);
  }

  @Test
  void thatAreWrongTogetherThoughSmoothAreWrong() {
    assertThat(checked(Verdict.WRONG, 2, 2))
        .extracting(CheckedElement::verdict)
        .containsExactly(Verdict.KINK, Verdict.WRONG, Verdict.KINK);
  }

  @Test
  void thatAreRightOrBentTogetherStayKinks() {
    assertThat(checked(Verdict.CORRECT, 2, 2)).isEqualTo(kinks(3));
    assertThat(checked(Verdict.WRONG, 2, 3)).isEqualTo(kinks(3));
  }

  @Test
  void areLookedAtInPairsOfTheFirstTwelve() {
    List<List<Integer>> pairs = new ArrayList<>();
    List<Moves.Move> moves = IntStream.range(0, 14).mapToObj(i -> move(0, i)).toList();
    new Ties(
            moves,
            pair -> {
              pairs.add(pair.stream().map(moves::indexOf).toList());
              return found(Verdict.KINK, 0, 0, 1);
            })
        .check(List.of(kinks(14)));
    assertThat(pairs)
        .hasSize(66)
        .doesNotHaveDuplicates()
        .contains(List.of(0, 1), List.of(10, 11))
        .allMatch(pair -> pair.get(0) < pair.get(1) && pair.get(1) < 12);
  }
}
