package dev.autograd.conventions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What an operation does at a point where somebody has to choose: one row of {@code
 * conventions.tsv}.
 *
 * @param title what the point is about; rows with the same one are aliases of each other
 * @param operation the operation, as {@link ConventionOps} names it
 * @param at the operands: elements divided by ",", operands by ";"
 * @param value the result, or "error" if the call is refused
 * @param gradient per operand, with an upstream gradient of 1 everywhere
 * @param pytorch what PyTorch has for the gradient (and the value, where that differs): "=" for the
 *     same, "-" for not known
 * @param jax what JAX has
 * @param note why, where it is not obvious
 */
public record Convention(
    String title,
    String operation,
    String at,
    String value,
    String gradient,
    String pytorch,
    String jax,
    String note) {

  private static final String REFUSED = "error";

  /** Returns all rows, in the order of the file. */
  public static List<Convention> all() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Convention.class.getResourceAsStream("conventions.tsv")),
                StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(Convention::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Convention parse(String line) {
    String[] cells = line.split("\t", -1);
    return new Convention(
        cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]);
  }

  /** Returns whether the call is refused. */
  boolean isRefused() {
    return value.equals(REFUSED);
  }

  List<double[]> operands() {
    return lists(at);
  }

  double[] expectedValue() {
    return numbers(value);
  }

  List<double[]> expectedGradients() {
    return lists(gradient);
  }

  private static List<double[]> lists(String text) {
    return Arrays.stream(text.split(";")).map(Convention::numbers).toList();
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  @Override
  public String toString() {
    return operation + " at " + at + " (" + title + ")";
  }
}
