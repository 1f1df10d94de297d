package dev.autograd.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.catalogue.Catalogue;
import dev.autograd.catalogue.OpMethod;
import dev.autograd.catalogue.SinglePrecision;
import dev.autograd.conventions.Convention;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One page of the documentation per family of operations, and a page that lists them all. */
class OperationPagesTest {

  /** Returns the families: the interfaces of a tensor, the classes it inherits from, the losses. */
  static List<Class<?>> families() {
    Set<Class<?>> families = new LinkedHashSet<>(Arrays.asList(Tensor.class.getInterfaces()));
    Catalogue.documented().map(OpMethod::owner).forEach(families::add);
    families.remove(Tensor.class);
    List<Class<?>> sorted = new ArrayList<>(families);
    sorted.sort((a, b) -> a.getSimpleName().compareTo(b.getSimpleName()));
    return sorted;
  }

  @ParameterizedTest
  @MethodSource("families")
  void pageIsThatOfTheSource(Class<?> family) {
    GeneratedPage.of(file(family)).assertIs(page(family));
  }

  @Test
  void indexListsEveryOperation() {
    StringBuilder index =
        new StringBuilder(
            """
            # Operations

            Every operation is a method of `Tensor` (a static one, where it has no tensor to stand on), losses are static methods of
            `Losses`; with derivatives of every order unless its page says otherwise. What happens at kinks, ties and poles is in [conventions](conventions.md);
            how to write your own in [custom operations](custom-ops.md).

            ## Single precision

            Results in F32 are compared with those in F64 of the same operands. The bound stated with each operation is in units in
            the last place of `|y| + Σ |∂y/∂x · x|`: the size of the result times one plus its condition number.

            ## Families

            | family | operations |
            |---|---|
            """);
    for (Class<?> family : families()) {
      String names =
          OperationSource.of(family).operations().stream()
              .map(op -> "`" + op.name() + "`")
              .distinct()
              .collect(Collectors.joining(" "));
      index.append("| [%s](%s) | %s |\n".formatted(family.getSimpleName(), file(family), names));
    }
    GeneratedPage.of("ops.md").assertIs(index.toString());
  }

  @Test
  void pagesHaveEveryOperationOfTheCatalogue() {
    Set<String> written =
        families().stream()
            .flatMap(family -> OperationSource.of(family).operations().stream())
            .map(OperationSource.Operation::name)
            .collect(Collectors.toSet());
    assertThat(Catalogue.documented().map(OpMethod::name))
        .filteredOn(name -> !name.equals("to"))
        .allSatisfy(name -> assertThat(written).contains(name));
  }

  private static String page(Class<?> family) {
    OperationSource source = OperationSource.of(family);
    StringBuilder page = new StringBuilder("# " + family.getSimpleName() + "\n\n");
    page.append(source.introduction()).append("\n\n[All operations](ops.md)\n");
    List<OperationSource.Operation> operations = source.operations();
    for (int i = 0; i < operations.size(); i++) {
      OperationSource.Operation op = operations.get(i);
      page.append("\n## `").append(op.call()).append("`\n\n").append(op.text()).append('\n');
      // What is known of all forms stands behind the last, which is the most general one.
      if (i + 1 == operations.size() || !operations.get(i + 1).name().equals(op.name())) {
        page.append(facts(op.name()));
      }
    }
    return page.toString();
  }

  /** Returns what the tests know of an operation: its domain, its precision, its conventions. */
  private static String facts(String name) {
    StringBuilder facts = new StringBuilder();
    Catalogue.differentiable()
        .filter(op -> op.name().equals(name))
        .map(OpMethod::smoothness)
        .filter(words -> !words.isEmpty())
        .findFirst()
        .ifPresent(
            words ->
                facts
                    .append("\nIts derivatives are compared with differences at operands ")
                    .append(words)
                    .append(".\n"));
    if (Catalogue.differentiable().anyMatch(op -> op.name().equals(name))) {
      facts.append(
          "\n[Single precision](ops.md#single-precision): %.0f ulp.\n"
              .formatted(SinglePrecision.bound(name)));
    }
    String choices =
        Convention.all().stream()
            .filter(row -> row.operation().startsWith(name + "("))
            .map(OperationPagesTest::choice)
            .collect(Collectors.joining());
    return facts + (choices.isEmpty() ? "" : "\n" + choices);
  }

  private static String choice(Convention row) {
    String text = "- `" + row.operation() + "` at `" + row.at() + "`: ";
    return row.value().equals("error")
        ? text + "refused\n"
        : text + "`" + row.value() + "`, gradient `" + row.gradient() + "`\n";
  }

  private static String file(Class<?> family) {
    return "ops-" + family.getSimpleName().toLowerCase(Locale.ROOT) + ".md";
  }
}
