package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.DTypeException;
import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of F32 tensors, with and without a twin in double precision. */
class SinglePrecisionTest {

  private static final Tensor SMOOTH = Tensor.of(0.3f, -0.7f, 1.1f, -1.3f);

  static final List<String> NAMES =
      SmoothFunctions.ofMatrices().keySet().stream().filter(SinglePrecisionTest::runs).toList();

  /** Returns whether a function closes over no F64 tensors. */
  private static boolean runs(String name) {
    try {
      Tensor y = SmoothFunctions.named(name).apply(single(0, 3, 3).withGrad());
      return y.dtype() == DType.F32;
    } catch (DTypeException mixed) {
      return false;
    }
  }

  private static Tensor single(long seed, int... dims) {
    return Tensor.normal(new Random(seed), DType.F32, dims);
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void rightFunctionsPassToSecondOrder(String name) {
    for (long seed = 0; seed < 5; seed++) {
      GradientCheck.of(SmoothFunctions.named(name))
          .at(single(seed, 3, 3))
          .seed(seed)
          .order(2)
          .assertPasses();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.0001, 0.9999, 0, -1})
  void aWrongFactorIsFoundAgainstTheTwin(double factor) {
    UnaryOperator<Tensor> wrong = x -> PlantedBugsTest.scaled(x.sin(), factor);
    assertThat(GradientCheck.of(wrong).at(SMOOTH).check().count(Verdict.WRONG)).isEqualTo(4);
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void rightFunctionsWithoutATwinPass(String name) {
    Tensor one = Tensor.ones(DType.F32, 3, 3);
    for (long seed = 0; seed < 5; seed++) {
      GradientCheck.of((Tensor x) -> SmoothFunctions.named(name).apply(x.mul(one)))
          .at(single(seed, 3, 3))
          .seed(seed)
          .allowing(Verdict.TOO_NOISY)
          .assertPasses();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.01, 0.99, 0, -1})
  void aWrongFactorIsFoundWithoutATwin(double factor) {
    Tensor one = Tensor.ones(DType.F32, 4);
    UnaryOperator<Tensor> wrong = x -> PlantedBugsTest.scaled(x.mul(one).sin(), factor);
    assertThat(GradientCheck.of(wrong).at(SMOOTH).check().count(Verdict.WRONG)).isEqualTo(4);
  }

  @Test
  void parametersAreCheckedInPlace() {
    Parameter w = Parameter.of("w", single(2, 2, 3));
    Parameter b = Parameter.of("b", single(3, 2));
    Tensor x = single(4, 4, 3);
    Tensor t = single(5, 4, 2);
    float[] before = w.toFloatArray();
    GradientCheck.of(() -> Losses.mse(x.linear(w, b).tanh(), t)).at(w, b).assertPasses();
    GradientReport wrong =
        GradientCheck.of(() -> PlantedBugsTest.scaled(Losses.mse(x.linear(w, b).tanh(), t), 1.01))
            .at(w, b)
            .check();
    assertThat(wrong.count(Verdict.WRONG)).isGreaterThan(5);
    assertThat(w.toFloatArray()).containsExactly(before);
  }

  @Test
  void aFunctionThatRoundsOnTheWayIsCheckedAsSingle() {
    UnaryOperator<Tensor> f = x -> x.to(DType.F32).sin().to(DType.F64);
    Tensor x = Tensor.of(0.3, 1.2);
    GradientCheck.of(f).at(x).assertPasses();
    UnaryOperator<Tensor> wrong = t -> PlantedBugsTest.scaled(f.apply(t), 1.01);
    assertThat(GradientCheck.of(wrong).at(x).check().count(Verdict.WRONG)).isEqualTo(2);
  }
}
