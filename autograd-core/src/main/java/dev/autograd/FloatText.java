package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Floating-point numbers as NumPy writes them: a column of equal width, with the points under each
 * other and at most eight digits behind; or one number alone, with all its digits.
 *
 * <p>A column is in scientific notation if its largest magnitude is 1e8 or more (1e6 for F32, which
 * has not more digits), its smallest but zero under 1e-4, or one more than 1,000 times the other.
 */
final class FloatText {

  private static final int MOST_DIGITS = 8;
  private static final double SMALLEST_PLAIN = 1e-4;
  private static final double WIDEST_PLAIN_RATIO = 1000;
  private static final double LARGEST_PLAIN_F32 = 1e6;
  private static final double LARGEST_PLAIN_COLUMN = 1e8;
  private static final double LARGEST_PLAIN_ALONE = 1e16;

  private final boolean single;
  private final boolean scientific;

  /** Characters before the point, the sign included. */
  private final int left;

  /** Digits after the point. */
  private final int right;

  private final int exponentDigits;
  private final int width;

  private FloatText(boolean single, double... shown) {
    double[] finite = Arrays.stream(shown).filter(Double::isFinite).toArray();
    this.single = single;
    scientific = scientific(single, finite);
    int digitsBefore = 0;
    int digitsAfter = 0;
    int digitsOfExponent = 0;
    for (double value : finite) {
      BigDecimal decimal = decimal(value);
      int sign = negative(value) ? 1 : 0;
      digitsBefore = Math.max(digitsBefore, sign + integerPart(decimal).length());
      digitsAfter = Math.max(digitsAfter, fractionPart(decimal).length());
      digitsOfExponent = Math.max(digitsOfExponent, exponentPart(decimal, 2).length() - 2);
    }
    right = digitsAfter;
    exponentDigits = digitsOfExponent;
    int behind = 1 + right + (scientific ? 2 + exponentDigits : 0);
    left = Math.max(digitsBefore, longestWord(shown) - behind);
    width = left + behind;
  }

  /** Returns the common format of those elements that are shown. */
  static FloatText column(NdArray x, int... shown) {
    return new FloatText(
        x.dtype() == DType.F32, Arrays.stream(shown).mapToDouble(x::doubleAt).toArray());
  }

  /** Returns a number of this column's, filled up to its width. */
  String text(double value) {
    if (!Double.isFinite(value)) {
      return padded(word(value), width);
    }
    BigDecimal decimal = scientific ? number(value).filled(right) : decimal(value);
    String before = padded((negative(value) ? "-" : "") + integerPart(decimal), left);
    String after = fractionPart(decimal);
    String fill = (scientific ? "0" : " ").repeat(right - after.length());
    return before + "." + after + fill + (scientific ? exponentPart(decimal, exponentDigits) : "");
  }

  /** Returns a single number with as many digits as tell it from its neighbours: {@code 0.1}. */
  static String alone(double value, DType dtype) {
    if (!Double.isFinite(value)) {
      return word(value);
    }
    boolean single = dtype == DType.F32;
    BigDecimal decimal = new ShortestDecimal(value, single).magnitude(Integer.MAX_VALUE);
    String sign = negative(value) ? "-" : "";
    double magnitude = Math.abs(value);
    if (magnitude == 0
        || (magnitude >= SMALLEST_PLAIN
            && magnitude < (single ? LARGEST_PLAIN_F32 : LARGEST_PLAIN_ALONE))) {
      String fraction = plainFraction(decimal);
      return sign + plainInteger(decimal) + "." + (fraction.isEmpty() ? "0" : fraction);
    }
    String digits = digits(decimal);
    String point = digits.length() == 1 ? "" : ".";
    return sign + digits.charAt(0) + point + digits.substring(1) + exponentPart(decimal, 2);
  }

  private static boolean scientific(boolean single, double... finite) {
    double[] magnitudes = Arrays.stream(finite).map(Math::abs).filter(x -> x != 0).toArray();
    if (magnitudes.length == 0) {
      return false;
    }
    double largest = Arrays.stream(magnitudes).max().getAsDouble();
    double smallest = Arrays.stream(magnitudes).min().getAsDouble();
    return single
        ? largest >= LARGEST_PLAIN_F32
            || (float) smallest < (float) SMALLEST_PLAIN
            || (float) largest / (float) smallest > (float) WIDEST_PLAIN_RATIO
        : largest >= LARGEST_PLAIN_COLUMN
            || smallest < SMALLEST_PLAIN
            || largest / smallest > WIDEST_PLAIN_RATIO;
  }

  private ShortestDecimal number(double value) {
    return new ShortestDecimal(value, single);
  }

  private BigDecimal decimal(double value) {
    return scientific
        ? number(value).significant(MOST_DIGITS)
        : number(value).magnitude(MOST_DIGITS);
  }

  private String integerPart(BigDecimal decimal) {
    return scientific ? digits(decimal).substring(0, 1) : plainInteger(decimal);
  }

  private String fractionPart(BigDecimal decimal) {
    return scientific ? digits(decimal).substring(1) : plainFraction(decimal);
  }

  private static String plainInteger(BigDecimal decimal) {
    return decimal.toBigInteger().toString();
  }

  private static String plainFraction(BigDecimal decimal) {
    String plain = decimal.stripTrailingZeros().toPlainString();
    int point = plain.indexOf('.');
    return point < 0 ? "" : plain.substring(point + 1);
  }

  private static String digits(BigDecimal decimal) {
    return decimal.stripTrailingZeros().unscaledValue().toString();
  }

  private static String exponentPart(BigDecimal decimal, int leastDigits) {
    int exponent = ShortestDecimal.exponent(decimal);
    String digits = Integer.toString(Math.abs(exponent));
    String zeros = "0".repeat(Math.max(0, leastDigits - digits.length()));
    return (exponent < 0 ? "e-" : "e+") + zeros + digits;
  }

  private static boolean negative(double value) {
    return Double.compare(value, 0) < 0;
  }

  private static int longestWord(double... shown) {
    int length = 0;
    for (double value : shown) {
      if (!Double.isFinite(value)) {
        length = Math.max(length, word(value).length());
      }
    }
    return length;
  }

  private static String word(double value) {
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }

  private static String padded(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
