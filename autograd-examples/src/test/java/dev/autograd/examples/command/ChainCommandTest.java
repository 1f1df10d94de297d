package dev.autograd.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChainCommandTest {

  @Test
  void findsTheFixedPointAndItsSlope() {
    Run run = Run.of("chain", "--depth", "1000", "--rounds", "2");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("1,000 times", "y = 0.501596, dy/dw = 1.149972: round 2", "ns per operation");
  }

  @Test
  void refusesADepthOfNothing() {
    Run run = Run.of("chain", "--depth", "0");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains("--depth", "'0'");
  }
}
