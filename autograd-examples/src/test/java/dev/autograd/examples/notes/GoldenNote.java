package dev.autograd.examples.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Operands of a note's network and each gradient the note names, from {@code golden/notes.tsv}:
 * values that other software computed by the notes' own formulas.
 *
 * @param operands by name; those to be differentiated by ask for gradients
 * @param gradients by the letters of their names
 */
record GoldenNote(Map<String, Tensor> operands, Map<String, Tensor> gradients) {

  private static final double ROUNDING = 1e-14;

  static GoldenNote of(String name) {
    GoldenNote note = new GoldenNote(new TreeMap<>(), new TreeMap<>());
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(GoldenNote.class.getResourceAsStream("/golden/notes.tsv")),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(line -> List.of(line.split("\t", -1)))
          .filter(fields -> fields.get(0).equals(name))
          .forEach(fields -> note.add(fields.get(1), fields.get(2), tensor(fields)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(note.gradients()).isNotEmpty();
    return note;
  }

  private static Tensor tensor(List<String> fields) {
    int[] dims = numbers(fields.get(3), ",").mapToInt(Integer::parseInt).toArray();
    double[] values = numbers(fields.get(4), " ").mapToDouble(Double::parseDouble).toArray();
    return Tensor.of(Shape.of(dims), values);
  }

  private static Stream<String> numbers(String text, String separator) {
    return text.isEmpty() ? Stream.empty() : Stream.of(text.split(separator, -1));
  }

  private void add(String kind, String name, Tensor value) {
    if (kind.equals("gradient")) {
      gradients.put(letters(name), value);
    } else {
      operands.put(name, kind.equals("leaf") ? value.withGrad() : value);
    }
  }

  Tensor operand(String name) {
    return Objects.requireNonNull(operands.get(name), name);
  }

  /** Checks that formulas and gradients are the golden ones, all of them. */
  void assertHolds(List<Equation> equations) {
    assertThat(equations)
        .extracting(equation -> letters(equation.name()))
        .containsExactlyInAnyOrderElementsOf(gradients.keySet());
    for (Equation equation : equations) {
      double[] expected =
          Objects.requireNonNull(gradients.get(letters(equation.name()))).toDoubleArray();
      assertThat(equation.note().toDoubleArray())
          .as(equation.name())
          .containsExactly(expected, within(ROUNDING));
      assertThat(equation.gradient().toDoubleArray())
          .as(equation.name())
          .containsExactly(expected, within(ROUNDING));
      assertThat(equation.difference()).isLessThan(ROUNDING);
    }
  }

  private static String letters(String name) {
    return name.replaceAll("^(grad_|d[JL][_/]d|d_|d)", "").toLowerCase(Locale.ROOT);
  }
}
