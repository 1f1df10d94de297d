package dev.autograd.examples.table;

import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.nn.io.CsvTable;
import dev.autograd.nn.io.FormatException;
import dev.autograd.nn.io.Numeral;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a network shall learn from a row: one of several classes, or a number. */
public sealed interface Target {

  /** The most different whole numbers that are still taken for classes. */
  int MOST_NUMBERED_CLASSES = 20;

  /** Returns the column's name. */
  String name();

  /** Returns how the column was understood, in words for the user. */
  String reading();

  /**
   * A column of classes.
   *
   * @param labels the classes' names, in order
   * @param classes the number of each row's class, from 0
   */
  record Classes(String name, List<String> labels, List<Integer> classes) implements Target {

    private static final int MOST_LISTED = 6;

    @Override
    public String reading() {
      if (labels.size() > MOST_LISTED) {
        return labels.size() + " classes";
      }
      return IntStream.range(0, labels.size())
          .mapToObj(i -> labels.get(i) + " (" + Collections.frequency(classes, i) + ")")
          .collect(Collectors.joining(", ", "classes ", ""));
    }

    /** Returns whether the classes' names are numbers. */
    public boolean numbered() {
      return labels.stream().allMatch(Numeral::matches);
    }

    /** Returns the classes of some rows. */
    int[] of(int... rows) {
      return IntStream.of(rows).map(classes::get).toArray();
    }
  }

  /**
   * A column of numbers.
   *
   * @param values one per row
   */
  record Numbers(String name, List<Double> values) implements Target {

    @Override
    public String reading() {
      return "a number, " + values.stream().distinct().count() + " different values";
    }

    /** Returns the numbers of some rows. */
    double[] of(int... rows) {
      return IntStream.of(rows).mapToDouble(values::get).toArray();
    }
  }

  /**
   * Returns the column to learn, understood by what is in it. Texts are classes. Numbers are
   * classes if they are whole, at most {@value #MOST_NUMBERED_CLASSES} different ones, and each
   * stands in two rows on average; otherwise they are numbers, as they are if regression is asked
   * for.
   *
   * @throws InvalidInputException if there is no such column, or nothing can be learned from it
   */
  static Target of(CsvTable table, String name, boolean regression) {
    int index = table.column(name);
    Column column = Column.target(table, index);
    if (column instanceof Column.Numbers numbers) {
      return ofNumbers(table, index, numbers.values(), regression);
    }
    if (regression) {
      throw new InvalidInputException(
          table.place(0, index)
              + ": "
              + FormatException.quote(table.field(0, index))
              + " is no number; leave out --regression to learn texts as classes");
    }
    return classes(table, index, Comparator.naturalOrder());
  }

  private static Target ofNumbers(
      CsvTable table, int index, List<Double> values, boolean regression) {
    long different = values.stream().distinct().count();
    if (different == 1) {
      throw new InvalidInputException(
          table.place(index)
              + ": all rows have the value "
              + FormatException.quote(table.field(0, index))
              + ", there is nothing to learn; choose another --target");
    }
    boolean whole = values.stream().allMatch(v -> v == Math.rint(v));
    boolean few = different <= MOST_NUMBERED_CLASSES && 2 * different <= values.size();
    if (whole && few && !regression) {
      return classes(table, index, Comparator.comparing(Double::valueOf));
    }
    String name = table.header().get(index);
    return new Numbers(name, values);
  }

  private static Target classes(CsvTable table, int index, Comparator<String> order) {
    List<String> fields = table.rows().stream().map(row -> row.fields().get(index)).toList();
    Set<String> different = new TreeSet<>(order);
    different.addAll(fields);
    List<String> labels = List.copyOf(different);
    List<Integer> classes =
        fields.stream().map(field -> Collections.binarySearch(labels, field, order)).toList();
    checkLearnable(table, index, labels, classes);
    return new Classes(table.header().get(index), labels, classes);
  }

  private static void checkLearnable(
      CsvTable table, int index, List<String> labels, List<Integer> classes) {
    if (labels.size() == 1) {
      throw new InvalidInputException(
          table.place(index)
              + ": all rows are of the class "
              + FormatException.quote(labels.get(0))
              + "; at least two classes are needed, so choose another --target");
    }
    if (labels.size() > 2 && 2 * labels.size() > classes.size()) {
      throw new InvalidInputException(
          table.place(index)
              + ": has "
              + labels.size()
              + " different texts in "
              + classes.size()
              + " rows, too many for classes; choose another --target");
    }
    for (int label = 0; label < labels.size(); label++) {
      if (Collections.frequency(classes, label) == 1) {
        throw new InvalidInputException(
            table.place(classes.indexOf(label), index)
                + ": is the only row of the class "
                + FormatException.quote(labels.get(label))
                + "; a class needs two, to train and to test on: add a row, or remove this one");
      }
    }
  }
}
