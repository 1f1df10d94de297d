package dev.autograd.catalogue;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An einsum by its definition: a loop per letter around one product. The axes of an ellipsis are
 * named by digits, the last one 0.
 */
final class EinsumLoops {

  private final List<String> terms = new ArrayList<>();
  private final List<Grid> operands;
  private final Map<Character, Integer> sizes = new TreeMap<>();
  private final String output;

  private EinsumLoops(String equation, List<Grid> operands) {
    this.operands = operands;
    String[] sides = equation.replace(" ", "").split("->", -1);
    String[] written = sides[0].split(",", -1);
    int dots = 0;
    for (int i = 0; i < written.length; i++) {
      int rank = operands.get(i).shape().rank() - written[i].replace("...", "").length();
      dots = Math.max(dots, rank);
      terms.add(written[i].replace("...", digits(rank)));
      for (int axis = 0; axis < terms.get(i).length(); axis++) {
        int size = operands.get(i).shape().dim(axis);
        sizes.merge(terms.get(i).charAt(axis), size, (a, b) -> a == 1 ? b : a);
      }
    }
    output = sides.length > 1 ? sides[1].replace("...", digits(dots)) : digits(dots) + once();
  }

  static Grid of(String equation, List<Grid> operands) {
    return new EinsumLoops(equation, operands).value();
  }

  private static String digits(int rank) {
    List<String> digits = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      digits.add(String.valueOf(i));
    }
    Collections.reverse(digits);
    return String.join("", digits);
  }

  private String once() {
    StringBuilder once = new StringBuilder();
    String all = String.join("", terms);
    for (char letter : sizes.keySet()) {
      if (Character.isLetter(letter) && all.indexOf(letter) == all.lastIndexOf(letter)) {
        once.append(letter);
      }
    }
    return once.toString();
  }

  private Grid value() {
    int[] dims = output.chars().map(letter -> size((char) letter)).toArray();
    return Grid.generate(
        Shape.of(dims),
        index -> {
          Map<Character, Integer> place = new TreeMap<>();
          for (int axis = 0; axis < index.length; axis++) {
            place.put(output.charAt(axis), index[axis]);
          }
          List<Character> open = new ArrayList<>(sizes.keySet());
          open.removeAll(place.keySet());
          return sum(open, place);
        });
  }

  private int size(char letter) {
    return sizes.getOrDefault(letter, -1);
  }

  private double sum(List<Character> open, Map<Character, Integer> place) {
    if (open.isEmpty()) {
      double product = 1;
      for (int i = 0; i < operands.size(); i++) {
        product *= operands.get(i).repeatedAt(index(terms.get(i), place));
      }
      return product;
    }
    double sum = 0;
    for (int at = 0; at < size(open.get(0)); at++) {
      place.put(open.get(0), at);
      sum += sum(open.subList(1, open.size()), place);
    }
    return sum;
  }

  private static int[] index(String term, Map<Character, Integer> place) {
    int[] index = new int[term.length()];
    Arrays.setAll(index, axis -> place.getOrDefault(term.charAt(axis), -1));
    return index;
  }
}
