package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final Settings ODD =
      new Settings(3, 7, new Tolerance(0.5, 0.25), 11, 13, Set.of(Verdict.KINK));

  private static Block block(int size) {
    return new Block("", "x", Shape.of(size), Precision.DOUBLE, new double[size]);
  }

  /** Returns a sine with a derivative that is off by a part of itself. */
  private static Tensor off(Tensor x, double part) {
    return Tensor.custom("off", x.map(Math::sin), x, g -> g.mul(x.cos()).mul(1 + part));
  }

  @Test
  void areChangedOneByOne() {
    Tolerance tolerance = ODD.tolerance();
    Set<Verdict> failing = ODD.failing();
    assertThat(ODD.withOrder(5)).isEqualTo(new Settings(5, 7, tolerance, 11, 13, failing));
    assertThat(ODD.withSeed(5)).isEqualTo(new Settings(3, 5, tolerance, 11, 13, failing));
    assertThat(ODD.withTolerance(new Tolerance(1, 2)))
        .isEqualTo(new Settings(3, 7, new Tolerance(1, 2), 11, 13, failing));
    assertThat(ODD.withDirections(1, 2)).isEqualTo(new Settings(3, 7, tolerance, 1, 2, failing));
    assertThat(ODD.withFailing(Set.of(Verdict.WRONG)))
        .isEqualTo(new Settings(3, 7, tolerance, 11, 13, Set.of(Verdict.WRONG)));
  }

  @Test
  void areByDefaultThoseOfTheDocumentation() {
    assertThat(Settings.DEFAULT)
        .isEqualTo(
            new Settings(
                1, 42, new Tolerance(1e-9, 0), 0, 15, Set.of(Verdict.WRONG, Verdict.TOO_NOISY)));
  }

  @Test
  void takeInputsOfMoreThanAThousandElementsForLarge() {
    assertThat(ODD.directionsFor(block(1000))).isEqualTo(11);
    assertThat(ODD.directionsFor(block(1001))).isEqualTo(13);
  }

  @Test
  void takeTheFewestDirectionsThatMissWithAProbability() {
    assertThat(Settings.directionsFor(0.383)).isEqualTo(1);
    assertThat(Settings.directionsFor(0.382)).isEqualTo(2);
    assertThat(Settings.directionsFor(1e-6)).isEqualTo(15);
  }

  @Test
  void ofAnInputAreTheSameWhereverTheyComeInAChain() {
    Tensor x = Tensor.of(0.5, 1.5);
    GradientCheck check =
        GradientCheck.of((Tensor y) -> y.sin().add(y.relu()))
            .order(2)
            .directions(3)
            .seed(9)
            .failingOn(Verdict.KINK)
            .tolerance(0.25, 0.125)
            .at(x);
    GradientReport report = check.check();
    assertThat(report.order()).isEqualTo(2);
    assertThat(report.seed()).isEqualTo(9);
    assertThat(report.inputs()).extracting(CheckedInput::directions).containsOnly(3);
    assertThat(report.inputs().get(0).first().orElseThrow().tolerance()).isGreaterThan(0.125);
    Tensor kink = Tensor.of(0.0, 1.5);
    assertThat(check.at(kink).everyElement().check().failed()).isEqualTo(1);
    assertThat(check.at(kink).everyElement().allowing(Verdict.KINK).check().passed()).isTrue();
    assertThat(check.at(x).everyElement().check().inputs().get(0).directions()).isZero();
  }

  @Test
  void letOrdersOfOneAndTolerancesOfZeroBe() {
    GradientCheck check = GradientCheck.of(Tensor::sin).at(Tensor.of(0.5));
    assertThat(check.order(1).check().order()).isEqualTo(1);
    assertThat(check.tolerance(0, 0).check().passed()).isTrue();
    assertThat(check.directions(1).check().elements()).isEqualTo(1);
  }

  @Test
  void letAFailingVerdictPassUnlessItIsWrong() {
    GradientCheck check =
        GradientCheck.of(x -> off(x, 1e-3)).at(Tensor.of(0.5)).allowing(Verdict.TOO_NOISY);
    assertThat(check.check().failed()).isEqualTo(1);
    GradientCheck noisy = GradientCheck.of(Tensor::tanh).at(Tensor.of(17.5));
    assertThat(noisy.check().failed()).isEqualTo(1);
    assertThat(noisy.allowing(Verdict.TOO_NOISY).check().failed()).isZero();
    assertThat(noisy.allowing(Verdict.TOO_NOISY).failingOn(Verdict.TOO_NOISY).check().failed())
        .isEqualTo(1);
  }

  @Test
  void ofSingleOutputsGiveTheDerivativeItselfInAnyPrecision() {
    Tensor x = Tensor.of(0.5);
    CheckedElement element =
        GradientCheck.of(Tensor::sin).at(x).check().inputs().get(0).first().orElseThrow();
    assertThat(element.analytic()).isEqualTo(Math.cos(0.5));
    element =
        GradientCheck.of(Tensor::sin)
            .at(x.to(DType.F32))
            .check()
            .inputs()
            .get(0)
            .first()
            .orElseThrow();
    assertThat(element.analytic()).isCloseTo(Math.cos(0.5), within(1e-6));
  }
}
