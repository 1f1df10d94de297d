package dev.autograd.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceTest {

  @Test
  void allTakesEverything() {
    assertTaken(Slice.all(), 5, 0, 5, 1);
    assertTaken(Slice.all(), 0, 0, 0, 1);
  }

  @Test
  void singleIndexTakesOne() {
    assertThat(Slice.at(2).isSingle()).isTrue();
    assertTaken(Slice.at(2), 5, 2, 1, 1);
    assertTaken(Slice.at(-1), 5, 4, 1, 1);
  }

  @ParameterizedTest
  @CsvSource({"1,4,1,3", "1,4,2,2", "0,5,2,3", "-3,-1,1,2", "2,2,1,0", "5,5,3,0", "0,5,7,1"})
  void rangeTakesEveryStepth(int from, int to, int step, int count) {
    Slice slice = Slice.range(from, to).step(step);
    assertThat(slice.isSingle()).isFalse();
    assertTaken(slice, 5, from < 0 ? from + 5 : from, count, step);
  }

  @Test
  void openEndsReachTheBorder() {
    assertTaken(Slice.from(2), 5, 2, 3, 1);
    assertTaken(Slice.from(-2), 5, 3, 2, 1);
    assertTaken(Slice.to(2), 5, 0, 2, 1);
    assertTaken(Slice.to(-2), 5, 0, 3, 1);
  }

  @ParameterizedTest
  @CsvSource({"0,6", "-6,2", "4,2", "6,6"})
  void rangesOutsideAreRefused(int from, int to) {
    assertThatThrownBy(() -> Slice.range(from, to).count(5))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("does not lie inside an axis of size 5");
  }

  @ParameterizedTest
  @CsvSource({"5", "-6"})
  void indicesOutsideAreRefused(int index) {
    assertThatThrownBy(() -> Slice.at(index).start(5))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("slice " + index + " does not lie inside an axis of size 5");
  }

  @Test
  void wrongStepsAreRefused() {
    assertThatThrownBy(() -> Slice.all().step(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slice: step is 0; it must be 1 or more");
    assertThatThrownBy(() -> Slice.at(3).step(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slice: at(3) is one index and takes no step");
  }

  @Test
  void printsLikePython() {
    assertThat(Slice.all()).hasToString(":");
    assertThat(Slice.at(-1)).hasToString("-1");
    assertThat(Slice.range(1, 5).step(2)).hasToString("1:5:2");
    assertThat(Slice.from(3)).hasToString("3:");
    assertThat(Slice.to(3)).hasToString(":3");
  }

  private static void assertTaken(Slice slice, int size, int start, int count, int step) {
    assertThat(slice.start(size)).isEqualTo(start);
    assertThat(slice.count(size)).isEqualTo(count);
    assertThat(slice.step()).isEqualTo(step);
  }
}
