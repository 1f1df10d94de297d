package dev.autograd.golden;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a deviation applies: terms joined by "and", each a relation between products of names and
 * numbers, {@code beta*x > threshold}. A name is an operand (its element at the place in question),
 * an attribute, {@code value} (the expected result at that place) or {@code expected} (the expected
 * number itself). {@code any x = NaN} looks at all elements. NaN equals NaN, and -0 is not 0.
 */
record Condition(String text) {

  private static final Pattern TERM = Pattern.compile("(any )?(\\S+) (=|<|>) (\\S+)");

  boolean holds(GoldenCase golden, Mismatch mismatch) {
    return Arrays.stream(text.split(" and ", -1)).allMatch(term -> holds(term, golden, mismatch));
  }

  private static boolean holds(String term, GoldenCase golden, Mismatch mismatch) {
    Matcher parts = TERM.matcher(term.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException("no condition: " + term);
    }
    Place place = new Place(golden, mismatch);
    OptionalDouble right = place.product(parts.group(4));
    if (right.isEmpty()) {
      return false;
    }
    DoublePredicate relation = relation(parts.group(3), right.getAsDouble());
    if (parts.group(1) != null) {
      return Arrays.stream(place.elements(parts.group(2))).anyMatch(relation);
    }
    OptionalDouble left = place.product(parts.group(2));
    return left.isPresent() && relation.test(left.getAsDouble());
  }

  private static DoublePredicate relation(String sign, double right) {
    return switch (sign) {
      case "<" -> left -> left < right;
      case ">" -> left -> left > right;
      default -> left -> Double.compare(left, right) == 0;
    };
  }

  /** What names mean at the place of a mismatch. */
  private record Place(GoldenCase golden, Mismatch mismatch) {

    OptionalDouble product(String factors) {
      double product = 1;
      for (String factor : factors.split("\\*", -1)) {
        OptionalDouble value = value(factor);
        if (value.isEmpty()) {
          return OptionalDouble.empty();
        }
        product *= value.getAsDouble();
      }
      return OptionalDouble.of(product);
    }

    private OptionalDouble value(String name) {
      return switch (name) {
        case "expected" -> OptionalDouble.of(mismatch.expected());
        case "value" -> here(Json.numbers(golden.json().path("output").path("data")));
        case "beta", "threshold", "exponent" -> attribute(name);
        default ->
            isOperand(name) ? here(elements(name)) : OptionalDouble.of(Double.parseDouble(name));
      };
    }

    private OptionalDouble attribute(String name) {
      double otherwise = name.equals("threshold") ? 20 : 1;
      return OptionalDouble.of(new Attributes(golden.json().path("attrs")).number(name, otherwise));
    }

    private boolean isOperand(String name) {
      return golden.names(false).contains(name);
    }

    double[] elements(String name) {
      List<GoldenCase.Operand> found =
          golden.inputs().stream().filter(input -> input.name().equals(name)).toList();
      return found.isEmpty() ? new double[0] : found.get(0).values();
    }

    /** Returns the element at the place, if the array has that place. */
    private OptionalDouble here(double[] elements) {
      if (elements.length == 1) {
        return OptionalDouble.of(elements[0]);
      }
      return elements.length == mismatch.size()
          ? OptionalDouble.of(elements[mismatch.index()])
          : OptionalDouble.empty();
    }
  }
}
