package dev.autograd.nn.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of Python's notation that headers of .npy files are written in: a dictionary whose keys
 * are strings and whose values are strings, {@code True}, {@code False}, and tuples of integers.
 */
final class PythonDictionary {

  private static final int MOST_DIGITS = 18;

  private final String place;
  private final String text;
  private int at;

  private PythonDictionary(String place, String text) {
    this.place = place;
    this.text = text;
  }

  /**
   * Returns the dictionary that a text is: keys with a {@code String}, a {@code Boolean}, or a
   * {@code List<Long>}.
   *
   * @param place what is read, for messages
   * @throws FormatException if it is anything else
   */
  static Map<String, Object> parse(String place, String text) {
    PythonDictionary parser = new PythonDictionary(place, text);
    Map<String, Object> fields = parser.dictionary();
    parser.requireEnd();
    return fields;
  }

  private Map<String, Object> dictionary() {
    Map<String, Object> fields = new LinkedHashMap<>();
    require('{', "a dictionary, as {'descr': '<f8', ...}");
    while (!found('}')) {
      String key = string();
      require(':', "':' after a key");
      if (fields.put(key, value()) != null) {
        throw unexpected("each key once");
      }
      if (!found(',')) {
        require('}', "',' or '}' after a value");
        return fields;
      }
    }
    return fields;
  }

  private Object value() {
    return switch (peek()) {
      case '\'', '"' -> string();
      case '(' -> tuple();
      case 'T' -> word("True", true);
      case 'F' -> word("False", false);
      default -> throw unexpected("a string, True, False, or a tuple of integers");
    };
  }

  private String string() {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw unexpected("a string in quotation marks");
    }
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw unexpected("the end of a string");
    }
    String content = text.substring(at + 1, end);
    if (content.indexOf('\\') >= 0) {
      throw unexpected("a string without '\\'");
    }
    at = end + 1;
    return content;
  }

  private boolean word(String word, boolean value) {
    if (!text.startsWith(word, at)) {
      throw unexpected(word);
    }
    at += word.length();
    return value;
  }

  private List<Long> tuple() {
    List<Long> elements = new ArrayList<>();
    require('(', "a tuple");
    while (!found(')')) {
      elements.add(integer());
      if (!found(',')) {
        // In Python (3) is the number 3, and only (3,) a tuple.
        require(elements.size() > 1 ? ')' : ',', "',' after the only integer, or ')' after others");
        return elements;
      }
    }
    return elements;
  }

  private long integer() {
    peek();
    int start = at;
    while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
      at++;
    }
    if (at == start || at - start > MOST_DIGITS) {
      throw unexpected("an integer of 1 to " + MOST_DIGITS + " digits, 0 or more");
    }
    long value = Long.parseLong(text.substring(start, at));
    // Python 2 marked long integers so.
    found('L');
    return value;
  }

  private boolean found(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void require(char wanted, String description) {
    if (!found(wanted)) {
      throw unexpected(description);
    }
  }

  private void requireEnd() {
    if (peek() != 0) {
      throw unexpected("nothing after the dictionary");
    }
  }

  /** Returns the next character that is no space, or 0 at the end. */
  private char peek() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private FormatException unexpected(String wanted) {
    return new FormatException(
        place + ", character " + at,
        "there is "
            + (at < text.length() ? FormatException.quote(text.substring(at).strip()) : "the end")
            + " and should be "
            + wanted);
  }
}
