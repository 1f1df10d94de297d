package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as text; the expected texts are what NumPy 2.4 prints for the same arrays. */
class PrinterTest {

  private static String print(Tensor x) {
    return Printer.print(x.array());
  }

  private static String print(double... values) {
    return print(Tensor.of(values));
  }

  private static String print(float... values) {
    return print(Tensor.of(values));
  }

  /** Returns 0, 1, 2, … in a shape. */
  private static Tensor counting(DType dtype, int... dims) {
    return Tensor.arange(dtype, Shape.of(dims).size()).reshape(dims);
  }

  @Nested
  class OneNumber {

    @ParameterizedTest
    @CsvSource({
      "3, 3.0",
      "-0.0, -0.0",
      "0.1, 0.1",
      "0.3333333333333333, 0.3333333333333333",
      "5.684341886080802E-14, 5.684341886080802e-14",
      "1e-4, 0.0001",
      "9.99e-5, 9.99e-05",
      "1e15, 1000000000000000.0",
      "9999999999999998, 9999999999999998.0",
      "1e16, 1e+16",
      "1.2345678901234568e17, 1.2345678901234568e+17",
      "2e23, 2e+23",
      "1.5e300, 1.5e+300",
      "4.9e-324, 5e-324",
      "1.7976931348623157e308, 1.7976931348623157e+308",
      "NaN, nan",
      "Infinity, inf",
      "-Infinity, -inf",
    })
    void hasAllItsDigits(double value, String text) {
      assertThat(print(Tensor.scalar(value))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
      "0.1, 0.1",
      "0.33333334, 0.33333334",
      "1e-4, 1e-04",
      "999999, 999999.0",
      "1000000, 1e+06",
      "16777216, 1.6777216e+07",
      "1.4e-45, 1e-45",
    })
    void ofSinglePrecisionHasTheDigitsOfAFloat(float value, String text) {
      assertThat(print(Tensor.scalar(value))).isEqualTo(text);
    }

    @Test
    void ofOtherTypesIsAWord() {
      assertThat(print(Tensor.indices(-7).reshape())).isEqualTo("-7");
      assertThat(print(Tensor.scalar(1).gt(0))).isEqualTo("True");
      assertThat(print(Tensor.scalar(1).lt(0))).isEqualTo("False");
      assertThat(print(Tensor.full(DType.I64, 1L << 53))).isEqualTo("9007199254740992");
    }
  }

  @Nested
  class Columns {

    @Test
    void alignThePoints() {
      assertThat(print(1, 2.5, 3)).isEqualTo("[1.  2.5 3. ]");
      assertThat(print(-1, 0.5, -0.0)).isEqualTo("[-1.   0.5 -0. ]");
    }

    @Test
    void haveAtMostEightDigitsBehindThePoint() {
      assertThat(print(1 / 3.0, 2 / 3.0, 1)).isEqualTo("[0.33333333 0.66666667 1.        ]");
      assertThat(print(0.999999999)).isEqualTo("[1.]");
    }

    @Test
    void roundTheBinaryNumberAndHalvesToEven() {
      assertThat(print(0.001953125, 0.123456785)).isEqualTo("[0.00195312 0.12345678]");
    }

    @Test
    void alignWordsToTheRight() {
      assertThat(print(1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
          .isEqualTo("[  1.  nan  inf -inf]");
      assertThat(print(Double.NaN)).isEqualTo("[nan]");
      assertThat(print(Double.NaN, 1000.5)).isEqualTo("[   nan 1000.5]");
      assertThat(print(Double.NEGATIVE_INFINITY, Double.NaN)).isEqualTo("[-inf  nan]");
    }

    @Test
    void ofIntegersAlignToTheRight() {
      assertThat(print(Tensor.indices(1, -20, 300))).isEqualTo("[  1 -20 300]");
    }

    @Test
    void ofMasksAlignToTheRight() {
      assertThat(print(Tensor.of(1, -1).gt(0))).isEqualTo("[ True False]");
      assertThat(print(Tensor.of(1.0).gt(0))).isEqualTo("[ True]");
    }

    @Test
    void ofSinglePrecisionHaveTheDigitsOfFloats() {
      assertThat(print(0.1f, 1 / 3f)).isEqualTo("[0.1        0.33333334]");
      assertThat(print(Tensor.of(0.1f).to(DType.F64))).isEqualTo("[0.1]");
      assertThat(print(Tensor.of(0.7f).to(DType.F64))).isEqualTo("[0.69999999]");
    }
  }

  @Nested
  class ScientificNotation {

    @Test
    void beginsAtTenToTheEight() {
      assertThat(print(1e8, 1e8)).isEqualTo("[1.e+08 1.e+08]");
      assertThat(print(1e8, 1)).isEqualTo("[1.e+08 1.e+00]");
      assertThat(print(99999999, 1e5)).isEqualTo("[99999999.   100000.]");
    }

    @Test
    void beginsAtTenToTheSixInSinglePrecision() {
      assertThat(print(1e6f)).isEqualTo("[1.e+06]");
      assertThat(print(999999, 1e5f)).isEqualTo("[999999. 100000.]");
      assertThat(print(0.1f, 1 / 3f, 16777216))
          .isEqualTo("[1.0000000e-01 3.3333334e-01 1.6777216e+07]");
    }

    @Test
    void beginsUnderTenToTheMinusFour() {
      assertThat(print(1e-4, 0.05)).isEqualTo("[0.0001 0.05  ]");
      assertThat(print(9.9e-5, 0.05)).isEqualTo("[9.9e-05 5.0e-02]");
      assertThat(print(1e-4f)).isEqualTo("[0.0001]");
    }

    @Test
    void beginsWhereOneNumberIsMoreThanAThousandTimesAnother() {
      assertThat(print(1, 1000)).isEqualTo("[   1. 1000.]");
      assertThat(print(1.0, 1000)).isEqualTo("[   1. 1000.]");
      assertThat(print(1, 1000.5)).isEqualTo("[1.0000e+00 1.0005e+03]");
      assertThat(print(0, 1, 1000)).isEqualTo("[   0.    1. 1000.]");
      assertThat(print(-1, 1000.5)).isEqualTo("[-1.0000e+00  1.0005e+03]");
    }

    @Test
    void alignsLongExponents() {
      assertThat(print(1e-10, 2.5, -3e100)).isEqualTo("[ 1.0e-010  2.5e+000 -3.0e+100]");
      assertThat(print(1e-10, Double.NaN, Double.NEGATIVE_INFINITY))
          .isEqualTo("[1.e-10    nan   -inf]");
      assertThat(print(0, -0.0, 1e-9)).isEqualTo("[ 0.e+00 -0.e+00  1.e-09]");
    }
  }

  @Nested
  class Ranks {

    @Test
    void twoMakesRows() {
      assertThat(print(Tensor.of(new double[][] {{1, 2.5}, {-3, 10.25}})))
          .isEqualTo("[[ 1.    2.5 ]\n [-3.   10.25]]");
      assertThat(print(Tensor.indices(1, 2, 30, 4).reshape(2, 2))).isEqualTo("[[ 1  2]\n [30  4]]");
      assertThat(print(Tensor.of(1, -1).gt(0).reshape(2, 1))).isEqualTo("[[ True]\n [False]]");
    }

    @Test
    void threeMakesBlocksWithABlankLineBetween() {
      assertThat(print(counting(DType.F64, 2, 3, 2)))
          .isEqualTo(
              """
              [[[ 0.  1.]
                [ 2.  3.]
                [ 4.  5.]]

               [[ 6.  7.]
                [ 8.  9.]
                [10. 11.]]]""");
    }

    @Test
    void fourMakesTwoBlankLines() {
      assertThat(print(counting(DType.F64, 2, 2, 1, 2)))
          .isEqualTo(
              """
              [[[[0. 1.]]

                [[2. 3.]]]


               [[[4. 5.]]

                [[6. 7.]]]]""");
    }

    @Test
    void onesMakeBrackets() {
      assertThat(print(Tensor.zeros(DType.F64, 1, 1, 1))).isEqualTo("[[[0.]]]");
    }
  }

  @Nested
  class NoElements {

    @Test
    void isAnEmptyPairOfBrackets() {
      assertThat(print(Tensor.zeros(DType.F64, 0))).isEqualTo("[]");
    }

    @Test
    void saysTheShapeOfHigherRanks() {
      assertThat(print(Tensor.zeros(DType.I32, 0, 3))).isEqualTo("[], shape=[0, 3]");
      assertThat(print(Tensor.zeros(DType.BOOL, 2, 0))).isEqualTo("[], shape=[2, 0]");
    }
  }

  @Nested
  class Lines {

    @Test
    void breakAtSeventyFiveCharacters() {
      assertThat(print(Tensor.arange(DType.F64, 30)))
          .isEqualTo(
              """
              [ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10. 11. 12. 13. 14. 15. 16. 17.
               18. 19. 20. 21. 22. 23. 24. 25. 26. 27. 28. 29.]""");
    }

    @Test
    void countTheClosingBracket() {
      String fourteen = "1.25 ".repeat(14).strip();
      assertThat(print(Tensor.full(DType.F64, 1.25, 14))).isEqualTo("[" + fourteen + "]");
      assertThat(print(Tensor.full(DType.F64, 1.25, 15))).isEqualTo("[" + fourteen + "\n 1.25]");
    }

    @Test
    void leaveRoomForTheBrackets() {
      assertThat(print(Tensor.arange(DType.F64, 44).reshape(2, 22).div(8)))
          .isEqualTo(
              """
              [[0.    0.125 0.25  0.375 0.5   0.625 0.75  0.875 1.    1.125 1.25  1.375
                1.5   1.625 1.75  1.875 2.    2.125 2.25  2.375 2.5   2.625]
               [2.75  2.875 3.    3.125 3.25  3.375 3.5   3.625 3.75  3.875 4.    4.125
                4.25  4.375 4.5   4.625 4.75  4.875 5.    5.125 5.25  5.375]]""");
    }

    @Test
    void endWithoutSpaces() {
      double[] values = new double[40];
      Arrays.fill(values, 1);
      values[39] = 0.0625;
      assertThat(print(values).lines()).noneMatch(line -> line.endsWith(" "));
    }
  }

  @Nested
  class ManyElements {

    @Test
    void upToAThousandAreAllShown() {
      assertThat(print(Tensor.zeros(DType.F64, 1000))).doesNotContain("...");
    }

    @Test
    void beyondThatThreeAtEitherEnd() {
      assertThat(print(Tensor.arange(DType.F64, 1001)))
          .isEqualTo("[   0.    1.    2. ...  998.  999. 1000.]");
    }

    @Test
    void onEachLongAxis() {
      assertThat(print(counting(DType.F64, 30, 40)))
          .isEqualTo(
              """
              [[0.000e+00 1.000e+00 2.000e+00 ... 3.700e+01 3.800e+01 3.900e+01]
               [4.000e+01 4.100e+01 4.200e+01 ... 7.700e+01 7.800e+01 7.900e+01]
               [8.000e+01 8.100e+01 8.200e+01 ... 1.170e+02 1.180e+02 1.190e+02]
               ...
               [1.080e+03 1.081e+03 1.082e+03 ... 1.117e+03 1.118e+03 1.119e+03]
               [1.120e+03 1.121e+03 1.122e+03 ... 1.157e+03 1.158e+03 1.159e+03]
               [1.160e+03 1.161e+03 1.162e+03 ... 1.197e+03 1.198e+03 1.199e+03]]""");
      assertThat(print(counting(DType.I64, 2, 700)))
          .isEqualTo("[[   0    1    2 ...  697  698  699]\n [ 700  701  702 ... 1397 1398 1399]]");
    }

    @Test
    void sixAreNotMany() {
      assertThat(print(Tensor.zeros(DType.F64, 6, 200)).lines())
          .hasSize(6)
          .allMatch(line -> line.contains("[0. 0. 0. ... 0. 0. 0.]"));
    }

    @Test
    void inBlocksTheGapStandsAlone() {
      assertThat(print(counting(DType.I32, 7, 11, 13)))
          .startsWith(
              "[[[   0    1    2 ...   10   11   12]\n  [  13   14   15 ...   23   24   25]\n")
          .contains("  ...\n")
          .contains("428]]\n\n ...\n\n [[ 572 ")
          .endsWith("  [ 988  989  990 ...  998  999 1000]]]");
    }

    @Test
    void theFormatIsThatOfWhatIsShown() {
      Tensor x = Tensor.concat(0, Tensor.ones(DType.F64, 600), Tensor.full(DType.F64, 1e9, 1));
      Tensor hidden = Tensor.concat(0, x, Tensor.ones(DType.F64, 600));
      assertThat(print(hidden)).isEqualTo("[1. 1. 1. ... 1. 1. 1.]");
    }
  }

  @Nested
  class Tensors {

    @Test
    void printTheirNumbersOrTheirName() {
      Tensor x = Tensor.of(1, 2.5);
      assertThat(x).hasToString("[1.  2.5]");
      assertThat(x.named("Z1")).hasToString("Z1");
      assertThat(Parameter.of("w", Tensor.of(1, 2.5))).hasToString("w = [1.  2.5]");
    }
  }
}
