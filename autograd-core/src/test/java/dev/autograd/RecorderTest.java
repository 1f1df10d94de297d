package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a thread knows of recording. */
class RecorderTest {

  private static final int BLOCK = 1 << 16;

  private static long newId() {
    return Recorder.current().newId();
  }

  /** A thread that has used up its block of numbers takes another, not its neighbour's. */
  @Test
  void idsOfThreadsAreDifferentHoweverManyAreDrawn() throws Exception {
    List<Long> ids =
        InParallel.elsewhere(
            () -> {
              long first = newId();
              long neighbours = InParallel.elsewhere(RecorderTest::newId);
              long last = first;
              for (int i = 0; i < BLOCK - 1; i++) {
                last = newId();
              }
              return List.of(first, neighbours, last, newId());
            });
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids.get(2)).isEqualTo(ids.get(0) + BLOCK - 1);
    assertThat(ids.get(1)).isGreaterThan(ids.get(2));
    assertThat(ids.get(3)).isGreaterThan(ids.get(1));
  }

  @Test
  void theSizeOfTheLastSweepIsKnownButNotThatOfOneInsideIt() {
    Tensor x = Tensor.scalar(2).withGrad();
    Tensor inner = x.exp().sin().cos().exp();
    Tensor y =
        Tensor.custom(
            "outer",
            x.detach(),
            x,
            g -> {
              inner.backward();
              return g;
            });
    y.backward();
    assertThat(Recorder.current().lastSweepSize()).isEqualTo(2);
  }
}
