package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import java.util.ArrayList;
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

  static Stream<Case> cases() {
    return Stream.of(
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
    SplittableRandom random = new SplittableRandom(n);
    Parameter p = Parameter.of("p", Tensor.normal(random, dtype, n));
    List<Parameter> memory = new ArrayList<>();
    for (int i = 0; i < c.memories(); i++) {
      memory.add(Parameter.of("m" + i, Tensor.zeros(dtype, n)));
    }
    for (long t = 1; t <= 4; t++) {
      Tensor g = Tensor.normal(random, dtype, n).mul(Math.pow(10, (double) t - 2));
      Tensor start = p.keep();
      List<Tensor> expected = new ArrayList<>();
      long step = t;
      Autograd.noGrad(
          () -> {
            Tensor h = decay == 0 ? g : g.add(start.mul(decay));
            return expected.addAll(c.formula().apply(start, h, memory, step));
          });
      List<Tensor> kept = expected.stream().map(Tensor::keep).toList();
      Update update = c.rule().apply(Update.of(p, g, RATE, decay), memory, t);
      Parameter.update(List.of(update));
      assertThat(p.toDoubleArray()).isEqualTo(kept.get(0).toDoubleArray());
      for (int i = 0; i < memory.size(); i++) {
        assertThat(memory.get(i).toDoubleArray()).isEqualTo(kept.get(i + 1).toDoubleArray());
      }
      assertThat(p.version()).isEqualTo(t);
      assertThat(memory).allSatisfy(m -> assertThat(m.version()).isEqualTo(step));
    }
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

  private static Tensor dead() {
    try (Tape tape = Tape.open()) {
      assertThat(tape.nodes()).isEmpty();
      return Tensor.of(1.0, 1).mul(2);
    }
  }

  @Test
  void aGradientThatIsAnotherParameterDoesNotFollowItsUpdate() {
    Update first = Update.of(a, Tensor.of(1.0, 1), 1, 0);
    Parameter.update(List.of(first, Update.of(b, a, 1, 0)));
    assertThat(a.toDoubleArray()).containsExactly(0, 1);
    assertThat(b.toDoubleArray()).containsExactly(2, 2);
  }
}
