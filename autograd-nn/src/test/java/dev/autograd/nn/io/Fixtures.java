package dev.autograd.nn.io;

import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/** What several tests of files need. */
final class Fixtures {

  private Fixtures() {}

  /** Returns the value of a key that is there. */
  static <T> T in(Map<String, T> values, String key) {
    return Objects.requireNonNull(values.get(key), key);
  }

  /** Returns the bytes of hexadecimal digits, as a format document prints them. */
  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
  }
}
