package dev.autograd.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.Check;
import dev.autograd.benchmarks.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {

  @Test
  void theMedianIsTheMiddle() {
    assertThat(Timing.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Timing.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
  }

  @Test
  void checksAreReadAfterTheirSteps() {
    Counter counter = new Counter();
    counter.step();
    List<Check> checks =
        List.of(new Check("a", "steps", 0, 0, 0), new Check("b", "steps", 7, 7, 0));
    assertThat(Timing.values(counter, checks)).containsExactly(0.0, 7.0);
  }

  @Test
  void aRoundIsWholeBlocks() {
    Counter counter = new Counter();
    assertThat(Timing.round(Case.W3_F32, counter, 0)).isPositive();
    assertThat(counter.value("steps")).isEqualTo(Case.W3_F32.block());
    assertThat(counter.resets).isEqualTo(1);
  }

  private static final class Counter implements Workload {

    private int steps;
    private int resets;

    @Override
    public void reset() {
      steps = 0;
      resets++;
    }

    @Override
    public void step() {
      steps++;
    }

    @Override
    public double value(String quantity) {
      return steps;
    }
  }
}
