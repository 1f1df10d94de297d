package dev.autograd.examples.training;

import dev.autograd.Tensor;
import dev.autograd.nn.data.Standardizer;
import dev.autograd.nn.io.CsvTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table with a model's answers behind its columns: the class and the probability of each class,
 * or the number.
 *
 * @param header the names of the columns
 * @param rows the fields of each row
 */
public record Predictions(List<String> header, List<List<String>> rows) {

  /** Takes what cannot change afterwards. */
  public Predictions {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * Returns the answers for all rows of a table.
   *
   * @throws dev.autograd.nn.io.FormatException if it lacks a column that was learned from
   * @throws dev.autograd.examples.input.InvalidInputException if a value cannot be used
   */
  public static Predictions of(TableModel model, CsvTable table) {
    Tensor outputs = model.outputs(model.features().ofAll(table));
    List<String> header = new ArrayList<>(table.header());
    header.add("predicted " + model.target());
    model.labels().forEach(label -> header.add("probability of " + label));
    List<List<String>> answers = answers(model, outputs);
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < answers.size(); row++) {
      List<String> fields = new ArrayList<>(table.rows().get(row).fields());
      fields.addAll(answers.get(row));
      rows.add(fields);
    }
    return new Predictions(header, rows);
  }

  private static List<List<String>> answers(TableModel model, Tensor outputs) {
    List<List<String>> answers = new ArrayList<>();
    if (model.units().isPresent()) {
      Standardizer units = model.units().get();
      for (double number : units.inverse(outputs).toDoubleArray()) {
        answers.add(List.of(Double.toString(number)));
      }
      return answers;
    }
    int[] classes = model.objective().classes(outputs);
    double[][] probabilities = model.objective().probabilities(outputs).toDoubleMatrix();
    for (int row = 0; row < classes.length; row++) {
      List<String> answer = new ArrayList<>(List.of(model.labels().get(classes[row])));
      for (double probability : probabilities[row]) {
        answer.add(String.format(Locale.ROOT, "%.6f", probability));
      }
      answers.add(answer);
    }
    return answers;
  }

  /** Returns the header and the rows. */
  public List<List<String>> lines() {
    List<List<String>> lines = new ArrayList<>(List.of(header));
    lines.addAll(rows);
    return lines;
  }
}
