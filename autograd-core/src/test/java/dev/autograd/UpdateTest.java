package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates in place, bit for bit against the same formulas in tensor operations. */
class UpdateTest {

  private static final double RATE = 0.03;
  private static final double B1 = 0.9;
  private static final double B2 = 0.99;
  private static final double EPS = 1e-6;

  /** What a formula leaves: the parameter, then what is remembered. */
  private interface Formula {
    List<Tensor> apply(Tensor p, Tensor h, List<Parameter> memory, long t);
  }

  private interface Rule {
    Update apply(Update descent, List<Parameter> memory, long t);
  }

  private record Case(String name, int memories, Rule rule, Formula formula) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static Tensor blend(Tensor old, double share, Tensor fresh) {
    return old.mul(share).add(fresh.mul(1 - share));
  }

  private static List<Tensor> adam(Tensor p, Tensor h, List<Parameter> memory, long t) {
    Tensor m = blend(memory.get(0), B1, h);
    Tensor s = blend(memory.get(1), B2, h.square());
    boolean amsgrad = memory.size() == 3;
    Tensor used = amsgrad ? memory.get(2).maximum(s) : s;
    Tensor mean = m.div(1 - Math.pow(B1, (double) t));
    Tensor root = used.div(1 - Math.pow(B2, (double) t)).sqrt();
    Tensor next = p.sub(mean.div(root.add(EPS)).mul(RATE));
    return amsgrad ? List.of(next, m, s, used) : List.of(next, m, s);
  }

  private static Tensor mean(List<Parameter> memory, int place, Tensor h) {
    return blend(memory.get(place), B1, h);
  }

  private static Tensor square(List<Parameter> memory, Tensor h) {
    return blend(memory.get(0), B2, h.square());
  }

  private static Tensor variance(Tensor square, Tensor mean) {
    return square.sub(mean.square()).maximum(0);
  }

  private static Tensor scaled(Tensor h, Tensor square) {
    return h.div(square.sqrt().add(EPS));
  }

  private static List<Tensor> centered(Tensor p, Tensor h, List<Parameter> memory, long t) {
    Tensor s = blend(memory.get(0), B2, h.square());
    Tensor m = blend(memory.get(1), B2, h);
    Tensor u = scaled(h, variance(s, m));
    if (memory.size() == 2) {
      return List.of(p.sub(u.mul(RATE)), s, m);
    }
    Tensor v = memory.get(2).mul(0.8).add(u);
    return List.of(p.sub(v.mul(RATE)), s, m, v);
  }

  private static List<Tensor> nadam(Tensor p, Tensor h, List<Parameter> memory, long t) {
    Tensor m = mean(memory, 0, h);
    Tensor s = blend(memory.get(1), B2, h.square());
    Tensor root = s.div(1 - Math.pow(B2, (double) t)).sqrt();
    Tensor ahead = h.mul(0.3).add(m.mul(0.6));
    return List.of(p.sub(ahead.div(root.add(EPS)).mul(RATE)), m, s);
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "adagrad",
            1,
            (u, m, t) -> u.adagrad(m.get(0), EPS),
            (p, h, m, t) -> {
              Tensor s = m.get(0).add(h.square());
              return List.of(p.sub(scaled(h, s).mul(RATE)), s);
            }),
        new Case(
            "rmsProp",
            1,
            (u, m, t) -> u.rmsProp(m.get(0), B2, EPS),
            (p, h, m, t) -> {
              Tensor s = square(m, h);
              return List.of(p.sub(scaled(h, s).mul(RATE)), s);
            }),
        new Case(
            "rmsPropMomentum",
            2,
            (u, m, t) -> u.rmsPropMomentum(m.get(0), m.get(1), B2, EPS, 0.8),
            (p, h, m, t) -> {
              Tensor s = square(m, h);
              Tensor v = m.get(1).mul(0.8).add(scaled(h, s));
              return List.of(p.sub(v.mul(RATE)), s, v);
            }),
        new Case(
            "centeredRmsProp",
            2,
            (u, m, t) -> u.centeredRmsProp(m.get(0), m.get(1), B2, EPS),
            UpdateTest::centered),
        new Case(
            "centeredRmsPropMomentum",
            3,
            (u, m, t) -> u.centeredRmsPropMomentum(m.get(0), m.get(1), m.get(2), B2, EPS, 0.8),
            UpdateTest::centered),
        new Case(
            "adamax",
            2,
            (u, m, t) -> u.adamax(m.get(0), m.get(1), B1, B2, EPS, t),
            (p, h, m, t) -> {
              Tensor mean = mean(m, 0, h);
              Tensor largest = m.get(1).mul(B2).maximum(h.abs().add(EPS));
              Tensor u = mean.div(1 - Math.pow(B1, (double) t)).div(largest);
              return List.of(p.sub(u.mul(RATE)), mean, largest);
            }),
        new Case(
            "nadam",
            2,
            (u, m, t) -> u.nadam(m.get(0), m.get(1), B1, B2, EPS, 0.3, 0.6, t),
            UpdateTest::nadam),
        new Case(
            "lion",
            1,
            (u, m, t) -> u.lion(m.get(0), B1, B2),
            (p, h, m, t) -> {
              Tensor sign = mean(m, 0, h).sign();
              return List.of(p.sub(sign.mul(RATE)), blend(m.get(0), B2, h));
            }),
        new Case("descent", 0, (u, m, t) -> u, (p, h, m, t) -> List.of(p.sub(h.mul(RATE)))),
        new Case(
            "momentum",
            1,
            (u, m, t) -> u.momentum(m.get(0), 0.9, 0.8),
            (p, h, m, t) -> {
              Tensor v = m.get(0).mul(0.9).add(h.mul(0.8));
              return List.of(p.sub(v.mul(RATE)), v);
            }),
        new Case(
            "nesterov",
            1,
            (u, m, t) -> u.nesterov(m.get(0), 0.9, 1, 0.7),
            (p, h, m, t) -> {
              Tensor v = m.get(0).mul(0.9).add(h.mul(1));
              return List.of(p.sub(h.add(v.mul(0.7)).mul(RATE)), v);
            }),
        new Case(
            "adam", 2, (u, m, t) -> u.adam(m.get(0), m.get(1), B1, B2, EPS, t), UpdateTest::adam),
        new Case(
            "amsgrad",
            3,
            (u, m, t) -> u.amsgrad(m.get(0), m.get(1), m.get(2), B1, B2, EPS, t),
            UpdateTest::adam));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isItsFormula(Case c) {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      for (double decay : new double[] {0, 0.1}) {
        for (int n : new int[] {0, 1, 7, 1024, 3000}) {
          checkSteps(c, dtype, decay, n);
        }
      }
    }
  }

  private static void checkSteps(Case c, DType dtype, double decay, int n) {
    for (double decoupled : new double[] {0, 0.2}) {
      checkSteps(c, dtype, decay, decoupled, n);
    }
  }

  private static void checkSteps(Case c, DType dtype, double decay, double decoupled, int n) {
    SplittableRandom random = new SplittableRandom(n);
    Parameter p = Parameter.of("p", Tensor.normal(random, dtype, n));
    List<Parameter> memory = new ArrayList<>();
    for (int i = 0; i < c.memories(); i++) {
      memory.add(Parameter.of("m" + i, Tensor.zeros(dtype, n)));
    }
    for (long t = 1; t <= 4; t++) {
      Tensor g = Tensor.normal(random, dtype, n).mul(Math.pow(10, (double) t - 2));
      Tensor start = decoupled == 0 ? p.keep() : p.keep().mul(1 - RATE * decoupled);
      List<Tensor> expected = new ArrayList<>();
      long step = t;
      Autograd.noGrad(
          () -> {
            Tensor h = decay == 0 ? g : g.add(start.mul(decay));
            return expected.addAll(c.formula().apply(start, h, memory, step));
          });
      List<Tensor> kept = expected.stream().map(Tensor::keep).toList();
      Update update =
          c.rule().apply(Update.of(p, g, RATE, decay), memory, t).decoupledDecay(decoupled);
      Parameter.update(List.of(update));
      assertThat(p.toDoubleArray()).isEqualTo(kept.get(0).toDoubleArray());
      for (int i = 0; i < memory.size(); i++) {
        assertThat(memory.get(i).toDoubleArray()).isEqualTo(kept.get(i + 1).toDoubleArray());
      }
      assertThat(p.version()).isEqualTo(t);
      assertThat(memory).allSatisfy(m -> assertThat(m.version()).isEqualTo(step));
    }
  }

  /** The running variance of equal gradients is 0, which rounding may miss on either side. */
  @Test
  void varianceOfEqualGradientsIsNeverNegative() {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      Parameter p = Parameter.of("p", Tensor.linspace(dtype, 0.1, 1, 64));
      Tensor g = p.keep();
      Parameter s = Parameter.of("s", Tensor.zeros(dtype, 64));
      Parameter m = Parameter.of("m", Tensor.zeros(dtype, 64));
      for (int i = 0; i < 200; i++) {
        Parameter.update(List.of(Update.of(p, g, 1e-9, 0).centeredRmsProp(s, m, 0.5, 1e-3)));
      }
      assertThat(s.sub(m.square()).min().item()).isNegative();
      assertThat(Arrays.stream(p.toDoubleArray())).allMatch(Double::isFinite);
    }
  }

  @Test
  void lionStaysWhereItsMeanIsZeroAndSpreadsNaN() {
    Parameter p = Parameter.of("p", Tensor.of(1.0, 2, 3));
    Parameter m = Parameter.of("m", Tensor.zeros(DType.F64, 3));
    Parameter.update(
        List.of(Update.of(p, Tensor.of(0, -1e-300, Double.NaN), 0.5, 0).lion(m, 0.9, 0.99)));
    assertThat(p.toDoubleArray()).containsExactly(1, 2.5, Double.NaN);
  }

  @Test
  void withoutDecayAnInfiniteParameterDoesNotSpread() {
    Parameter p = Parameter.of("p", Tensor.of(Double.POSITIVE_INFINITY, 1));
    Parameter v = Parameter.of("v", Tensor.of(0.0, 0));
    Parameter.update(List.of(Update.of(p, Tensor.of(1.0, 1), 1, 0).momentum(v, 0.9, 1)));
    assertThat(v.toDoubleArray()).containsExactly(1, 1);
  }

  // ---------------------------------------------------------------- all or nothing

  private final Parameter a = Parameter.of("a", Tensor.of(1.0, 2));
  private final Parameter b = Parameter.of("b", Tensor.of(3.0, 4));

  private void assertRefused(Update second, Class<?> exception, String message) {
    Update first = Update.of(a, Tensor.of(1.0, 1), 1, 0);
    assertThatThrownBy(() -> Parameter.update(List.of(first, second)))
        .isInstanceOf(exception)
        .hasMessageContaining(message);
    assertThat(a.toDoubleArray()).containsExactly(1, 2);
    assertThat(a.version() + b.version()).isZero();
  }

  @Test
  void oneThatCannotBeMadeStopsAll() {
    assertRefused(
        Update.of(b, Tensor.of(1.0), 1, 0),
        ShapeException.class,
        "update: parameter \"b\" is [2] and the gradient is [1]; the shapes must be equal");
    assertRefused(
        Update.of(b, Tensor.of(1f, 1), 1, 0),
        DTypeException.class,
        "update: parameter \"b\" is F64 and the gradient is F32; convert it with to(F64)");
    assertRefused(
        Update.of(b, Tensor.of(1.0, 1), 1, 0).momentum(Parameter.of("v", Tensor.of(0.0)), 0.9, 1),
        ShapeException.class,
        "update: parameter \"b\" is [2] and what is remembered is [1]");
    Tensor dead = dead();
    assertRefused(Update.of(b, dead, 1, 0), ClosedTapeException.class, "");
  }

  @Test
  void nothingIsWrittenTwice() {
    Tensor g = Tensor.of(1.0, 1);
    assertRefused(
        Update.of(a, g, 1, 0),
        IllegalArgumentException.class,
        "update: parameter \"a\" is to be written twice");
    assertRefused(
        Update.of(b, g, 1, 0).adam(b, Parameter.of("s", g), 0.9, 0.99, 1e-8, 1),
        IllegalArgumentException.class,
        "update: parameter \"b\" is to be written twice");
    Parameter m = Parameter.of("m", g);
    assertRefused(
        Update.of(b, g, 1, 0).adam(m, m, 0.9, 0.99, 1e-8, 1),
        IllegalArgumentException.class,
        "update: parameter \"m\" is to be written twice");
    assertThatThrownBy(
            () -> Update.of(b, g, 1, 0).adam(m, Parameter.of("s", g), 0.9, 0.99, 1e-8, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count from 1");
  }

  @Test
  void aParameterIsWrittenAgainByTheNextCallAlsoAfterARefusedOne() {
    Tensor g = Tensor.of(1.0, 1);
    Update update = Update.of(a, g, 1, 0);
    assertRefused(update, IllegalArgumentException.class, "written twice");
    Parameter.update(List.of(update));
    Parameter.update(List.of(update));
    assertThat(a.toDoubleArray()).containsExactly(-1, 0);
  }

  private static Tensor dead() {
    try (Tape tape = Tape.open()) {
      assertThat(tape.nodes()).isEmpty();
      return Tensor.of(1.0, 1).mul(2);
    }
  }

  @Test
  void theLastDecoupledDecayCounts() {
    Update update = Update.of(a, Tensor.of(0.0, 0), 0.1, 0).decoupledDecay(0.5);
    Parameter.update(List.of(update.decoupledDecay(0)));
    assertThat(a.toDoubleArray()).containsExactly(1, 2);
    Parameter.update(List.of(update));
    assertThat(a.toDoubleArray()).containsExactly(0.95, 1.9);
  }

  @Test
  void aGradientThatIsAnotherParameterDoesNotFollowItsUpdate() {
    Update first = Update.of(a, Tensor.of(1.0, 1), 1, 0);
    Parameter.update(List.of(first, Update.of(b, a, 1, 0)));
    assertThat(a.toDoubleArray()).containsExactly(0, 1);
    assertThat(b.toDoubleArray()).containsExactly(2, 2);
  }

  @Test
  void aGradientThatIsTheParameterOrItsMemoryDoesNotFollowTheUpdate() {
    Parameter.update(List.of(Update.of(a, a, 0.5, 0).decoupledDecay(1)));
    assertThat(a.toDoubleArray()).containsExactly(0.5 - 0.5, 1 - 1);
    Parameter v = Parameter.of("v", Tensor.of(1.0, 1));
    Parameter.update(List.of(Update.of(b, v, 1, 0).nesterov(v, 1, 1, 1)));
    assertThat(v.toDoubleArray()).containsExactly(2, 2);
    assertThat(b.toDoubleArray()).containsExactly(0, 1);
  }

  @Test
  void aGradientThatIsAParameterOfALaterUpdateIsReadBefore() {
    Update first = Update.of(a, b, 1, 0);
    Parameter.update(List.of(first, Update.of(b, Tensor.of(1.0, 1), 1, 0)));
    assertThat(a.toDoubleArray()).containsExactly(-2, -2);
    assertThat(b.toDoubleArray()).containsExactly(2, 3);
  }
}
