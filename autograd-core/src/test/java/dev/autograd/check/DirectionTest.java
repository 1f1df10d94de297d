package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectionTest {

  private static final double[] X = {5, 1e-6, 3};

  private static final Block BLOCK = new Block("", "\"x\"", Shape.of(3), Precision.DOUBLE, X);

  private static final Block SINGLE = new Block("", "\"x\"", Shape.of(3), Precision.SINGLE, X);

  @Test
  void ofAnElementMovesThatAlone() {
    Direction direction = Direction.ofElement(BLOCK, 1);
    assertThat(direction.index()).containsExactly(1);
    assertThat(direction.from(X, 0.5)).containsExactly(5, 1e-6 + 0.5, 3);
    assertThat(X).containsExactly(5, 1e-6, 3);
    assertThat(direction.along(new double[] {2, 7, 4})).isEqualTo(7);
    assertThat(direction.accuracy(new double[] {2, 7, 4})).isEqualTo(7);
    assertThat(direction.place(BLOCK, 0.5))
        .hasToString("with \"x\" [1] moved from 1.0E-6 to 0.500001");
  }

  @Test
  void ofAnElementHasItsSteps() {
    assertThat(Direction.ofElement(BLOCK, 0).scale()).isEqualTo(4);
    assertThat(Direction.ofElement(BLOCK, 0).longer()).isEmpty();
    assertThat(Direction.ofElement(BLOCK, 1).longer()).containsExactly(1.0);
  }

  @Test
  void ofAnElementGoesAsFarAsThePrecisionLets() {
    assertThat(Direction.ofElement(BLOCK, 0).gone(X, 0.1)).isEqualTo(5.1 - 5);
    assertThat(Direction.ofElement(BLOCK, 0).gone(X, -0.1)).isEqualTo(5 - 4.9);
    assertThat(Direction.ofElement(SINGLE, 0).gone(X, 0.1)).isEqualTo((float) 5.1 - 5.0);
    assertThat(Direction.ofElement(SINGLE, 0).from(X, 0.1)[0]).isEqualTo((float) 5.1);
  }

  @Test
  void ofAllElementsMovesEachByItsPart() {
    Direction direction = new RandomDirection(2, new double[] {1, -2, 0.5});
    assertThat(direction.index()).isEmpty();
    assertThat(direction.number()).isEqualTo(2);
    assertThat(Direction.ofElement(BLOCK, 1).number()).isEqualTo(-1);
    assertThat(direction.scale()).isEqualTo(1);
    assertThat(direction.longer()).isEmpty();
    assertThat(direction.from(X, 0.5)).containsExactly(5.5, 1e-6 - 1, 3.25);
    assertThat(X).containsExactly(5, 1e-6, 3);
    assertThat(direction.gone(X, 0.5)).isEqualTo(0.5);
    assertThat(direction.gone(X, -0.5)).isEqualTo(0.5);
    assertThat(direction.along(new double[] {2, 7, 4})).isEqualTo(-10);
    assertThat(direction.accuracy(new double[] {2, 7, 4})).isEqualTo(18);
    assertThat(direction.place(BLOCK, 0.5))
        .hasToString("with \"x\" moved by 0.5 of itself in a random direction");
  }

  @Test
  void ofAllElementsIsNormalInTheMagnitudeOfEach() {
    double sum = 0;
    double squares = 0;
    Random random = new Random(1);
    for (int n = 0; n < 1000; n++) {
      Direction direction = Direction.random(BLOCK, n, random);
      assertThat(direction.number()).isEqualTo(n);
      double first = direction.along(new double[] {0.25, 0, 0});
      double third = direction.along(new double[] {0, 0, 0.5});
      assertThat(first).isEqualTo((float) first);
      sum += first + third;
      squares += first * first + third * third;
    }
    assertThat(sum / 2000).isCloseTo(0, within(0.1));
    assertThat(squares / 2000).isCloseTo(1, within(0.1));
  }
}
