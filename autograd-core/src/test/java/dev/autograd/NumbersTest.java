package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What messages of {@link Tape.Option#CHECK_FINITE} say of a tensor's elements. */
class NumbersTest {

  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static Numbers of(double... values) {
    return Numbers.of(Tensor.of(values));
  }

  @Test
  void sayTheRangeOfTheFiniteOnesAndCountTheOthers() {
    assertThat(of(2, -1)).hasToString("F64[2] from -1.0 to 2.0");
    assertThat(of(NAN, 3, NAN, -INFINITY))
        .hasToString("F64[4] from 3.0 to 3.0, 2 NaN, 1 infinite, the first at [0]");
    assertThat(of(1, INFINITY, NAN))
        .hasToString("F64[3] from 1.0 to 1.0, 1 NaN, 1 infinite, the first at [1]");
    assertThat(of(NAN)).hasToString("F64[1], 1 NaN, the first at [0]");
    assertThat(Numbers.of(Tensor.scalar(NAN))).hasToString("F64[], 1 NaN");
  }

  @Test
  void sayThePlaceByAxes() {
    Tensor x = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, INFINITY}}).named("x");
    assertThat(Numbers.of(x))
        .hasToString("\"x\" F64[2, 3] from 1.0 to 5.0, 1 infinite, the first at [1, 2]");
    Tensor deep = Tensor.stack(0, x.reshape(3, 2), x.reshape(3, 2));
    assertThat(Numbers.of(deep).toString()).endsWith("the first at [0, 2, 1]");
  }

  @Test
  void areMadeIfNoSourceHasThem() {
    assertThat(of(NAN).madeFrom(List.of(of(1), of(INFINITY)))).isEqualTo("NaN");
    assertThat(of(NAN).madeFrom(List.of(of(1), of(NAN)))).isEmpty();
    assertThat(of(INFINITY).madeFrom(List.of(of(1), of(2)))).isEqualTo("an infinity");
    assertThat(of(INFINITY).madeFrom(List.of(of(1), of(INFINITY)))).isEmpty();
    assertThat(of(INFINITY).madeFrom(List.of(of(NAN)))).isEmpty();
    assertThat(of(NAN, INFINITY).madeFrom(List.of(of(1)))).isEqualTo("NaN");
    assertThat(of(1).madeFrom(List.of(of(2)))).isEmpty();
  }
}
