package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfPrecisionTest {

  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x3C00, 1",
    "0x3C01, 1.0009765625",
    "0xC000, -2",
    "0x7BFF, 65504",
    "0x0400, 0.00006103515625",
    "0x03FF, 0.000060975551605224609375",
    "0x0001, 5.9604644775390625e-8"
  })
  void hasTheValuesOfTheStandard(String bits, float value) {
    assertThat(HalfPrecision.toFloat(Integer.decode(bits).shortValue())).isEqualTo(value);
  }

  @Test
  void everyNumberIsItsFormula() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      int exponent = bits >> 10 & 31;
      double fraction = (bits & 1023) / 1024.0;
      double magnitude =
          exponent == 0 ? fraction * 0x1p-14 : (1 + fraction) * Math.pow(2, exponent - 15);
      double expected = bits < 0x8000 ? magnitude : -magnitude;
      if (exponent == 31) {
        expected = fraction > 0 ? Double.NaN : expected * Double.POSITIVE_INFINITY;
      }
      Double actual = (double) HalfPrecision.toFloat((short) bits);
      assertThat(actual).isEqualTo(Double.valueOf(expected)); // boxed: -0.0 is not 0.0, NaN is NaN
    }
  }
}
