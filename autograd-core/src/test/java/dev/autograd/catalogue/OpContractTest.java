package dev.autograd.catalogue;

import dev.autograd.Activations;
import dev.autograd.Arithmetic;
import dev.autograd.Elementwise;
import dev.autograd.Rounding;
import dev.autograd.Tensor;
import dev.autograd.Trigonometry;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.check.Clause;
import dev.autograd.check.OpContract;
import dev.autograd.testkit.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation of the library keeps the contract that a user's operation is held to: operations
 * element by element at the shapes that the contract comes with, the others case by case.
 */
class OpContractTest {

  private static final Set<Class<?>> ELEMENTWISE =
      Set.of(
          Arithmetic.class,
          Rounding.class,
          Elementwise.class,
          Trigonometry.class,
          Activations.class);

  @TestFactory
  Stream<DynamicTest> isKept() {
    return Catalogue.differentiable()
        // It changes the element type, which is what the contract takes as given.
        .filter(op -> !op.name().equals("to"))
        .map(
            op ->
                DynamicTest.dynamicTest(
                    op.signature(), () -> contracts(op).forEach(OpContract::assertPasses)));
  }

  private static Stream<OpContract> contracts(OpMethod op) {
    List<OpCase> cases = Catalogue.casesOf(op);
    if (ELEMENTWISE.contains(op.owner()) && op.takes()) {
      return Stream.of(
          inDomain(
              op,
              OpContract.of(op.name(), x -> op.call(x)).reference(x -> formula(cases.get(0), x))));
    }
    // A remainder jumps where no number alone says so.
    if (ELEMENTWISE.contains(op.owner())
        && op.takes(Tensor.class)
        && !op.name().equals("remainder")) {
      return Stream.of(
          inDomain(
              op,
              OpContract.of(op.name(), (a, b) -> op.call(a, b))
                  .reference((a, b) -> formula(cases.get(0), a, b))
                  .broadcasts()));
    }
    return cases.stream().filter(OpContractTest::isFinite).map(OpContractTest::contract);
  }

  private static double formula(OpCase c, double... numbers) {
    return c.formula()
        .apply(Arrays.stream(numbers).mapToObj(x -> Grid.of(Shape.SCALAR, x)).toList())
        .flat(0);
  }

  private static OpContract inDomain(OpMethod op, OpContract contract) {
    return contract
        .domain(op.domain().from(), op.domain().to())
        .except(Values.exceptions(op.domain()));
  }

  /** The mean of nothing, say, has no difference quotient. */
  private static boolean isFinite(OpCase c) {
    return Arrays.stream(c.formula().apply(c.operands()).values()).allMatch(Double::isFinite);
  }

  private static OpContract contract(OpCase c) {
    OpContract contract =
        OpContract.ofList(c.toString(), c.call())
            .referenceOfList(
                in -> c.formula().apply(in.stream().map(Grid::of).toList()).tensor(DType.F64))
            .sample(c.operands().stream().map(x -> x.tensor(DType.F64)).toArray(Tensor[]::new))
            .tolerance(1e-12, 1e-14)
            .singleTolerance(4e-6, 1e-6)
            .seed(c.seed());
    for (Clause shape : List.of(Clause.SCALARS, Clause.SIZE_ONE_AXES, Clause.EMPTY_SHAPES)) {
      contract = contract.without(shape, "shapes come case by case");
    }
    return c.op().signature().startsWith("Losses.")
        ? contract.without(
            Clause.CONSTANT_OPERANDS, "a target that alone is tracked may be swapped")
        : contract;
  }
}
