package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Pullback;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wrong derivatives of the kinds people make; each must be found out, and its correct twin must
 * pass.
 */
class PlantedBugsTest {

  private static Tensor normal(long seed, int... dims) {
    return Tensor.normal(new Random(seed), DType.F64, dims);
  }

  /** Returns y with all gradients through it multiplied by a factor. */
  static Tensor scaled(Tensor y, double factor) {
    return Tensor.custom("scaled", y.detach(), y, g -> g.mul(factor));
  }

  private static Tensor elementwise(DoubleUnaryOperator f, Tensor x, Pullback pullback) {
    return Tensor.custom("planted", x.map(f), x, pullback);
  }

  /** A bug and the same function without it, at the same inputs. */
  private record Plant(String name, GradientCheck broken, GradientCheck twin) {

    static Plant of(
        String name, UnaryOperator<Tensor> broken, UnaryOperator<Tensor> twin, Tensor at) {
      return new Plant(name, GradientCheck.of(broken).at(at), GradientCheck.of(twin).at(at));
    }

    static Plant of(
        String name,
        BinaryOperator<Tensor> broken,
        BinaryOperator<Tensor> twin,
        Tensor a,
        Tensor b) {
      return new Plant(name, GradientCheck.of(broken).at(a, b), GradientCheck.of(twin).at(a, b));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Tensor sin(Tensor x) {
    return elementwise(Math::sin, x, g -> g.mul(x.cos()));
  }

  private static Tensor tanh(Tensor x) {
    return Tensor.custom("tanh", x.map(Math::tanh), x, (g, y) -> g.mul(y.square().subFrom(1)));
  }

  private static Tensor matmul(Tensor a, Tensor b) {
    Tensor value = a.detach().matmul(b.detach());
    return Tensor.custom(
        "mm", value, a, g -> g.matmul(b.transpose()), b, g -> a.transpose().matmul(g));
  }

  private static Tensor withBias(Tensor x, Tensor b) {
    return Tensor.custom("bias", x.detach().add(b.detach()), x, g -> g, b, g -> g.sum(0));
  }

  private static Tensor square(Tensor x) {
    return elementwise(v -> v * v, x, g -> g.mul(x).mul(2));
  }

  private static Tensor meanOfRows(Tensor x) {
    return Tensor.custom(
        "mean", x.detach().mean(0), x, g -> g.div(x.shape().dim(0)).broadcastTo(x.shape()));
  }

  static List<Plant> firstOrder() {
    Tensor x = normal(1, 3, 4);
    Tensor vector = normal(2, 4);
    Tensor square = normal(3, 3, 3);
    Tensor scalar = Tensor.scalar(0.7);
    UnaryOperator<Tensor> sin = PlantedBugsTest::sin;
    UnaryOperator<Tensor> squared = PlantedBugsTest::square;
    return List.of(
        Plant.of(
            "scale 1.001", t -> elementwise(Math::sin, t, g -> g.mul(t.cos()).mul(1.001)), sin, x),
        Plant.of("scale 1 + 1e-6", t -> scaled(t.sin(), 1 + 1e-6), sin, x),
        Plant.of(
            "offset 1e-6", t -> elementwise(Math::sin, t, g -> g.mul(t.cos()).add(1e-6)), sin, x),
        Plant.of(
            "offset 1e-6 in one element",
            t -> elementwise(Math::sin, t, g -> g.mul(t.cos()).add(Tensor.of(0, 1e-6, 0, 0))),
            sin,
            vector),
        Plant.of("sign", t -> elementwise(Math::sin, t, g -> g.mul(t.cos()).neg()), sin, scalar),
        Plant.of("upstream ignored", t -> elementwise(Math::sin, t, g -> t.cos()), sin, x),
        Plant.of(
            "upstream ignored, one number",
            t -> elementwise(Math::sin, t, g -> t.cos()),
            sin,
            scalar),
        Plant.of(
            "sign of upstream ignored",
            t -> elementwise(Math::sin, t, g -> g.abs().mul(t.cos())),
            sin,
            x),
        Plant.of(
            "right for a seed of ones only",
            t -> elementwise(v -> v * v, t, g -> g.mean().mul(t).mul(2)),
            squared,
            x),
        Plant.of(
            "upstream in the wrong order",
            t -> elementwise(v -> v * v, t, g -> g.transpose().reshape(t.shape()).mul(t).mul(2)),
            squared,
            x),
        Plant.of(
            "one of two contributions, no detach",
            t -> elementwise(v -> v * v, t, g -> g.mul(t)),
            squared,
            x),
        Plant.of("no gradient for the second", (a, b) -> a.mul(b.detach()), Tensor::mul, x, x),
        Plant.of("numbers taken out", t -> t.mul(t.item()), t -> t.mul(t), scalar),
        Plant.of(
            "transposed gradient of a square product",
            (a, b) ->
                Tensor.custom(
                    "mm",
                    a.detach().matmul(b.detach()),
                    a,
                    g -> b.matmul(g.transpose()),
                    b,
                    g -> a.transpose().matmul(g)),
            PlantedBugsTest::matmul,
            square,
            normal(4, 3, 3)),
        Plant.of(
            "forgotten transpose in a square product",
            (a, b) ->
                Tensor.custom(
                    "mm",
                    a.detach().matmul(b.detach()),
                    a,
                    g -> g.matmul(b),
                    b,
                    g -> a.transpose().matmul(g)),
            PlantedBugsTest::matmul,
            square,
            normal(5, 3, 3)),
        Plant.of(
            "missing sum over a broadcast axis",
            (a, b) ->
                Tensor.custom(
                    "bias", a.detach().add(b.detach()), a, g -> g, b, g -> g.select(0, 0)),
            PlantedBugsTest::withBias,
            x,
            vector),
        Plant.of(
            "mean instead of sum over a broadcast axis",
            (a, b) ->
                Tensor.custom("bias", a.detach().add(b.detach()), a, g -> g, b, g -> g.mean(0)),
            PlantedBugsTest::withBias,
            x,
            vector),
        Plant.of(
            "divided by the size of the wrong axis",
            t ->
                Tensor.custom(
                    "mean",
                    t.detach().mean(0),
                    t,
                    g -> g.div(t.shape().dim(1)).broadcastTo(t.shape())),
            PlantedBugsTest::meanOfRows,
            x),
        Plant.of(
            "wrong at one value only",
            t -> elementwise(Math::sin, t, g -> g.mul(t.cos()).mul(t.gt(1).to(DType.F64).add(1))),
            sin,
            Tensor.of(0.3, -2.0, 0.9, 1.1)));
  }

  @ParameterizedTest
  @MethodSource("firstOrder")
  void areFoundOut(Plant plant) {
    assertThat(plant.broken().check().passed()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("firstOrder")
  void areFoundOutForAnySeed(Plant plant) {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(plant.broken().seed(seed).check().passed()).as("seed %d", seed).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("firstOrder")
  void haveTwinsThatPass(Plant plant) {
    plant.twin().order(2).assertPasses();
  }

  @ParameterizedTest
  @MethodSource("firstOrder")
  void haveTwinsThatPassForAnySeed(Plant plant) {
    for (long seed = 0; seed < 20; seed++) {
      plant.twin().seed(seed).assertPasses();
    }
  }

  @Nested
  class OnlyAtSomeShapes {

    private static Tensor wrongAtSizeOne(Tensor x) {
      return elementwise(
          Math::sin, x, g -> g.mul(x.cos()).mul(x.shape().dim(0) == 1 ? x.rank() + 1 : 1));
    }

    @Test
    void areFoundOutAtThatShape() {
      assertThat(
              GradientCheck.of(OnlyAtSomeShapes::wrongAtSizeOne).at(normal(6, 1)).check().passed())
          .isFalse();
    }

    @Test
    void passAtOthers() {
      GradientCheck.of(OnlyAtSomeShapes::wrongAtSizeOne).at(normal(7, 3)).assertPasses();
    }
  }

  @Test
  void areFoundOutInSmallOutputsBesideLargeOnes() {
    UnaryOperator<Tensor> f = x -> scaled(x.exp(), 1.001);
    GradientReport report = GradientCheck.of(f).at(Tensor.of(-9.0, -4.0, 0.5, 4.0, 9.0)).check();
    assertThat(report.failed()).isEqualTo(5);
  }

  @Nested
  class InSaturation {

    /**
     * The slope of tanh is 4.5e-7 at 8, 1.5e-10 at 12, 2.2e-15 at 17.5 and less than its rounding.
     */
    private static Tensor flipped(Tensor x) {
      return Tensor.custom(
          "tanh",
          x.map(Math::tanh),
          x,
          (g, y) -> g.mul(y.square().subFrom(1)).mul(x.gt(5).to(DType.F64).mul(-2).add(1)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {8, 10, 12})
    void aSignIsFoundOutAsLongAsRoundingLetsItShow(double x) {
      GradientReport report = GradientCheck.of(InSaturation::flipped).at(Tensor.of(0.1, x)).check();
      assertThat(report.failed()).isEqualTo(1);
      GradientCheck.of(PlantedBugsTest::tanh).at(Tensor.of(0.1, x)).assertPasses();
    }

    @Test
    void beyondThatTheElementIsReportedAsTooNoisyToTell() {
      GradientReport report =
          GradientCheck.of(InSaturation::flipped).at(Tensor.of(0.1, 17.5)).check();
      assertThat(report.passed()).isFalse();
      assertThat(report.count(Verdict.TOO_NOISY)).isEqualTo(1);
      assertThat(report.toString())
          .contains("1 too noisy to tell")
          .contains("hardly their sign was verified");
      assertThat(
              GradientCheck.of(InSaturation::flipped)
                  .at(Tensor.of(0.1, 17.5))
                  .allowing(Verdict.TOO_NOISY)
                  .check()
                  .passed())
          .isTrue();
    }

    @Test
    void aDoubledSlopeIsFoundOut() {
      UnaryOperator<Tensor> doubled = x -> scaled(x.tanh(), 2);
      assertThat(GradientCheck.of(doubled).at(Tensor.of(-8.0, 8.0)).check().failed()).isEqualTo(2);
    }

    @Test
    void aVanishedSlopeIsFoundOut() {
      UnaryOperator<Tensor> vanished = x -> elementwise(Math::tanh, x, g -> g.mul(0));
      assertThat(GradientCheck.of(vanished).at(Tensor.of(-8.0, 8.0)).check().failed()).isEqualTo(2);
    }
  }

  @Nested
  class OfTheSecondOrder {

    private final Tensor x = normal(8, 2, 3);

    private void assertOnlySecondFails(UnaryOperator<Tensor> f) {
      GradientCheck.of(f).at(x).assertPasses();
      GradientReport report = GradientCheck.of(f).at(x).order(2).check();
      assertThat(report.passed()).isFalse();
      assertThat(report.inputs())
          .filteredOn(input -> input.order() == 1)
          .allMatch(CheckedInput::passed);
      assertThat(report.toString()).contains("The derivatives below that order are right");
    }

    @Test
    void aDetachedFactorIsFoundOut() {
      assertOnlySecondFails(t -> elementwise(Math::sin, t, g -> g.mul(t.detach().cos())));
      GradientCheck.of(PlantedBugsTest::sin).at(x).order(2).assertPasses();
    }

    @Test
    void aFactorComputedOnNumbersIsFoundOut() {
      assertOnlySecondFails(t -> elementwise(Math::sin, t, g -> g.mul(t.map(Math::cos))));
    }

    @Test
    void aScaledSecondDerivativeIsFoundOut() {
      assertOnlySecondFails(t -> elementwise(Math::sin, t, g -> g.mul(scaled(t.cos(), 1.001))));
    }

    @Test
    void aDetachedUpstreamGradientIsFoundOut() {
      UnaryOperator<Tensor> f = t -> elementwise(Math::sin, t, g -> g.detach().mul(t.cos()));
      assertOnlySecondFails(f);
      GradientReport report = GradientCheck.of(f).at(x).order(2).check();
      assertThat(report.inputs())
          .filteredOn(input -> !input.passed())
          .extracting(CheckedInput::name)
          .containsExactly("upstream gradient");
    }

    @Test
    void aMissingMixedTermIsFoundOut() {
      BinaryOperator<Tensor> f =
          (a, b) ->
              Tensor.custom(
                  "mul",
                  a.detach().mul(b.detach()),
                  a,
                  g -> g.mul(b.detach()),
                  b,
                  g -> g.mul(a.detach()));
      GradientCheck.of(f).at(x, normal(9, 2, 3)).assertPasses();
      assertThat(GradientCheck.of(f).at(x, normal(9, 2, 3)).order(2).check().passed()).isFalse();
    }

    @Test
    void areNotLookedForBelowAWrongFirst() {
      GradientReport report = GradientCheck.of(t -> scaled(t.sin(), 2)).at(x).order(2).check();
      assertThat(report.inputs()).extracting(CheckedInput::order).containsExactly(1);
      assertThat(report.toString()).contains("Order 2 was not checked");
    }
  }

  @Nested
  class OfMemory {

    private Tensor saved = Tensor.scalar(0);
    private int calls;

    /** Reads what the latest call saved. */
    private Tensor latest(Tensor x) {
      saved = x.detach();
      return elementwise(v -> v * v, x, g -> g.mul(saved).mul(2));
    }

    /** Reads what the first call saved. */
    private Tensor first(Tensor x) {
      saved = calls++ == 0 ? x.detach() : saved;
      return elementwise(v -> v * v, x, g -> g.mul(saved).mul(2));
    }

    @Test
    void aValueOfALaterRunIsFoundOut() {
      assertThat(GradientCheck.of(this::latest).at(normal(10, 3)).check().failed()).isEqualTo(3);
    }

    @Test
    void aValueOfTheFirstRunIsFoundOut() {
      assertThat(GradientCheck.of(this::first).at(normal(11, 3)).check().failed()).isEqualTo(3);
    }

    @Test
    void whatIsSavedPerRunPasses() {
      GradientCheck.of(PlantedBugsTest::square).at(normal(12, 3)).order(2).assertPasses();
    }
  }

  @Nested
  class AtKinks {

    @Test
    void aBugElsewhereIsFoundOutAllTheSame() {
      UnaryOperator<Tensor> f = x -> scaled(x.relu(), 1.001);
      GradientReport report = GradientCheck.of(f).at(Tensor.of(1e-7, -1e-7, 0.5, 2.0)).check();
      assertThat(report.failed()).isEqualTo(3);
      assertThat(report.toString()).doesNotContain("kink");
    }
  }
}
