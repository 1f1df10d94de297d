package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products with, and whole, Jacobians and Hessians; gradients per example. */
class FunctionTransformsTest {

  /** [3] -> [2]: (x0 x1, sin x2 · x0²). */
  private static Tensor pair(Tensor x) {
    return Tensor.stack(0, x.at(0).mul(x.at(1)), x.at(2).sin().mul(x.at(0).square()));
  }

  private static final Tensor POINT = Tensor.of(0.5, -1.5, 2.0);
  private static final Tensor JACOBIAN =
      Tensor.of(new double[][] {{-1.5, 0.5, 0}, {Math.sin(2.0), 0, 0.25 * Math.cos(2.0)}});

  /** [n] -> []: Σ sin(xᵢ) x_{i+1}, whose Hessian has bands. */
  private static Tensor band(Tensor x) {
    int n = x.size();
    return x.slice(0, 0, n - 1).sin().mul(x.slice(0, 1, n)).sum();
  }

  private static void assertClose(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-14));
  }

  @Test
  void jacobianHasAllPartialDerivatives() {
    assertClose(Autograd.jacobian(FunctionTransformsTest::pair, POINT), JACOBIAN);
  }

  @Test
  void jacobianHasTheShapeOfTheResultAndThenThePoint() {
    Tensor x = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

    assertThat(Autograd.jacobian(t -> t.transpose().matmul(t), x).shape())
        .isEqualTo(Shape.of(3, 3, 2, 3));
    assertThat(Autograd.jacobian(Tensor::sum, x).shape()).isEqualTo(Shape.of(2, 3));
    assertThat(Autograd.jacobian(t -> t.mul(Tensor.of(1, 2)), Tensor.scalar(3)).shape())
        .isEqualTo(Shape.of(2));
    assertThat(Autograd.jacobian(t -> t.slice(0, 0, 0), Tensor.of(1, 2)).shape())
        .isEqualTo(Shape.of(0, 2));
    assertThat(Autograd.jacobian(Tensor::sin, Tensor.zeros(DType.F64, 0)).shape())
        .isEqualTo(Shape.of(0, 0));
  }

  @Test
  void productsAgreeWithTheJacobian() {
    Tensor u = Tensor.of(2.0, -3);
    Tensor v = Tensor.of(0.3, 0.7, -1.1);

    assertClose(Autograd.vjp(FunctionTransformsTest::pair, POINT, u), u.matmul(JACOBIAN));
    assertClose(Autograd.jvp(FunctionTransformsTest::pair, POINT, v), JACOBIAN.matmul(v));
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void everyTransformKeepsTheElementType(DType dtype) {
    Tensor x = POINT.to(dtype);
    Tensor u = Tensor.of(2.0, -3).to(dtype);

    assertThat(Autograd.vjp(FunctionTransformsTest::pair, x, u).dtype()).isEqualTo(dtype);
    assertThat(Autograd.jvp(FunctionTransformsTest::pair, x, x).dtype()).isEqualTo(dtype);
    assertThat(Autograd.jacobian(FunctionTransformsTest::pair, x).dtype()).isEqualTo(dtype);
    assertThat(Autograd.hessian(FunctionTransformsTest::band, x).dtype()).isEqualTo(dtype);
    assertThat(Autograd.hvp(FunctionTransformsTest::band, x, x).dtype()).isEqualTo(dtype);
  }

  @Test
  void hessianIsThatOfTheFormula() {
    Tensor hessian = Autograd.hessian(FunctionTransformsTest::band, POINT);

    double[] x = POINT.toDoubleArray();
    assertClose(
        hessian,
        Tensor.of(
            new double[][] {
              {-Math.sin(x[0]) * x[1], Math.cos(x[0]), 0},
              {Math.cos(x[0]), -Math.sin(x[1]) * x[2], Math.cos(x[1])},
              {0, Math.cos(x[1]), 0}
            }));
  }

  @Test
  void hessianOfALinearFunctionIsZeroAndOfAMatrixHasItsShapeTwice() {
    Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 4}});

    assertClose(Autograd.hessian(t -> t.mul(3).sum(), x), Tensor.zeros(DType.F64, 2, 2, 2, 2));
    assertClose(
        Autograd.hessian(t -> t.square().sum(), x).reshape(4, 4), Tensor.eye(DType.F64, 4).mul(2));
  }

  @Test
  void hessianProductsAgreeWithTheHessian() {
    Tensor v = Tensor.of(1.0, -2, 0.5);
    Tensor expected = Autograd.hessian(FunctionTransformsTest::band, POINT).matmul(v);

    assertClose(Autograd.hvp(FunctionTransformsTest::band, POINT, v), expected);
    assertClose(Autograd.hvp(FunctionTransformsTest::band, POINT).apply(v), expected);
    assertClose(Autograd.hvp(t -> t.mul(3).sum(), POINT, v), Tensor.zeros(DType.F64, 3));
  }

  @Test
  void productsWithOneHessianCallTheFunctionOnce() {
    AtomicInteger calls = new AtomicInteger();
    UnaryOperator<Tensor> product =
        Autograd.hvp(
            x -> {
              calls.incrementAndGet();
              return band(x);
            },
            POINT);
    Tensor hessian = Autograd.hessian(FunctionTransformsTest::band, POINT);
    for (int i = 0; i < 3; i++) {
      Tensor unit = Tensor.eye(DType.F64, 3).select(0, i);
      assertClose(product.apply(unit), hessian.select(0, i));
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  void jacobianCallsTheFunctionOnce() {
    AtomicInteger calls = new AtomicInteger();
    Autograd.jacobian(
        x -> {
          calls.incrementAndGet();
          return x.sin();
        },
        POINT);
    assertThat(calls).hasValue(1);
  }

  @Test
  void transformsNestInAnyOrder() {
    Tensor v = Tensor.of(1.0, -2, 0.5);
    // Third derivatives: of the Hessian's trace, and of vᵀHv.
    UnaryOperator<Tensor> trace =
        x -> Autograd.hessian(FunctionTransformsTest::band, x).mul(Tensor.eye(DType.F64, 3)).sum();
    double[] x = POINT.toDoubleArray();
    assertClose(
        Autograd.grad(trace).apply(POINT),
        Tensor.of(
            -Math.cos(x[0]) * x[1], -Math.sin(x[0]) - Math.cos(x[1]) * x[2], -Math.sin(x[1])));

    UnaryOperator<Tensor> curvature = t -> Autograd.hvp(FunctionTransformsTest::band, t, v).dot(v);
    Tensor third = Autograd.grad(curvature).apply(POINT);
    Tensor viaJvp =
        Autograd.jvp(
            t -> Autograd.jvp(Autograd.grad(FunctionTransformsTest::band), t, v), POINT, v);
    assertClose(third, viaJvp);

    assertClose(
        Autograd.jacobian(t -> Autograd.jacobian(FunctionTransformsTest::pair, t), POINT)
            .reshape(6, 3)
            .select(0, 5),
        Tensor.of(2 * 0.5 * Math.cos(2), 0, -0.25 * Math.sin(2)));
  }

  @Test
  void innerVariablesAreNotConfusedWithOuterOnes() {
    // d/dx [x · d/dy (x + y)] = 1, with every way to take the inner derivative.
    Tensor one = Tensor.scalar(1);
    List<UnaryOperator<Tensor>> inner =
        List.of(
            x -> Autograd.grad((UnaryOperator<Tensor>) y -> x.add(y)).apply(one),
            x -> Autograd.vjp(y -> x.add(y), one, one),
            x -> Autograd.jvp(y -> x.add(y), one, one),
            x -> Autograd.jacobian(y -> x.add(y), one),
            x -> Autograd.hessian(y -> x.add(y.square()).mul(0.5), one),
            x -> Autograd.hvp(y -> x.add(y.square()).mul(0.5), one, one));
    for (UnaryOperator<Tensor> derivative : inner) {
      UnaryOperator<Tensor> f = x -> x.mul(derivative.apply(x));
      for (double at : new double[] {0, 1, -3.5}) {
        Tensor x = Tensor.scalar(at);
        assertThat(Autograd.grad(f).apply(x).item()).isEqualTo(1);
        assertThat(Autograd.jvp(f, x, one).item()).isEqualTo(1);
        assertThat(Autograd.jacobian(f, x).item()).isEqualTo(1);
      }
    }
  }

  @Test
  void innerDerivativesAtTheOuterVariableSeeIt() {
    // d/dx [ (d/dy x y²)(x) ] = d/dx 2 x² = 4 x
    UnaryOperator<Tensor> f =
        x -> Autograd.grad((UnaryOperator<Tensor>) y -> x.mul(y.square())).apply(x);
    assertThat(Autograd.grad(f).apply(Tensor.scalar(3)).item()).isEqualTo(12);
    assertThat(Autograd.jvp(f, Tensor.scalar(3), Tensor.scalar(1)).item()).isEqualTo(12);
  }

  @Test
  void resultsAreTrackedExactlyIfSomethingAsksForIt() {
    Tensor tracked = Tensor.of(0.5, -1.5, 2.0).withGrad();
    Tensor v = Tensor.of(1.0, 2, 3);
    Tensor u = Tensor.of(1.0, 2);
    assertThat(Autograd.jacobian(FunctionTransformsTest::pair, POINT).requiresGrad()).isFalse();
    assertThat(Autograd.jacobian(FunctionTransformsTest::pair, tracked).requiresGrad()).isTrue();
    assertThat(Autograd.hessian(FunctionTransformsTest::band, tracked).requiresGrad()).isTrue();
    assertThat(
            Autograd.noGrad(() -> Autograd.hessian(FunctionTransformsTest::band, tracked))
                .requiresGrad())
        .isFalse();
    assertThat(Autograd.vjp(FunctionTransformsTest::pair, POINT, u).requiresGrad()).isFalse();
    assertThat(Autograd.jvp(FunctionTransformsTest::pair, POINT, v).requiresGrad()).isFalse();

    Tensor leaf = v.withGrad();
    Tensor along = Autograd.jvp(FunctionTransformsTest::pair, POINT, leaf);
    assertClose(Autograd.grad(along.sum(), leaf), JACOBIAN.sum(0));
    Tensor upstream = u.withGrad();
    Tensor back = Autograd.vjp(FunctionTransformsTest::pair, POINT, upstream);
    assertClose(Autograd.grad(back.sum(), upstream), JACOBIAN.sum(1));
  }

  @Test
  void wrongDirectionsAreRefused() {
    assertThatThrownBy(() -> Autograd.jvp(Tensor::sin, POINT, Tensor.of(1.0, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("jvp: the point is [3] and the direction is [2]");
    assertThatThrownBy(() -> Autograd.hvp(FunctionTransformsTest::band, POINT, POINT.to(DType.F32)))
        .isInstanceOf(DTypeException.class)
        .hasMessageStartingWith("hvp: ");
    UnaryOperator<Tensor> products = Autograd.hvp(FunctionTransformsTest::band, POINT);
    assertThatThrownBy(() -> products.apply(Tensor.of(1.0, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("hvp: the point is [3] and the direction is [2]");
    assertThatThrownBy(() -> Autograd.vjp(Tensor::sin, POINT, Tensor.of(1.0, 2)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Autograd.hessian(Tensor::sin, POINT))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[3]");
  }

  @Test
  void hessianProductsOfALossOverSeveralTensors() {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2));
    Parameter b = Parameter.of("b", Tensor.scalar(3));
    Parameter unused = Parameter.of("unused", Tensor.of(5.0, 6));
    List<Parameter> all = List.of(w, b, unused);
    Gradients v =
        Autograd.valueAndGrad(() -> w.sum().add(b.mul(2)).add(unused.sum().mul(0)), all)
            .gradients();

    // f = b Σ w², v = (1, 1; 2; 0, 0): H v = (2 b v + 2 w v_b; 2 Σ w v; 0)
    Gradients product = Autograd.hvp(() -> w.square().sum().mul(b), v);

    assertThat(product.of(w).toDoubleArray()).containsExactly(2 * 3 + 2 * 2, 2 * 3 + 4 * 2);
    assertThat(product.of(b).item()).isEqualTo(2 * (1 + 2));
    assertThat(product.of(unused).toDoubleArray()).containsExactly(0, 0);
    assertThat(product.reached(unused)).isFalse();
    assertThat(Autograd.hvp(() -> w.sum(), v).of(w).toDoubleArray()).containsExactly(0, 0);
    assertThat(w.hasGrad()).isFalse();
  }

  @Test
  void gradientsPerExampleAverageToThatOfTheBatch() {
    Random random = new Random(5);
    Parameter w = Parameter.of("w", Tensor.normal(random, DType.F64, 3, 1));
    Parameter b = Parameter.of("b", Tensor.normal(random, DType.F64, 1));
    Tensor x = Tensor.normal(random, DType.F64, 4, 3);
    Tensor t = Tensor.uniform(random, DType.F64, 4, 1);

    Gradients each =
        Autograd.perExample(
            (xs, ts) -> Losses.bceWithLogits(xs.matmul(w).add(b), ts), x, t, List.of(w, b));

    assertThat(each.of(w).shape()).isEqualTo(Shape.of(4, 3, 1));
    Gradients batch = Autograd.grad(Losses.bceWithLogits(x.matmul(w).add(b), t), List.of(w, b));
    assertClose(each.of(w).mean(0), batch.of(w));
    assertClose(each.of(b).mean(0), batch.of(b));
    IntStream.range(0, 4)
        .forEach(
            i -> {
              Tensor row = x.slice(0, i, i + 1);
              Tensor loss = Losses.bceWithLogits(row.matmul(w).add(b), t.slice(0, i, i + 1));
              assertClose(each.of(w).select(0, i), Autograd.grad(loss, w));
            });
  }

  @Test
  void gradientsPerExampleNeedNoTargets() {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2));
    Tensor batch = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    Gradients each = Autograd.perExample(x -> x.mul(w).sum(), batch, List.of(w));
    assertThat(each.of(w).shape()).isEqualTo(batch.shape());
    assertThat(each.of(w).toDoubleArray()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void gradientsPerExampleNeedExamples() {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2));
    assertThatThrownBy(
            () ->
                Autograd.perExample(x -> x.mul(w).sum(), Tensor.zeros(DType.F64, 0, 2), List.of(w)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("perExample: the batch is [0, 2]");
    assertThatThrownBy(
            () ->
                Autograd.perExample(
                    (x, t) -> x.mul(w).mul(t).sum(),
                    Tensor.zeros(DType.F64, 3, 2),
                    Tensor.zeros(DType.F64, 2, 2),
                    List.of(w)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[2, 2]");
  }

  @Test
  void aLinearFunctionHasATrackedDirectionalDerivative() {
    Tensor x = Tensor.of(1.0, 2);
    Tensor v = Tensor.of(3.0, 4);
    Tensor slope = Autograd.grad((Tensor t) -> Autograd.jvp(s -> s.mul(3), t, v).sum()).apply(x);
    assertThat(slope.toDoubleArray()).containsExactly(0, 0);
  }

  @Test
  void productsFollowTheModeInWhichTheyAreApplied() {
    UnaryOperator<Tensor> product =
        Autograd.noGrad(() -> Autograd.hvp(FunctionTransformsTest::band, POINT));
    Tensor v = Tensor.of(1.0, -2, 0.5).withGrad();
    Tensor expected = Autograd.hessian(FunctionTransformsTest::band, POINT).matmul(v.detach());
    assertClose(Autograd.grad(v.dot(product.apply(v)), v), expected.mul(2));
  }

  @Test
  void aTensorNamedTwiceInADirectionCountsOnce() {
    Parameter w = Parameter.of("w", Tensor.scalar(3));
    Gradients v = Autograd.grad(w.mul(1), List.of(w, w));
    assertThat(Autograd.hvp(() -> w.square(), v).of(w).item()).isEqualTo(2);
  }
}
