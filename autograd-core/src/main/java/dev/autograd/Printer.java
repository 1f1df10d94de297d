package dev.autograd;

import dev.autograd.array.NdArray;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Blocks of numbers as text, character for character as NumPy 2 prints them with its default
 * settings: columns aligned, lines broken at 75 characters, and beyond 1,000 elements three at
 * either end of each axis.
 */
final class Printer {

  private static final int LINE = 75;
  private static final int MOST_ELEMENTS = 1000;
  private static final int AT_EITHER_END = 3;
  private static final String OMITTED = "...";
  private static final int GAP = -1;

  private final int[] dims;
  private final boolean shortened;
  private final IntFunction<String> words;
  private final StringBuilder text = new StringBuilder();

  private Printer(NdArray x) {
    dims = x.shape().toArray();
    shortened = x.size() > MOST_ELEMENTS;
    words = words(x, shown());
  }

  static String print(NdArray x) {
    int rank = x.shape().rank();
    if (rank == 0) {
      return alone(x);
    }
    if (x.size() == 0) {
      return rank == 1 ? "[]" : "[], shape=" + x.shape();
    }
    Printer printer = new Printer(x);
    printer.block(0, 0);
    return printer.text.toString();
  }

  private static String alone(NdArray x) {
    return switch (x.dtype()) {
      case F32, F64 -> FloatText.alone(x.doubleAt(0), x.dtype());
      case I32, I64 -> Long.toString(x.longAt(0));
      case BOOL -> x.longAt(0) != 0 ? "True" : "False";
    };
  }

  private static IntFunction<String> words(NdArray x, int... shown) {
    return switch (x.dtype()) {
      case F32, F64 -> {
        FloatText column = FloatText.column(x, shown);
        yield i -> column.text(x.doubleAt(i));
      }
      case I32, I64 -> {
        int width =
            Arrays.stream(shown).map(i -> Long.toString(x.longAt(i)).length()).max().orElse(0);
        yield i -> {
          String digits = Long.toString(x.longAt(i));
          return " ".repeat(width - digits.length()) + digits;
        };
      }
      case BOOL -> i -> x.longAt(i) != 0 ? " True" : "False";
    };
  }

  /** Returns the places along an axis that are shown, with {@link #GAP} for those between. */
  private int[] places(int axis) {
    int size = dims[axis];
    if (!shortened || size <= 2 * AT_EITHER_END) {
      return IntStream.range(0, size).toArray();
    }
    int[] places = new int[2 * AT_EITHER_END + 1];
    for (int i = 0; i < AT_EITHER_END; i++) {
      places[i] = i;
      places[places.length - 1 - i] = size - 1 - i;
    }
    places[AT_EITHER_END] = GAP;
    return places;
  }

  private int[] shown() {
    int[] elements = {0};
    for (int axis = 0; axis < dims.length; axis++) {
      int size = dims[axis];
      int[] inner = Arrays.stream(places(axis)).filter(place -> place != GAP).toArray();
      elements =
          Arrays.stream(elements)
              .flatMap(outer -> Arrays.stream(inner).map(place -> outer * size + place))
              .toArray();
    }
    return elements;
  }

  /** Appends what lies behind a place of the axes before, numbered in row-major order. */
  private void block(int axis, int outer) {
    text.append('[');
    if (axis == dims.length - 1) {
      row(axis, outer);
    } else {
      String border = "\n".repeat(dims.length - 1 - axis) + " ".repeat(axis + 1);
      String separator = "";
      for (int place : places(axis)) {
        text.append(separator);
        if (place == GAP) {
          text.append(OMITTED);
        } else {
          block(axis + 1, outer * dims[axis] + place);
        }
        separator = border;
      }
    }
    text.append(']');
  }

  private void row(int axis, int outer) {
    int indent = axis + 1;
    // Room for the brackets that close here.
    int limit = LINE - dims.length;
    int column = indent;
    for (int place : places(axis)) {
      String word = place == GAP ? OMITTED : words.apply(outer * dims[axis] + place);
      if (column > indent) {
        text.append(' ');
        column++;
        if (column + word.length() > limit) {
          breakLine(indent);
          column = indent;
        }
      }
      text.append(word);
      column += word.length();
    }
  }

  private void breakLine(int indent) {
    int end = text.length();
    while (text.charAt(end - 1) == ' ') {
      end--;
    }
    text.setLength(end);
    text.append('\n').append(" ".repeat(indent));
  }
}
