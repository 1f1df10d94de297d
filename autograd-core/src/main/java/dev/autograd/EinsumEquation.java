package dev.autograd;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An equation of {@link Einsum}, read for given shapes: a letter per axis of each operand and of
 * the output. The axes of an ellipsis get letters of their own, counted from its end, because
 * ellipses broadcast right-aligned.
 */
final class EinsumEquation {

  private static final String ELLIPSIS = "...";

  /** The letter of an ellipsis' last axis; those before it follow. Of no alphabet. */
  private static final char LAST = '\uE000';

  private final String text;
  private final List<Shape> shapes;
  private final List<String> terms = new ArrayList<>();
  private final String output;

  /** The size of each letter, and the operand it has it in. */
  private final Map<Character, Integer> sizes = new TreeMap<>();

  private final Map<Character, Integer> owners = new TreeMap<>();

  private EinsumEquation(String text, List<Shape> shapes) {
    this.text = text;
    this.shapes = shapes;
    String spaceless = text.replace(" ", "");
    int arrow = spaceless.indexOf("->");
    String left = arrow < 0 ? spaceless : spaceless.substring(0, arrow);
    String[] written = left.split(",", -1);
    if (written.length != shapes.size()) {
      throw new ShapeException(
          message(
              "has "
                  + written.length
                  + " terms for "
                  + shapes.size()
                  + " operands; write one term per operand"));
    }
    int ellipsis = 0;
    for (int i = 0; i < written.length; i++) {
      terms.add(expanded(written[i], i));
      ellipsis = Math.max(ellipsis, ellipsisRank(written[i], i));
    }
    for (int i = 0; i < written.length; i++) {
      measure(i);
    }
    output =
        arrow < 0
            ? implied(ellipsis)
            : checkedOutput(withEllipsis(spaceless.substring(arrow + 2), ellipsis));
  }

  /**
   * Reads an equation.
   *
   * @throws IllegalArgumentException if it is malformed
   * @throws ShapeException if it does not fit the shapes
   */
  static EinsumEquation of(String text, List<Shape> shapes) {
    return new EinsumEquation(text, shapes);
  }

  /** Returns the letters of an operand's axes. */
  String term(int i) {
    return terms.get(i);
  }

  /** Returns the letters of the output's axes. */
  String output() {
    return output;
  }

  /** Returns the letters for which an operand has size 1 and another has a larger one, or 0. */
  String repeatedAxes(int i) {
    StringBuilder repeated = new StringBuilder();
    for (int axis = 0; axis < term(i).length(); axis++) {
      char letter = term(i).charAt(axis);
      if (shapes.get(i).dim(axis) != size(letter)) {
        repeated.append(letter);
      }
    }
    return repeated.toString();
  }

  private int size(char letter) {
    return Objects.requireNonNull(sizes.get(letter));
  }

  private String expanded(String term, int i) {
    String full = withEllipsis(term, ellipsisRank(term, i));
    if (full.length() != shapes.get(i).rank()) {
      throw new ShapeException(
          message(
              "names "
                  + full.length()
                  + " axes of operand "
                  + i
                  + ", which is "
                  + shapes.get(i)
                  + "; write one letter per axis"));
    }
    return full;
  }

  private int ellipsisRank(String term, int i) {
    int named = term.length() - ELLIPSIS.length();
    return term.contains(ELLIPSIS) ? Math.max(0, shapes.get(i).rank() - named) : 0;
  }

  /** Replaces the ellipsis, if there is one, by letters, and checks the others. */
  private String withEllipsis(String term, int rank) {
    StringBuilder letters = new StringBuilder();
    for (int i = rank - 1; i >= 0; i--) {
      letters.append((char) (LAST + i));
    }
    int at = term.indexOf(ELLIPSIS);
    String named = at < 0 ? term : term.substring(0, at) + term.substring(at + ELLIPSIS.length());
    named.chars().forEach(this::requireLetter);
    return at < 0 ? term : new StringBuilder(named).insert(at, letters).toString();
  }

  private void requireLetter(int c) {
    boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!isLetter) {
      throw new IllegalArgumentException(
          message(
              "has '"
                  + (char) c
                  + "' where a letter must stand; write letters, at most one ... per term, commas"
                  + " and one ->"));
    }
  }

  private void measure(int i) {
    String term = term(i);
    for (int axis = 0; axis < term.length(); axis++) {
      char letter = term.charAt(axis);
      int size = shapes.get(i).dim(axis);
      int first = term.indexOf(letter);
      if (shapes.get(i).dim(first) != size) {
        throw conflict(letter, shapes.get(i).dim(first), i, size, i, "equal for a diagonal");
      }
      Integer known = sizes.get(letter);
      if (known == null || known == 1) {
        sizes.put(letter, size);
        owners.put(letter, i);
      } else if (size != 1 && size != known) {
        int owner = Objects.requireNonNull(owners.get(letter));
        throw conflict(letter, known, owner, size, i, "equal or 1");
      }
    }
  }

  private ShapeException conflict(
      char letter, int size, int operand, int other, int otherOperand, String rule) {
    return new ShapeException(
        message(
            "gives "
                + named(letter)
                + " size "
                + size
                + " in operand "
                + operand
                + ", which is "
                + shapes.get(operand)
                + ", and size "
                + other
                + " in operand "
                + otherOperand
                + ", which is "
                + shapes.get(otherOperand)
                + "; the sizes must be "
                + rule));
  }

  /** The axes of the ellipses, then the letters that stand once, in order. */
  private String implied(int ellipsis) {
    String all = String.join("", terms);
    StringBuilder once = new StringBuilder(withEllipsis(ELLIPSIS, ellipsis));
    for (char letter : sizes.keySet()) {
      if (letter < LAST && all.indexOf(letter) == all.lastIndexOf(letter)) {
        once.append(letter);
      }
    }
    return once.toString();
  }

  private String checkedOutput(String letters) {
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if (letters.indexOf(letter) != letters.lastIndexOf(letter)) {
        throw new IllegalArgumentException(
            message(
                "names "
                    + named(letter)
                    + " twice in the output; name it once, see diagonalMatrix"));
      }
      if (!sizes.containsKey(letter)) {
        throw new IllegalArgumentException(
            message("names " + named(letter) + " in the output only; no operand has such an axis"));
      }
    }
    return letters;
  }

  private String message(String problem) {
    return "einsum: \"" + text + "\" " + problem;
  }

  private static String named(char letter) {
    return letter < LAST
        ? String.valueOf(letter)
        : "axis " + (LAST - letter - 1) + " of the ellipsis";
  }
}
