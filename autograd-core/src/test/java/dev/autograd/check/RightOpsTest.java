package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Pullback;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The correct twins of {@link WrongOpsTest} keep their contracts, whatever the seed. */
class RightOpsTest {

  private static final Map<String, OpContract> CONTRACTS =
      Map.ofEntries(
          Map.entry("sin", RightOps.ofSin(RightOps::sin)),
          Map.entry("library's sin", RightOps.ofSin(Tensor::sin)),
          Map.entry("cbrt", RightOps.ofCbrt(RightOps::cbrt)),
          Map.entry(
              "tanh in saturation",
              OpContract.of("mine", RightOps::tanh)
                  .reference(Math::tanh)
                  .domain(2, 9)
                  .without(Clause.SINGLE_PRECISION, "1 - y² has no digits left in F32")),
          Map.entry("times", RightOps.ofTimes(RightOps::times)),
          Map.entry("library's mul", RightOps.ofTimes(Tensor::mul)),
          Map.entry(
              "hypot",
              OpContract.of("mine", RightOps::hypot)
                  .reference(Math::hypot)
                  .domain(-2, 2)
                  .except(0)
                  .broadcasts()),
          Map.entry("matmul", RightOps.ofMatmul(RightOps::matmul)),
          Map.entry("library's matmul", RightOps.ofMatmul(Tensor::matmul)),
          Map.entry(
              "library's log",
              OpContract.of("log", Tensor::log)
                  .reference(Math::log)
                  .domain(0, Double.POSITIVE_INFINITY)),
          Map.entry(
              "library's pow",
              OpContract.of("pow", (a, b) -> a.pow(b))
                  .reference(Math::pow)
                  .domain(0, 3)
                  .domainOf(1, -2, 2)
                  .broadcasts()),
          Map.entry(
              "library's where",
              OpContract.ofList("where", in -> in.get(0).where(in.get(2), in.get(1)))
                  .referenceOfList(in -> Tensor.of(in.get(0).item(0), in.get(1).item(1)))
                  .sample(Tensor.of(1.0, 2), Tensor.of(3.0, 4), Tensor.of(1.0, 0).to(DType.BOOL))
                  .without(Clause.SCALARS, "a test")
                  .without(Clause.SIZE_ONE_AXES, "a test")
                  .without(Clause.EMPTY_SHAPES, "a test")),
          Map.entry(
              "once",
              RightOps.ofSin(
                      x -> RightOps.elementwise(Math::sin, x, Pullback.once(g -> g.mul(x.cos()))))
                  .without(Clause.SECOND_ORDER, "computed on arrays")),
          Map.entry(
              "the mean of generated rows",
              OpContract.of("mine", x -> x.mean(1))
                  .referenceOfList(RightOpsTest::meanOfRows)
                  .samples(
                      20,
                      random ->
                          List.of(
                              Tensor.normal(
                                  random, DType.F64, random.nextInt(4), 1 + random.nextInt(3))))
                  .without(Clause.SCALARS, "there is no axis to reduce")));

  private static Tensor meanOfRows(List<Tensor> in) {
    double[][] rows = in.get(0).toDoubleMatrix();
    double[] means = new double[rows.length];
    for (int i = 0; i < means.length; i++) {
      for (double x : rows[i]) {
        means[i] += x / rows[i].length;
      }
    }
    return Tensor.of(Shape.of(means.length), means);
  }

  @TestFactory
  Stream<DynamicTest> keepTheirContracts() {
    return CONTRACTS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      for (long seed = 0; seed < 3; seed++) {
                        entry.getValue().seed(seed).assertPasses();
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> reportsAreTheSameEveryTime() {
    return CONTRACTS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertThat(entry.getValue().check().toString())
                            .isEqualTo(entry.getValue().check().toString())));
  }
}
