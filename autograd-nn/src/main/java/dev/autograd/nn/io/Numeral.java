package dev.autograd.nn.io;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How numbers, and numbers that are not known, are written in a table. */
public final class Numeral {

  /** Stricter than {@link Double#parseDouble}, to which a label such as "2d" is a number. */
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private static final Set<String> MISSING = Set.of("", "?", "na", "n/a", "nan", "null");
  private static final Set<String> INFINITE = Set.of("inf", "infinity");

  private Numeral() {}

  /** Returns whether a text is a decimal number, as {@code -1.5e3}. */
  public static boolean matches(String text) {
    return DECIMAL.matcher(text).matches();
  }

  /**
   * Returns whether a text stands for a value that is not known: nothing, {@code ?}, {@code NA},
   * {@code N/A}, {@code NaN} or {@code null}.
   */
  public static boolean isMissing(String text) {
    return MISSING.contains(text.strip().toLowerCase(Locale.ROOT));
  }

  /** Returns whether a text stands for an infinite number, or for one too large for a double. */
  public static boolean isInfinite(String text) {
    String unsigned = text.replaceFirst("^[+-]", "").toLowerCase(Locale.ROOT);
    return INFINITE.contains(unsigned)
        || (matches(text) && Double.isInfinite(Double.parseDouble(text)));
  }
}
