package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tape;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Under {@code CHECK_FINITE} no operation reports what it passes through on the way to finite
 * values and derivatives, and nothing comes out differently.
 */
class OpAnomalyTest {

  @TestFactory
  Stream<DynamicTest> finiteOperationsAreNotReported() {
    return Catalogue.differentiable()
        .map(
            op ->
                DynamicTest.dynamicTest(
                    op.signature(),
                    () -> Catalogue.casesOf(op).forEach(OpAnomalyTest::assertNotReported)));
  }

  private static void assertNotReported(OpCase c) {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      List<Grid> without = derivatives(c, dtype);
      if (without.stream()
          .flatMapToDouble(g -> Arrays.stream(g.values()))
          .allMatch(Double::isFinite)) {
        List<Grid> with;
        Tape tape = Tape.open(Tape.Option.CHECK_FINITE);
        try {
          with = derivatives(c, dtype);
        } finally {
          tape.close();
        }
        for (int i = 0; i < with.size(); i++) {
          assertThat(with.get(i).values()).as("%s %s", c, i).isEqualTo(without.get(i).values());
        }
      }
    }
  }

  /** Returns the value and the derivatives of first and second order. */
  private static List<Grid> derivatives(OpCase c, DType dtype) {
    List<Grid> all = new ArrayList<>();
    all.add(Grid.of(c.call().apply(Derivatives.leaves(c.operands(), dtype))));
    for (int order = 1; order <= 2; order++) {
      all.addAll(Derivatives.byLibrary(order, c.call(), c.operands(), dtype, c.seed()));
    }
    return all;
  }
}
