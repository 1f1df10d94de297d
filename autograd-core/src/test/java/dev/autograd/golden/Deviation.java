package dev.autograd.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A choice that differs, on purpose, from that of the golden files: one row of {@code
 * deviations.tsv}.
 *
 * @param op the golden name of the operation
 * @param quantities what differs: "value", "gradient" or "both"
 * @param where the {@link Condition} that tells the places
 * @param attributes of the example, as JSON
 * @param operands of the example: elements divided by ",", operands by ";"
 * @param golden what the golden files have there: the value, then the gradients, with cotangent 1
 * @param here what this library has there
 * @param reason why, and on whose authority
 */
record Deviation(
    String op,
    String quantities,
    String where,
    String attributes,
    String operands,
    String golden,
    String here,
    String reason) {

  private static final int COLUMNS = 8;

  /** Returns all deviations, in the order of the file. */
  static List<Deviation> all() {
    return Table.ROWS;
  }

  /** Returns whether a mismatch of a case is what this row describes. */
  boolean explains(GoldenCase golden, Mismatch mismatch) {
    return golden.operations().contains(op)
        && (quantities.equals("both") || quantities.equals(mismatch.quantity().kind()))
        && new Condition(where).holds(golden, mismatch);
  }

  /**
   * Returns the example as a case of tier "convention": what the attributes' cell says if it names
   * inputs, else the operation on one-dimensional operands.
   */
  GoldenCase example() {
    ObjectNode json;
    try {
      json = (ObjectNode) new ObjectMapper().readTree(attributes);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    if (!json.has("inputs")) {
      ObjectNode attrs = json;
      json = attrs.objectNode();
      json.set("attrs", attrs);
      ArrayNode inputs = json.putArray("inputs");
      List<double[]> elements = lists(operands);
      for (int i = 0; i < elements.size(); i++) {
        addOperand(inputs, name(i, elements.size()), elements.get(i));
      }
    }
    json.put("id", op).put("kind", "op").put("op", op).put("tier", "convention");
    ArrayNode value = json.putObject("output").putArray("data");
    Arrays.stream(lists(golden).get(0)).forEach(value::add);
    return new GoldenCase(json);
  }

  private String name(int i, int count) {
    if (op.startsWith("bce")) {
      return i == 1 ? "y" : op.equals("bce") ? "p" : "x";
    }
    return count == 1 ? "x" : i == 0 ? "a" : "b";
  }

  private static void addOperand(ArrayNode inputs, String name, double... elements) {
    ObjectNode operand = inputs.addObject().put("name", name).put("grad", !name.equals("y"));
    operand.putArray("shape").add(elements.length);
    Arrays.stream(elements).forEach(operand.putArray("data")::add);
  }

  /** Returns lists of numbers: "1, 2; 3" are two lists. */
  static List<double[]> lists(String text) {
    return Arrays.stream(text.split(";", -1))
        .map(
            list ->
                Arrays.stream(list.split(",", -1))
                    .mapToDouble(number -> Double.parseDouble(number.strip()))
                    .toArray())
        .toList();
  }

  /** The rows, read once. */
  private static final class Table {
    private static final List<Deviation> ROWS = read();

    private static List<Deviation> read() {
      List<Deviation> rows = new ArrayList<>();
      try (InputStream file =
              Objects.requireNonNull(Deviation.class.getResourceAsStream("deviations.tsv"));
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
        lines.readLine();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          rows.add(row(line));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return List.copyOf(rows);
    }

    private static Deviation row(String line) {
      String[] cells = line.split("\t", -1);
      if (cells.length != COLUMNS) {
        throw new IllegalStateException(COLUMNS + " columns expected: " + line);
      }
      return new Deviation(
          cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]);
    }
  }
}
