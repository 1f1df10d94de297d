package dev.autograd.examples.sorting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.data.Examples;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SortingTest {

  @Test
  void answersAreTheSameDigitsInOrder() {
    Examples some = Sorting.examples(20, 6, new SplittableRandom(1)).rows(3, 7, 19);
    double[][] given = some.inputs().toDoubleMatrix();
    double[][] sorted = some.targets().toDoubleMatrix();
    for (int row = 0; row < 3; row++) {
      assertThat(given[row]).hasSize(6).isNotEqualTo(sorted[row]);
      Arrays.sort(given[row]);
      assertThat(sorted[row]).isEqualTo(given[row]);
      assertThat(sorted[row][0]).isBetween(0.0, 9.0);
    }
  }

  @Test
  void whatIsRightIsWhereTheBestScoreIs() {
    double[] scores = new double[20];
    scores[3] = 1;
    scores[10 + 7] = 1;
    Tensor logits = Tensor.of(scores).reshape(1, 2, 10);
    Tensor sorted = Tensor.indices(3, 8).reshape(1, 2);
    assertThat(Sorting.right(logits, sorted).to(DType.F64).toDoubleArray()).containsExactly(1, 0);
    double right = Math.log(9 + Math.E) - 1;
    double wrong = Math.log(9 + Math.E);
    assertThat(Sorting.loss(logits, sorted).item()).isCloseTo((right + wrong) / 2, within(1e-14));
  }

  @Test
  void theNetworkScoresEachPlace() {
    Tensor x = Tensor.indices(1, 2, 3, 4, 5, 6).reshape(2, 3);
    assertThat(Sorting.network(new SplittableRandom(1)).forward(x).shape().toArray())
        .containsExactly(2, 3, 10);
  }
}
