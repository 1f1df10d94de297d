package dev.autograd.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.benchmarks.workload.Case;
import org.junit.jupiter.api.Test;

class RowTest {

  @Test
  void aRowIsOneLine() {
    Row row = Row.of("autograd", Case.W1B4_F32, 2, "us_per_step", 81.25);
    assertThat(row).hasToString("ROW,autograd,W1b4,f32,2,us_per_step,81.25000");
  }

  @Test
  void aLineIsARowAgain() {
    Row row = Row.of("autograd", Case.W6_F64, 1, "f", 55735.65);
    assertThat(Row.parse(row.toString())).isEqualTo(row);
    Row crashed = Row.of("peer", Case.W4_D1000, 1, "ns_per_op", Double.NaN);
    assertThat(Row.parse(crashed.toString())).isEqualTo(crashed);
  }

  @Test
  void otherLinesAreNone() {
    assertThat(Row.matches("ROW,a,b,f32,1,m,1")).isTrue();
    assertThat(Row.matches("ROWS")).isFalse();
    assertThatThrownBy(() -> Row.parse("ROW,a,b")).hasMessage("no row: ROW,a,b");
  }
}
