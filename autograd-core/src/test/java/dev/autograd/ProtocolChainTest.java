package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Shape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Zero times infinity: a gradient of exactly 0, as masks and branches not taken send, stays 0
 * behind any slope, in every element-wise operation there is and in its second derivative.
 */
class ProtocolChainTest {

  private static final double[] HARD = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -2.5,
    1e300,
    -1e300,
    1e-300
  };

  /** Returns the element-wise operations on one or two tensors, with any number of constants. */
  static Stream<Method> operations() {
    return Stream.of(
            Arithmetic.class,
            Rounding.class,
            Elementwise.class,
            Trigonometry.class,
            Activations.class)
        .flatMap(family -> Arrays.stream(family.getDeclaredMethods()))
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
        .filter(m -> m.getReturnType() == Tensor.class)
        .filter(m -> !Set.of("gt", "ge", "lt", "le", "eq", "ne", "where").contains(m.getName()))
        .sorted(Comparator.comparing(Method::toString));
  }

  private static Tensor apply(Method operation, Tensor a, Tensor b) {
    Object[] arguments = new Object[operation.getParameterCount()];
    double constant = -0.5;
    for (int i = 0; i < arguments.length; i++) {
      if (operation.getParameterTypes()[i] == Tensor.class) {
        arguments[i] = b;
      } else {
        constant += 1;
        arguments[i] = constant;
      }
    }
    try {
      return (Tensor) operation.invoke(a, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError(operation.toString(), e);
    }
  }

  private static boolean isBinary(Method operation) {
    return List.of(operation.getParameterTypes()).contains(Tensor.class);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aZeroGradientStaysZero(Method operation) {
    Tensor column = Tensor.of(Shape.of(HARD.length, 1), HARD);
    Tensor a = column.broadcastTo(HARD.length, HARD.length).detach().withGrad();
    Tensor b = a.transpose().detach().withGrad();
    List<Tensor> inputs = isBinary(operation) ? List.of(a, b) : List.of(a);

    Tensor y = apply(operation, a, b);
    Gradients zero =
        Autograd.grad(y, inputs, GradOptions.retainGraph().seed(Tensor.zeros(y.dtype(), 12, 12)));
    for (Tensor input : inputs) {
      assertAllZero(operation + " for input " + inputs.indexOf(input), zero.of(input), a, b);
    }

    Gradients slopes =
        Autograd.grad(
            y, inputs, GradOptions.createGraph().seed(Tensor.ones(y.dtype(), 12, 12).withGrad()));
    for (Tensor input : inputs) {
      Tensor slope = slopes.of(input);
      Gradients second =
          Autograd.grad(
              slope,
              inputs,
              GradOptions.retainGraph().allowUnused().seed(Tensor.zeros(y.dtype(), 12, 12)));
      for (Tensor other : inputs) {
        assertAllZero("second derivative of " + operation, second.of(other), a, b);
      }
    }
  }

  private static void assertAllZero(String what, Tensor gradient, Tensor a, Tensor b) {
    double[] values = gradient.toDoubleArray();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        wrong.add(values[i] + " at (" + a.toDoubleArray()[i] + ", " + b.toDoubleArray()[i] + ")");
      }
    }
    assertThat(wrong).as(what).isEmpty();
  }

  @Test
  void branchesNotTakenDoNotLeak() {
    Tensor x = Tensor.of(-1.0, 0, 4).withGrad();
    List<Tensor> guarded =
        List.of(
            x.log().where(x.gt(0), 0),
            x.sqrt().where(x.gt(0), 0).mul(0.5).mul(2),
            Tensor.zeros(x.dtype(), 3).where(x.le(0), x.log()),
            x.pow(0.5).where(x.gt(0), x),
            x.div(x.abs()).where(x.ne(0), 0).square(),
            x.reciprocal().mul(x.rsqrt()).where(x.gt(0), 0),
            x.div(x.abs()).log().where(x.gt(0), 0));
    for (Tensor y : guarded) {
      int place = guarded.indexOf(y);
      Tensor slope = Autograd.grad(y.sum(), x, GradOptions.createGraph());
      assertThat(slope.toDoubleArray()).as("slope %d", place).matches(ProtocolChainTest::isFinite);
      Tensor curvature = Autograd.grad(slope.sum(), x);
      assertThat(curvature.toDoubleArray())
          .as("curvature %d", place)
          .matches(ProtocolChainTest::isFinite);
    }
    assertThat(Autograd.grad(x.log().where(x.gt(0), 0).sum(), x).toDoubleArray())
        .containsExactly(0, 0, 0.25);
  }

  private static boolean isFinite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  @Test
  void masksByMultiplicationDoNotLeakEither() {
    Tensor x = Tensor.of(0.0, 4).withGrad();
    Tensor mask = Tensor.of(0.0, 1);
    // The value 0 · -∞ is NaN, as IEEE 754 has it; its gradient is masked all the same.
    assertThat(Autograd.grad(x.log().mul(mask).sum(), x).toDoubleArray()).containsExactly(0, 0.25);
  }

  @Test
  void genuineNaNStillSpreads() {
    Tensor x = Tensor.of(-1.0, 4).withGrad();
    assertThat(Autograd.grad(x.log().where(x.lt(0), 0).sum(), x).toDoubleArray())
        .containsExactly(Double.NaN, 0);
    Tensor y = Tensor.of(Double.NaN, 1).withGrad();
    assertThat(Autograd.grad(y.tanh().sum(), y).item(0)).isNaN();
  }
}
