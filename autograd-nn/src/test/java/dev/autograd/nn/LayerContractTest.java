package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.check.GradientCheck;
import dev.autograd.check.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What holds for every layer of the library. */
class LayerContractTest {

  private static Stream<DynamicTest> forAll(Consumer<LayerCase> test) {
    return LayerCases.all().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> test.accept(one)));
  }

  private static double[] numbers(Tensor t) {
    return t.toDoubleArray();
  }

  @TestFactory
  Stream<DynamicTest> derivativesPassTheCheckInBothModes() {
    return forAll(
        one -> {
          for (Mode mode : Mode.values()) {
            GradientCheck.ofList(values -> one.over(values, mode))
                .at(one.operands())
                .order(2)
                .allowing(Verdict.TOO_NOISY)
                .assertPasses();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> inferenceIsTheSameWithAndWithoutItsName() {
    return forAll(
        one ->
            assertThat(numbers(one.layer().forward(one.input(), Mode.INFERENCE)))
                .isEqualTo(numbers(one.layer().forward(one.input())))
                .isNotEmpty());
  }

  @TestFactory
  Stream<DynamicTest> modesDifferOnlyWhereTheLayerSaysSo() {
    return forAll(
        one -> {
          double[] inference = numbers(one.layer().forward(one.input()));
          double[] training = numbers(one.layer().forward(one.input(), Mode.TRAINING));
          if (one.layer().dependsOnMode()) {
            assertThat(training).isNotEqualTo(inference);
          } else {
            assertThat(training).isEqualTo(inference);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> mappedLayerIsTheSameFunctionWithItsOwnParameters() {
    return forAll(
        one -> {
          Layer copy = one.copy();
          assertThat(numbers(copy.forward(one.input())))
              .isEqualTo(numbers(one.layer().forward(one.input())));
          assertThat(copy.parameters().paths()).isEqualTo(one.layer().parameters().paths());
          assertThat(copy.buffers().paths()).isEqualTo(one.layer().buffers().paths());
          assertThat(copy.toString()).isEqualTo(one.layer().toString());
          for (Parameter parameter : one.layer().parameters()) {
            parameter.assign(parameter.mul(3).add(1));
          }
          one.layer().parameters().load(copy.parameters().snapshot());
          assertThat(numbers(one.layer().forward(one.input())))
              .isEqualTo(numbers(copy.forward(one.input())));
        });
  }

  @TestFactory
  Stream<DynamicTest> singlePrecisionIsTheSameFunctionRounded() {
    return forAll(
        one -> {
          Layer small = one.layer().map(t -> Parameter.of(t.name(), t.to(DType.F32)));
          Tensor x = one.input().dtype().isFloating() ? one.input().to(DType.F32) : one.input();
          Tensor y = small.forward(x);
          assertThat(y.dtype()).isEqualTo(small.parameters().size() > 0 ? DType.F32 : x.dtype());
          assertThat(y.to(DType.F64).allClose(one.layer().forward(one.input()), 1e-5, 1e-5))
              .isTrue();
          // A number of passes is a count, whatever the type of the model.
          small.buffers().paths().stream()
              .filter(path -> !path.endsWith("passes"))
              .forEach(
                  path -> assertThat(small.buffers().byPath(path).dtype()).isEqualTo(DType.F32));
        });
  }

  @TestFactory
  Stream<DynamicTest> parametersAreListedInTheOrderInWhichMapMeetsThem() {
    return forAll(
        one -> {
          List<Tensor> met = new ArrayList<>();
          one.layer()
              .map(
                  t -> {
                    met.add(t);
                    return t;
                  });
          List<Tensor> listed = new ArrayList<>();
          one.layer().parameters().forEach(listed::add);
          assertThat(new HashSet<>(met)).hasSameSizeAs(met);
          assertThat(met).isEqualTo(listed);
        });
  }

  @TestFactory
  Stream<DynamicTest> printsWhatItIsAndNoAddress() {
    return forAll(one -> assertThat(one.layer().toString()).isNotBlank().doesNotContain("@"));
  }
}
