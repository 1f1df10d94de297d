package dev.autograd.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class BroadcastProperties {

  private record Pair(Shape left, Shape right, Shape result) {}

  @Property
  void theLoopsVisitThePairsThatTheDefinitionNames(@ForAll("pairs") Pair pair) {
    Broadcast plan = Broadcast.of(pair.left(), pair.right());
    assertThat(plan.shape()).isEqualTo(pair.result());
    assertThat(visited(plan, 0, 0, 0, new ArrayList<>())).isEqualTo(defined(pair));
  }

  @Property
  void innermostStridesAreZeroOrOneAndNotBothZero(@ForAll("pairs") Pair pair) {
    Broadcast plan = Broadcast.of(pair.left(), pair.right());
    int last = plan.dims().length - 1;
    assertThat(plan.leftStrides()[last]).isBetween(0, 1);
    assertThat(plan.rightStrides()[last]).isBetween(0, 1);
    if (plan.dims()[last] > 1) {
      assertThat(plan.leftStrides()[last] + plan.rightStrides()[last]).isPositive();
    }
  }

  @Property
  void broadcastingCommutes(@ForAll("pairs") Pair pair) {
    Broadcast plan = Broadcast.of(pair.left(), pair.right());
    Broadcast swapped = Broadcast.of(pair.right(), pair.left());
    assertThat(swapped.shape()).isEqualTo(plan.shape());
    assertThat(swapped.leftStrides()).isEqualTo(plan.rightStrides());
    assertThat(swapped.rightStrides()).isEqualTo(plan.leftStrides());
  }

  @Property
  void bothOperandsExpandToTheResult(@ForAll("pairs") Pair pair) {
    assertThat(Broadcast.conflict(pair.left(), pair.right())).isEqualTo(-1);
    assertThat(Broadcast.expands(pair.left(), pair.result())).isTrue();
    assertThat(Broadcast.expands(pair.right(), pair.result())).isTrue();
  }

  private static List<List<Integer>> visited(
      Broadcast plan, int loop, int left, int right, List<List<Integer>> into) {
    if (loop == plan.dims().length) {
      into.add(List.of(left, right));
      return into;
    }
    for (int i = 0; i < plan.dims()[loop]; i++) {
      visited(
          plan,
          loop + 1,
          left + i * plan.leftStrides()[loop],
          right + i * plan.rightStrides()[loop],
          into);
    }
    return into;
  }

  private static List<List<Integer>> defined(Pair pair) {
    List<List<Integer>> indices = new ArrayList<>();
    for (int i = 0; i < pair.result().size(); i++) {
      indices.add(
          List.of(
              NaiveIndex.ofOperand(i, pair.result(), pair.left()),
              NaiveIndex.ofOperand(i, pair.result(), pair.right())));
    }
    return indices;
  }

  /** A result shape, and two operands that each lack some axes or have size 1 there. */
  @Provide
  Arbitrary<Pair> pairs() {
    Arbitrary<int[]> sizes =
        Arbitraries.frequency(
                Tuple.of(1, 0), Tuple.of(3, 1), Tuple.of(8, 2), Tuple.of(8, 3), Tuple.of(4, 5))
            .array(int[].class)
            .ofMaxSize(5);
    Arbitrary<boolean[]> repeated = Arbitraries.of(true, false).array(boolean[].class).ofSize(5);
    Arbitrary<Integer> missing = Arbitraries.integers().between(0, 5);
    Arbitrary<Boolean> leftIsShorter = Arbitraries.of(true, false);
    return Combinators.combine(sizes, repeated, repeated, missing, leftIsShorter)
        .as(
            (dims, leftOnes, rightOnes, cut, leftCut) -> {
              int[] left = dims.clone();
              int[] right = dims.clone();
              for (int axis = 0; axis < dims.length; axis++) {
                left[axis] = leftOnes[axis] ? 1 : dims[axis];
                // One operand keeps the size: otherwise the result would not have it.
                right[axis] = rightOnes[axis] && !leftOnes[axis] ? 1 : dims[axis];
              }
              int from = Math.min(cut, dims.length);
              int[] shorter = leftCut ? left : right;
              int[] longer = leftCut ? right : left;
              for (int axis = 0; axis < from; axis++) {
                longer[axis] = dims[axis];
              }
              int[] tail = Arrays.copyOfRange(shorter, from, dims.length);
              return leftCut
                  ? new Pair(Shape.of(tail), Shape.of(longer), Shape.of(dims))
                  : new Pair(Shape.of(longer), Shape.of(tail), Shape.of(dims));
            });
  }
}
