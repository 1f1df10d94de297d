package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation is in the catalogue; those that are not tested there are named with the reason.
 */
class CatalogueTest {

  @TestFactory
  Stream<DynamicTest> everyOperationHasCases() {
    return Catalogue.methods().stream()
        .filter(op -> !Catalogue.EXEMPT.containsKey(op.signature()))
        .map(op -> DynamicTest.dynamicTest(op.signature(), () -> requireCases(op)));
  }

  private static void requireCases(OpMethod op) {
    assertThat(Catalogue.casesOf(op))
        .as(
            "cases of %s: give its formula to one of the families of cases, or exempt it with a reason",
            op.signature())
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @Test
  void exemptMethodsExistAndHaveNoCases() {
    List<String> signatures = Catalogue.methods().stream().map(OpMethod::signature).toList();

    assertThat(signatures).containsAll(Catalogue.EXEMPT.keySet());
    assertThat(Catalogue.cases()).noneMatch(c -> Catalogue.EXEMPT.containsKey(c.op().signature()));
  }

  @Test
  void reflectionSeesTheOperations() {
    assertThat(Catalogue.methods()).hasSizeGreaterThan(100);
    assertThat(Catalogue.cases()).hasSizeGreaterThan(800).doesNotHaveDuplicates();
  }
}
