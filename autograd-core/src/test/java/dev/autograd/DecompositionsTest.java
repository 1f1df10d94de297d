package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Identities, ill-conditioned and singular matrices, and what a stack may not change. */
class DecompositionsTest {

  private static final int N = 20;

  private static final Tensor A = normal(1, N, N);
  private static final Tensor B = normal(2, N, N);

  private static Tensor normal(long seed, int... dims) {
    return Tensor.normal(new SplittableRandom(seed), DType.F64, dims);
  }

  /** Returns {@code x xᵀ + I}. */
  private static Tensor positive(Tensor x) {
    return x.matmul(x.transpose()).add(Tensor.eye(x.dtype(), x.shape().dim(-2)));
  }

  @Test
  void theMatrixTimesItsInverseIsTheIdentity() {
    Tensor eye = Tensor.eye(DType.F64, N);

    assertClose(A.matmul(A.inverse()), eye, 1e-12);
    assertClose(A.inverse().matmul(A), eye, 1e-12);
    assertClose(A.inverse().inverse(), A, 1e-11);
  }

  @Test
  void aSolutionSolvesTheSystem() {
    Tensor b = normal(3, N);

    assertClose(A.matmul(A.solve(b)), b, 1e-12);
    assertClose(A.solve(B), A.inverse().matmul(B), 1e-11);
    assertClose(A.tril().matmul(A.solveLower(b)), b, 1e-6);
    assertClose(A.triu().matmul(A.solveUpper(b)), b, 1e-6);
  }

  @Test
  void theDeterminantOfAProductIsTheProduct() {
    double product = A.determinant().item() * B.determinant().item();

    assertThat(A.matmul(B).determinant().item())
        .isCloseTo(product, within(1e-11 * Math.abs(product)));
    assertThat(A.transpose().determinant().item())
        .isCloseTo(A.determinant().item(), within(1e-12 * Math.abs(A.determinant().item())));
  }

  @Test
  void theLogarithmsOfADeterminant() {
    double magnitude = Math.log(Math.abs(A.determinant().item()));

    assertThat(A.logAbsDet().item()).isCloseTo(magnitude, within(1e-12 * magnitude));
    assertThat(positive(A).logDet().item()).isCloseTo(positive(A).logAbsDet().item(), within(0.0));
    assertThat(Tensor.eye(DType.F64, 400).mul(1e-3).logDet().item())
        .isCloseTo(400 * Math.log(1e-3), within(1e-9));
  }

  @Test
  void theCholeskyFactorTimesItsTransposeIsTheMatrix() {
    Tensor a = positive(A);
    Tensor l = a.cholesky();

    assertClose(l.matmul(l.transpose()), a, 1e-12);
    assertThat(l.triu(1).abs().sum().item()).isZero();
    assertThat(l.diagonal().min().item()).isPositive();
    assertClose(l.diagonal().log().sum().mul(2), a.logDet(), 1e-13);
    Tensor b = normal(3, N);
    assertClose(l.transpose().solveUpper(l.solveLower(b)), a.solve(b), 1e-12);
  }

  @Test
  void theGradientOfLogDetIsTheTransposedInverse() {
    assertClose(Autograd.grad(Tensor::logAbsDet).apply(A), A.inverse().transpose(), 1e-13);
    Tensor a = positive(A);
    assertClose(Autograd.grad(Tensor::logDet).apply(a), a.inverse().transpose(), 1e-13);
  }

  @Test
  void theGradientOfTheCholeskyFactorIsSymmetric() {
    Tensor gradient = Autograd.grad((Tensor a) -> a.cholesky().mul(B).sum()).apply(positive(A));

    assertThat(gradient.toDoubleArray()).isEqualTo(gradient.transpose().toDoubleArray());
  }

  @Test
  void theInverseOfTheHilbertMatrix() {
    int n = 5;
    double[] hilbert = new double[n * n];
    double[] inverse = new double[n * n];
    for (int i = 1; i <= n; i++) {
      for (int j = 1; j <= n; j++) {
        hilbert[(i - 1) * n + j - 1] = 1.0 / (i + j - 1);
        inverse[(i - 1) * n + j - 1] =
            ((i + j) % 2 == 0 ? 1 : -1)
                * (i + j - 1)
                * choose(n + i - 1, n - j)
                * choose(n + j - 1, n - i)
                * choose(i + j - 2, i - 1)
                * choose(i + j - 2, i - 1);
      }
    }
    Tensor h = Tensor.of(Shape.of(n, n), hilbert);
    Tensor exact = Tensor.of(Shape.of(n, n), inverse);

    // Its condition number is 5e5.
    assertThat(h.inverse().allClose(exact, 1e-10, 0)).isTrue();
    assertThat(h.determinant().item() * 266_716_800_000.0).isCloseTo(1, within(1e-10));
    assertClose(h.matmul(h.solve(Tensor.ones(DType.F64, n))), Tensor.ones(DType.F64, n), 1e-11);
    assertThat(h.cholesky().diagonal().square().prod().item() * 266_716_800_000.0)
        .isCloseTo(1, within(1e-10));
  }

  private static double choose(int n, int k) {
    double result = 1;
    for (int i = 1; i <= k; i++) {
      result = result * (n - k + i) / i;
    }
    return result;
  }

  @Test
  void aStackIsItsMatrices() {
    Tensor stack = positive(normal(4, 2, 3, 4, 4));
    Tensor b = normal(5, 3, 4, 2);
    List<UnaryOperator<Tensor>> functions =
        List.of(
            Tensor::inverse,
            Tensor::determinant,
            Tensor::logDet,
            Tensor::logAbsDet,
            Tensor::cholesky);
    for (UnaryOperator<Tensor> f : functions) {
      assertAlike(f, stack);
    }
    List<BinaryOperator<Tensor>> systems =
        List.of(Tensor::solve, Tensor::solveLower, Tensor::solveUpper);
    for (BinaryOperator<Tensor> f : systems) {
      Tensor whole = f.apply(stack, b);
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          assertThat(whole.at(i, j).toDoubleArray())
              .isEqualTo(f.apply(stack.at(i, j), b.at(j)).toDoubleArray());
        }
      }
    }
  }

  private static void assertAlike(UnaryOperator<Tensor> f, Tensor stack) {
    Tensor whole = f.apply(stack);
    Tensor gradient = Autograd.grad((Tensor x) -> f.apply(x).sum()).apply(stack);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        Tensor one = stack.at(i, j);
        assertThat(whole.at(i, j).toDoubleArray()).isEqualTo(f.apply(one).toDoubleArray());
        assertThat(gradient.at(i, j).toDoubleArray())
            .isEqualTo(Autograd.grad((Tensor x) -> f.apply(x).sum()).apply(one).toDoubleArray());
      }
    }
  }

  @Test
  void aMatrixForManyRightSidesGetsTheSumOfTheirGradients() {
    Tensor a = normal(6, 3, 3).withGrad();
    Tensor b = normal(7, 4, 3, 2);

    a.solve(b).square().sum().backward();

    Tensor expected = Tensor.zeros(DType.F64, 3, 3);
    for (Tensor each : b.unstack(0)) {
      expected =
          expected.add(Autograd.grad((Tensor x) -> x.solve(each).square().sum()).apply(a.detach()));
    }
    assertThat(a.grad().allClose(expected, 1e-12, 1e-12)).isTrue();
  }

  @Test
  void derivativesOfTheDeterminantOfSingularMatrices() {
    assertDerivativesOfDeterminant(Tensor.of(new double[][] {{1, 2}, {2, 4}}));
    assertDerivativesOfDeterminant(Tensor.zeros(DType.F64, 2, 2));
    assertDerivativesOfDeterminant(Tensor.zeros(DType.F64, 3, 3));
    // Rank 1, rank 2, and rank 2 with the dependent column first.
    assertDerivativesOfDeterminant(Tensor.of(1, 2, 3).outer(Tensor.of(3, -1, 2)));
    assertDerivativesOfDeterminant(Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}));
    assertDerivativesOfDeterminant(Tensor.of(new double[][] {{0, 2, 3}, {0, 5, 6}, {0, 8, -9}}));
    // Singular but for the rounding of its elements.
    assertDerivativesOfDeterminant(Tensor.of(new double[][] {{0.1, 0.2}, {0.3, 0.6}}));
    assertDerivativesOfDeterminant(
        Tensor.of(new double[][] {{0.1, 0.2, 0.7}, {0.3, 0.6, 2.1}, {0.1, 0.9, -0.3}}));
    assertDerivativesOfDeterminant(Tensor.zeros(DType.F64, 1, 1));
  }

  @Test
  void smallElementsAreNotTakenForRoundingErrors() {
    Tensor scaled = Tensor.of(1, 1e-9, 1e-17).diagonalMatrix();

    assertThat(scaled.determinant().item()).isCloseTo(1e-26, within(1e-40));
    assertThat(
            Autograd.grad(Tensor::determinant)
                .apply(scaled)
                .diagonal()
                .allClose(Tensor.of(1e-26, 1e-17, 1e-9), 1e-15, 0))
        .isTrue();
  }

  @Test
  void derivativesOfDeterminantsOfAMixedStack() {
    Tensor stack =
        Tensor.stack(
            0,
            normal(8, 3, 3),
            Tensor.zeros(DType.F64, 3, 3),
            Tensor.of(1, 2, 3).outer(Tensor.of(3, -1, 2)));
    Tensor weights = Tensor.of(1, 2, -3);

    Tensor actual = Autograd.hessian((Tensor x) -> x.determinant().mul(weights).sum(), stack);
    Tensor expected = Autograd.hessian((Tensor x) -> expanded(x).mul(weights).sum(), stack);

    assertThat(actual.allClose(expected, 1e-12, 1e-12)).isTrue();
  }

  /** To third order, against an expansion, which is a polynomial in operations. */
  private static void assertDerivativesOfDeterminant(Tensor a) {
    UnaryOperator<Tensor> formula = DecompositionsTest::expanded;
    assertThat(a.determinant().item()).isCloseTo(formula.apply(a).item(), within(1e-15));
    Tensor direction = normal(9, a.shape().toArray());
    UnaryOperator<Tensor> ours = Tensor::determinant;
    for (int order = 1; order <= 3; order++) {
      Tensor actual = Autograd.grad(ours).apply(a);
      Tensor expected = Autograd.grad(formula).apply(a);
      assertThat(actual.allClose(expected, 1e-12, 1e-13))
          .as("order %d at %s: %s should be %s", order, a, actual, expected)
          .isTrue();
      ours = alongGradient(ours, direction);
      formula = alongGradient(formula, direction);
    }
  }

  private static UnaryOperator<Tensor> alongGradient(UnaryOperator<Tensor> f, Tensor direction) {
    return x -> Autograd.grad(f).apply(x).mul(direction).sum();
  }

  /** Returns the determinants by expansion along the first row. */
  private static Tensor expanded(Tensor a) {
    int n = a.shape().dim(-1);
    if (n == 1) {
      return a.squeeze(-1, -2);
    }
    int row = a.rank() - 2;
    Tensor sum = Tensor.zeros(a.dtype());
    for (int j = 0; j < n; j++) {
      Tensor below = a.slice(row, 1, n);
      Tensor minor =
          Tensor.concat(row + 1, below.slice(row + 1, 0, j), below.slice(row + 1, j + 1, n));
      Tensor term = a.select(row, 0).select(row, j).mul(expanded(minor));
      sum = j % 2 == 0 ? sum.add(term) : sum.sub(term);
    }
    return sum;
  }

  @Test
  void singularMatricesHaveNoInverse() {
    Tensor singular = Tensor.of(new double[][] {{1, 2}, {2, 4}});
    Tensor stack = Tensor.stack(0, Tensor.eye(DType.F64, 2), singular).unsqueeze(0);

    assertRefused(
        singular::inverse,
        "inverse: the matrix is singular, pivot 1 of 2 is 0; add a small multiple of eye, or remove"
            + " what is linearly dependent");
    assertRefused(
        () -> stack.solve(Tensor.of(1, 2)),
        "solve: matrix [0, 1] of the stack [1, 2] is singular, pivot 1 of 2 is 0; add a small"
            + " multiple of eye, or remove what is linearly dependent");
    assertRefused(
        () -> Tensor.zeros(DType.F64, 2, 2).solveLower(Tensor.of(1, 2)),
        "solveLower: the matrix is singular, pivot 0 of 2 is 0; add a small multiple of eye, or"
            + " remove what is linearly dependent");
    assertThat(singular.determinant().item()).isZero();
    assertThat(stack.determinant().toDoubleArray()).containsExactly(1, 0);
    assertThat(singular.logDet().item()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(singular.logAbsDet().item()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Tensor.of(new double[][] {{0, 1}, {1, 0}}).logDet().item()).isNaN();
    assertThat(Tensor.of(new double[][] {{0, 1}, {1, 0}}).logAbsDet().item()).isZero();
  }

  @Test
  void aMatrixOfALongStackIsNamed() {
    Tensor[] all = new Tensor[6];
    Arrays.fill(all, Tensor.eye(DType.F64, 2));
    all[4] = Tensor.zeros(DType.F64, 2, 2);
    Tensor stack = Tensor.stack(0, all).reshape(2, 3, 2, 2);
    assertThatExceptionOfType(SingularMatrixException.class)
        .isThrownBy(stack::inverse)
        .withMessageStartingWith(
            "inverse: matrix [1, 1] of the stack [2, 3] is singular, pivot 0 of 2 is 0");
  }

  @Test
  void matricesAreSquare() {
    Tensor wide = Tensor.ones(DType.F64, 2, 3);
    for (Consumer<Tensor> op :
        List.<Consumer<Tensor>>of(
            Tensor::cholesky,
            a -> a.solve(Tensor.ones(DType.F64, 3)),
            a -> a.solveLower(Tensor.ones(DType.F64, 3)))) {
      assertThatExceptionOfType(ShapeException.class)
          .isThrownBy(() -> op.accept(wide))
          .withMessageContaining("[2, 3]")
          .withMessageContaining("square");
    }
  }

  @Test
  void theGraphSaysWhichSystemIsSolved() {
    Tensor b = Tensor.of(1.0, 2).withGrad();
    Tensor a = Tensor.of(new double[][] {{2, 1}, {1, 3}});
    assertSystem(a.solve(b), b, "solve");
    assertSystem(a.solveLower(b), b, "solveLower");
    assertSystem(a.solveUpper(b), b, "solveUpper");
  }

  private static void assertSystem(Tensor x, Tensor b, String op) {
    Node solved = node(x, op);
    assertThat(solved.attributes()).doesNotContainKey("transpose");
    Tensor seed = Tensor.of(1.0, 1).withGrad();
    Tensor slope = Autograd.grad(x, b, GradOptions.createGraph().seed(seed));
    assertThat(node(slope, op).attributes()).containsEntry("transpose", true);
  }

  private static Node node(Tensor result, String op) {
    return result.nodes().stream().filter(n -> n.op().equals(op)).findFirst().orElseThrow();
  }

  /** The gradient of a determinant is the matrix of cofactors, however much rank is missing. */
  @Test
  void determinantsOfLowRankHaveExactGradients() {
    assertCofactors(new double[][] {{0}}, 1);
    assertCofactors(new double[][] {{0, 0}, {0, 0}}, 0, 0, 0, 0);
    assertCofactors(new double[][] {{1, 2, 3}, {2, 4, 6}, {4, 8, 12}}, new double[9]);
    double tiny = 0x1p-40;
    assertCofactors(new double[][] {{tiny, 2 * tiny}, {2 * tiny, 4 * tiny}}, 4, -2, -2, 1);
  }

  private static void assertCofactors(double[][] rows, double... cofactors) {
    Tensor a = Tensor.of(rows);
    double scale = rows[0][0] == 0 || rows.length == 3 ? 1 : rows[0][0];
    Tensor gradient = Autograd.grad(Tensor::determinant).apply(a).div(scale);
    assertClose(gradient, Tensor.of(a.shape(), cofactors), 1e-14);
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatExceptionOfType(SingularMatrixException.class)
        .isThrownBy(call::run)
        .withMessage(message);
  }

  @Test
  void matricesThatAreNotPositiveDefiniteHaveNoFactor() {
    Tensor indefinite = Tensor.of(new double[][] {{1, 2}, {2, 1}});

    assertThatExceptionOfType(NotPositiveDefiniteException.class)
        .isThrownBy(indefinite::cholesky)
        .withMessage(
            "cholesky: the matrix is not positive definite, its leading block of 2 rows and columns"
                + " shows it; add a small multiple of eye if rounding is the cause");
    assertThatExceptionOfType(NotPositiveDefiniteException.class)
        .isThrownBy(indefinite.neg()::cholesky)
        .withMessageContaining("its leading block of 1 rows and columns shows it");
    assertThatExceptionOfType(NotPositiveDefiniteException.class)
        .isThrownBy(() -> Tensor.stack(0, Tensor.eye(DType.F64, 2), indefinite).cholesky())
        .withMessageStartingWith("cholesky: matrix [1] of the stack [2] is not positive definite");
  }

  @Test
  void aMaskedSingularMatrixDoesNotLeak() {
    Tensor stack =
        Tensor.stack(0, Tensor.eye(DType.F64, 2), Tensor.zeros(DType.F64, 2, 2)).withGrad();
    Tensor logs = stack.logDet();

    logs.where(logs.gt(-100), 0).sum().backward();

    assertThat(stack.grad().toDoubleArray()).containsExactly(1, 0, 0, 1, 0, 0, 0, 0);
  }

  @Test
  void notANumberPropagates() {
    for (int i = 0; i < 4; i++) {
      double[] values = {2, 1, 1, 3};
      values[i] = Double.NaN;
      Tensor a = Tensor.of(Shape.of(2, 2), values);
      assertThat(a.determinant().item()).isNaN();
      assertThat(a.logDet().item()).isNaN();
      assertThat(a.inverse().sum().item()).isNaN();
      assertThat(a.solve(Tensor.of(1, 2)).sum().item()).isNaN();
      assertThat(a.cholesky().sum().item()).isNaN();
      assertThat(Autograd.grad(Tensor::determinant).apply(a).sum().item()).isNaN();
    }
    Tensor zeroAboveNaN = Tensor.of(new double[][] {{0, 1}, {Double.NaN, 1}});
    assertThat(zeroAboveNaN.inverse().sum().item()).isNaN();
  }

  @Test
  void theOtherTriangleIsNotRead() {
    Tensor a = Tensor.of(new double[][] {{2, Double.NaN}, {1, 4}}).withGrad();

    Tensor x = a.solveLower(Tensor.of(2, 9));
    x.sum().backward();

    assertThat(x.toDoubleArray()).containsExactly(1, 2);
    assertThat(a.grad().at(0, 1).item()).isZero();
    assertThat(a.grad().at(0, 0).item()).isFinite();
  }

  @Test
  void singlePrecisionStaysNearDoublePrecision() {
    Tensor a = positive(A);
    Tensor single = a.to(DType.F32);

    assertNear(single.inverse(), a.inverse());
    assertNear(single.solve(single), Tensor.eye(DType.F64, N));
    assertNear(single.cholesky(), a.cholesky());
    assertNear(single.logDet(), a.logDet());
    assertNear(Autograd.grad(Tensor::logDet).apply(single), a.inverse());
  }

  private static void assertNear(Tensor single, Tensor exact) {
    assertThat(single.dtype()).isEqualTo(DType.F32);
    assertThat(single.to(DType.F64).allClose(exact, 1e-4, 1e-4)).isTrue();
  }

  @Test
  void standardErrorsFromAHessian() {
    Tensor design = normal(10, 30, 3);
    Tensor y = normal(11, 30);
    UnaryOperator<Tensor> loss = w -> design.matmul(w).sub(y).square().sum().div(2);

    Tensor errors = Autograd.hessian(loss, Tensor.zeros(DType.F64, 3)).inverse().diagonal().sqrt();

    Tensor gram = design.transpose().matmul(design);
    for (int i = 0; i < 3; i++) {
      assertThat(errors.item(i)).isCloseTo(Math.sqrt(gram.inverse().item(i, i)), within(1e-12));
    }
  }

  private static void assertClose(Tensor actual, Tensor expected, double atol) {
    assertThat(actual.allClose(expected, 0, atol)).as("%s should be %s", actual, expected).isTrue();
  }
}
