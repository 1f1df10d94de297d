package dev.autograd.conventions;

import dev.autograd.docs.GeneratedPage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about conventions is what the table says. */
class ConventionPageTest {

  private static final String HEAD =
      """
      # Conventions: values and slopes where somebody has to choose

      At kinks, ties, poles, borders, in saturation and at NaN, mathematics leaves the derivative open, or rounding decides.
      These are this library's choices, and where PyTorch and JAX are known to differ. The rules behind them: the true
      derivative where there is one; at a kink of `max` and `min` type, equal operands share evenly; a step has slope 0; limits of
      `clamp` count as inside; a branch not taken and a masked element send nothing, whatever their slope; a NaN stays visible.

      Reading a row: elements are divided by commas, operands and their gradients by semicolons; the upstream gradient is 1
      everywhere. `=` means the same gradient, `-` not known. **Bold** where another library differs.

      Not here, because the library has no such operation: hardsigmoid, hardswish, cummax, median, sort, xlogy.

      """;

  @Test
  void pageIsThatOfTheTable() {
    String rows =
        Convention.all().stream().map(ConventionPageTest::row).collect(Collectors.joining("\n"));
    GeneratedPage.of("conventions.md")
        .assertIs(
            HEAD
                + "| | operation | at | value | gradient | PyTorch | JAX | |\n"
                + "|---|---|---|---|---|---|---|---|\n"
                + rows
                + "\n");
  }

  private static String row(Convention c) {
    return String.join(
        " | ",
        "| " + c.title(),
        code(c.operation()),
        code(c.at()),
        code(c.value()),
        c.gradient().isEmpty() ? "" : code(c.gradient()),
        other(c.pytorch()),
        other(c.jax()),
        c.note() + " |");
  }

  private static String other(String cell) {
    return cell.equals("=") || cell.equals("-") ? cell : "**" + cell + "**";
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
