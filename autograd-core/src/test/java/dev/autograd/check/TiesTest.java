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
    return new CheckedElement(List.of(element), -1, verdict, 0, 0, 0, 0, left, right);
  }

  private static List<CheckedInput> wrong(Verdict verdict, double left, double right) {
    Block block = new Block("", "x", Shape.of(20), Precision.DOUBLE, new double[20]);
    return new Ties(List.of(move(0, 1), move(0, 2)), moves -> found(verdict, 1, left, right))
        .wrong(1, List.of(block));
  }

  @Test
  void thatAreWrongTogetherThoughSmoothAreFindingsOfTheirOwn() {
    List<CheckedInput> wrong = wrong(Verdict.WRONG, 2, 2);
    assertThat(wrong).hasSize(1);
    assertThat(wrong.get(0).name()).isEqualTo("x [1] with x [2]");
    assertThat(wrong.get(0).failed()).isEqualTo(1);
    assertThat(wrong.get(0).elements()).isEqualTo(1);
    assertThat(wrong.get(0).order()).isEqualTo(1);
    assertThat(wrong.get(0).reached()).isTrue();
    assertThat(wrong.get(0).count(Verdict.WRONG)).isEqualTo(1);
    assertThat(wrong.get(0).worst()).containsExactly(found(Verdict.WRONG, 1, 2, 2));
  }

  @Test
  void thatAreRightOrBentTogetherAreNone() {
    assertThat(wrong(Verdict.CORRECT, 2, 2)).isEmpty();
    assertThat(wrong(Verdict.WRONG, 2, 3)).isEmpty();
  }

  @Test
  void areLookedAtInPairsOfTheFirstEight() {
    List<List<Integer>> pairs = new ArrayList<>();
    List<Moves.Move> moves = IntStream.range(0, 10).mapToObj(i -> move(0, i)).toList();
    new Ties(
            moves,
            pair -> {
              pairs.add(pair.stream().map(moves::indexOf).toList());
              return found(Verdict.KINK, 0, 0, 1);
            })
        .wrong(1, List.of());
    assertThat(pairs)
        .hasSize(28)
        .doesNotHaveDuplicates()
        .contains(List.of(0, 1), List.of(6, 7))
        .allMatch(pair -> pair.get(0) < pair.get(1) && pair.get(1) < 8);
  }
}
