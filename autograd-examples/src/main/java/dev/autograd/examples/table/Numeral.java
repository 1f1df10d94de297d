package dev.autograd.examples.table;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How numbers, and numbers that are not known, are written in a file. */
final class Numeral {

  /** Stricter than {@link Double#parseDouble}, to which a label such as "2d" is a number. */
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private static final Set<String> MISSING = Set.of("", "?", "na", "n/a", "nan", "null");
  private static final Set<String> INFINITE = Set.of("inf", "infinity");

  private Numeral() {}

  /** Returns whether a text is a decimal number. */
  static boolean matches(String text) {
    return DECIMAL.matcher(text).matches();
  }

  /** Returns whether a text stands for a value that is not known. */
  static boolean isMissing(String text) {
    return MISSING.contains(text.strip().toLowerCase(Locale.ROOT));
  }

  /** Returns whether a text stands for an infinite number, or for one too large for a double. */
  static boolean isInfinite(String text) {
    String unsigned = text.replaceFirst("^[+-]", "").toLowerCase(Locale.ROOT);
    return INFINITE.contains(unsigned)
        || (matches(text) && Double.isInfinite(Double.parseDouble(text)));
  }
}
