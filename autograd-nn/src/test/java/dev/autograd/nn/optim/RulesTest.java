package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules, written once more in plain numbers from their sources, and first steps by hand. */
class RulesTest {

  private static final double[] GRADIENTS = {2, -1, 0.5, 0.1, -3};
  private static final double RATE = 0.1;

  /** Returns the next p; what is remembered is zeros at first. */
  private interface Reference {
    double step(double p, double g, int t, double[] memory);
  }

  private record Case(
      String name, Function<List<Parameter>, Optimizer> optimizer, Reference reference) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static double blend(double share, double old, double fresh) {
    return share * old + (1 - share) * fresh;
  }

  private static double adamW(double p, double g, int t, double[] memory) {
    double shrunk = p * (1 - RATE * 0.3);
    memory[0] = blend(0.9, memory[0], g);
    memory[1] = blend(0.5, memory[1], g * g);
    memory[2] = Math.max(memory[2], memory[1]);
    double corrected = memory[2] / (1 - Math.pow(0.5, t));
    return shrunk - RATE * (memory[0] / (1 - Math.pow(0.9, t))) / (Math.sqrt(corrected) + 1e-8);
  }

  private static double adamax(double p, double g, int t, double[] memory) {
    double h = g + 0.2 * p;
    memory[0] = blend(0.8, memory[0], h);
    memory[1] = Math.max(0.7 * memory[1], Math.abs(h) + 0.01);
    return p - RATE / (1 - Math.pow(0.8, t)) * memory[0] / memory[1];
  }

  private static double nadam(double p, double g, int t, double[] memory) {
    double h = g + 0.2 * p;
    double product = 1;
    for (int i = 1; i <= t; i++) {
      product *= 0.8 * (1 - 0.5 * Math.pow(0.96, i * 0.5));
    }
    double now = 0.8 * (1 - 0.5 * Math.pow(0.96, t * 0.5));
    double next = 0.8 * (1 - 0.5 * Math.pow(0.96, (t + 1) * 0.5));
    memory[0] = blend(0.8, memory[0], h);
    memory[1] = blend(0.7, memory[1], h * h);
    double root = Math.sqrt(memory[1] / (1 - Math.pow(0.7, t))) + 0.01;
    return p
        - RATE * (1 - now) / (1 - product) * h / root
        - RATE * next / (1 - product * next) * memory[0] / root;
  }

  private static double lion(double p, double g, int t, double[] memory) {
    double direction = Math.signum(blend(0.8, memory[0], g));
    memory[0] = blend(0.6, memory[0], g);
    return p * (1 - RATE * 0.3) - RATE * direction;
  }

  private static double rmsProp(double p, double g, double[] memory, boolean centered, double mu) {
    double h = g + 0.2 * p;
    memory[0] = blend(0.7, memory[0], h * h);
    memory[1] = blend(0.7, memory[1], h);
    double variance = centered ? memory[0] - memory[1] * memory[1] : memory[0];
    memory[2] = mu * memory[2] + h / (Math.sqrt(variance) + 0.01);
    return p - RATE * memory[2];
  }

  static Stream<Case> cases() {
    RmsProp rmsProp = RmsProp.lr(RATE).alpha(0.7).epsilon(0.01).weightDecay(0.2);
    return Stream.of(
        new Case(
            "adagrad",
            Adagrad.lr(Schedule.inverseTime(RATE, 0.5)).initialSum(0.3).epsilon(0.01)::over,
            (p, g, t, memory) -> {
              memory[0] += g * g;
              double rate = RATE / (1 + (t - 1) * 0.5);
              return p - rate * g / (Math.sqrt(0.3 + memory[0]) + 0.01);
            }),
        new Case("rmsProp", rmsProp::over, (p, g, t, m) -> rmsProp(p, g, m, false, 0)),
        new Case(
            "rmsProp momentum",
            rmsProp.momentum(0.4)::over,
            (p, g, t, m) -> rmsProp(p, g, m, false, 0.4)),
        new Case(
            "rmsProp centered",
            rmsProp.centered()::over,
            (p, g, t, m) -> rmsProp(p, g, m, true, 0)),
        new Case(
            "rmsProp centered momentum",
            rmsProp.centered().momentum(0.4)::over,
            (p, g, t, m) -> rmsProp(p, g, m, true, 0.4)),
        new Case(
            "adamW amsgrad",
            AdamW.lr(RATE).betas(0.9, 0.5).weightDecay(0.3).amsgrad()::over,
            RulesTest::adamW),
        new Case(
            "adamax",
            Adamax.lr(RATE).betas(0.8, 0.7).epsilon(0.01).weightDecay(0.2)::over,
            RulesTest::adamax),
        new Case(
            "nadam",
            NAdam.lr(RATE).betas(0.8, 0.7).epsilon(0.01).momentumDecay(0.5).weightDecay(0.2)::over,
            RulesTest::nadam),
        new Case("lion", Lion.lr(RATE).betas(0.8, 0.6).weightDecay(0.3)::over, RulesTest::lion));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isItsFormula(Case c) {
    Parameter p = Parameter.of("p", Tensor.scalar(1));
    Optimizer optimizer = c.optimizer().apply(List.of(p));
    double expected = 1;
    double[] memory = new double[3];
    for (int t = 1; t <= GRADIENTS.length; t++) {
      double g = GRADIENTS[t - 1];
      expected = c.reference().step(expected, g, t, memory);
      optimizer.minimize(() -> p.mul(g));
      assertThat(p.item()).as("step %d", t).isCloseTo(expected, within(1e-14));
    }
  }

  // ---------------------------------------------------------------- first steps by hand

  private static double firstStep(Function<List<Parameter>, Optimizer> optimizer) {
    Parameter p = Parameter.of("p", Tensor.scalar(1));
    optimizer.apply(List.of(p)).minimize(() -> p.mul(-4));
    return p.item();
  }

  @Test
  void firstStepOfAdagradIsTheRate() {
    assertThat(firstStep(Adagrad.lr(0.5)::over)).isCloseTo(1.5, within(1e-10));
    assertThat(firstStep(Adagrad.lr(0.5).initialSum(9).epsilon(3)::over)).isEqualTo(1.25);
  }

  @Test
  void firstStepOfRmsPropIsTheRateOverTheRootOfItsShare() {
    // s = 0.01 · 16, √s = 0.4; centered s - m² = 0.16 - 0.04² = 0.1584.
    assertThat(firstStep(RmsProp.lr(0.01)::over)).isCloseTo(1.1, within(1e-8));
    assertThat(firstStep(RmsProp.lr(0.01).momentum(0.9)::over)).isCloseTo(1.1, within(1e-8));
    assertThat(firstStep(RmsProp.lr(0.01).centered()::over))
        .isCloseTo(1 + 0.04 / Math.sqrt(0.1584), within(1e-8));
  }

  @Test
  void firstStepOfAdamWIsDecayAndTheRate() {
    assertThat(firstStep(AdamW.lr(0.25).epsilon(0).weightDecay(0.5)::over))
        .isCloseTo(0.875 + 0.25, within(1e-15));
    assertThat(firstStep(AdamW.lr(0.25).epsilon(0)::over)).isCloseTo(1.2475, within(1e-15));
  }

  @Test
  void firstStepOfAdamaxIsTheRate() {
    assertThat(firstStep(Adamax.lr(0.25).epsilon(0)::over)).isCloseTo(1.25, within(1e-15));
  }

  @Test
  void firstStepOfNAdamLooksAhead() {
    // With ψ 0, μ = β₁/2 = 0.25 always: (1 - 0.25)/(1 - 0.25) g + 0.25/(1 - 0.0625) g/2 over |g|.
    NAdam nadam = NAdam.lr(0.75).betas(0.5, 0.5).epsilon(0).momentumDecay(0);
    assertThat(firstStep(nadam::over)).isCloseTo(1 + 0.75 * (1 + 0.125 / 0.9375), within(1e-15));
  }

  @Test
  void firstStepOfLionIsTheRate() {
    assertThat(firstStep(Lion.lr(0.25)::over)).isEqualTo(1.25);
    assertThat(firstStep(Lion.lr(0.25).weightDecay(1)::over)).isEqualTo(1);
  }
}
