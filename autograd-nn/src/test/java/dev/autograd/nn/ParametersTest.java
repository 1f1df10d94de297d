package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.DTypeException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParametersTest {

  private final Parameter w = Parameter.of("w", Tensor.of(1.0, 2.0));
  private final Parameter b = Parameter.of("b", Tensor.scalar(3));

  private static Parameters model() {
    Random random = new Random(1);
    Sequential encoder =
        Sequential.of(Dense.of(3, 2, random), Tensor::tanh, Dense.of(2, 1, random));
    return Parameters.none().and("enc", encoder).and("head", Dense.of(1, 1, random));
  }

  private static Tensor at(Map<String, Tensor> values, String path) {
    return Optional.ofNullable(values.get(path)).orElseThrow();
  }

  @Test
  void listsParametersInOrderWithPaths() {
    assertThat(model().paths())
        .containsExactly(
            "enc.0.weight", "enc.0.bias", "enc.2.weight", "enc.2.bias", "head.weight", "head.bias");
    assertThat(model().size()).isEqualTo(6);
    assertThat(model().count()).isEqualTo(6 + 2 + 2 + 1 + 1 + 1);
    assertThat(Parameters.none().size()).isZero();
    assertThat(Parameters.none().count()).isZero();
  }

  @Test
  void takesOnlyParametersFromTensors() {
    Parameters found = Parameters.of(Tensor.scalar(1), w, w.mul(2), b, w);
    assertThat(found).containsExactly(w, b);
    assertThat(found.paths()).containsExactly("w", "b");
  }

  @Test
  void takesParametersAtGivenPaths() {
    Map<String, Parameter> byPath = new LinkedHashMap<>();
    byPath.put("x.y", b);
    byPath.put("first", w);
    byPath.put("again", b);
    Parameters found = Parameters.of(byPath);
    byPath.clear();
    assertThat(found).containsExactly(b, w);
    assertThat(found.paths()).containsExactly("x.y", "first");
  }

  @Test
  void listsASharedParameterOnceAtItsFirstPath() {
    Dense encoder = Dense.of(2, 2, new Random(1));
    Dense decoder = new Dense(encoder.weight(), Parameter.of("bias", Tensor.of(0.0, 0.0)));
    Parameters both = Parameters.none().and("enc", encoder).and("dec", decoder);
    assertThat(both.paths()).containsExactly("enc.weight", "enc.bias", "dec.bias");
    assertThat(both.count()).isEqualTo(4 + 2 + 2);
  }

  @Test
  void refusesTwoParametersOfOnePath() {
    Parameter other = Parameter.of("w", Tensor.scalar(1));
    assertThatThrownBy(() -> Parameters.of(w, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"w\"")
        .hasMessageContaining("[2] and []");
    Dense dense = Dense.of(1, 1, new Random(1));
    Parameters once = Parameters.none().and("a", dense);
    assertThatThrownBy(() -> once.and("a", Dense.of(1, 1, new Random(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a.weight\"");
    assertThat(once.and("a", dense).size()).isEqualTo(2);
  }

  @Test
  void refusesWhatWouldHaveNoPath() {
    assertThatThrownBy(() -> Parameters.of(Parameter.of("", Tensor.scalar(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no name");
    assertThatThrownBy(() -> Parameters.none().and("", Tensor::tanh))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefix is empty");
  }

  @Test
  void joinsListsUnderPrefixes() {
    Parameters joined = Parameters.none().and("x", Parameters.of(w)).and("y", Parameters.of(w, b));
    assertThat(joined.paths()).containsExactly("x.w", "y.b");
  }

  @Test
  void starStopsAtDotsAndTwoStarsDoNot() {
    assertThat(model().matching("enc.*").paths()).isEmpty();
    assertThat(model().matching("enc.**").paths()).hasSize(4);
    assertThat(model().matching("*.weight").paths()).containsExactly("head.weight");
    assertThat(model().matching("**.weight").paths()).hasSize(3);
    assertThat(model().matching("enc.*.bias").paths()).containsExactly("enc.0.bias", "enc.2.bias");
    assertThat(model().matching("**").size()).isEqualTo(6);
    assertThat(model().matching("head").paths()).isEmpty();
  }

  @Test
  void allElseInAPatternStandsForItself() {
    Parameters odd = Parameters.of(Parameter.of("a+b", Tensor.scalar(1)), w);
    assertThat(odd.matching("a+b").size()).isEqualTo(1);
    assertThat(odd.matching("aab").size()).isZero();
    assertThat(model().matching("enc?0.weight").size()).isZero();
    assertThat(model().matching("encX0Xweight").size()).isZero();
  }

  @Test
  void exceptIsTheComplementOfMatching() {
    assertThat(model().except("enc.**").paths()).containsExactly("head.weight", "head.bias");
    assertThat(model().except("**").size()).isZero();
  }

  @Test
  void findsByPathOrNamesWhatThereIs() {
    assertThat(Parameters.of(w, b).byPath("b")).isSameAs(b);
    assertThatThrownBy(() -> Parameters.of(w, b).byPath("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("byPath: there is no parameter \"c\"; there are [w, b]");
  }

  @Test
  void freezesAndClearsEach() {
    Parameters both = Parameters.of(w, b);
    w.sum().add(b).backward();
    both.zeroGrad();
    assertThat(w.hasGrad() || b.hasGrad()).isFalse();
    both.freeze();
    assertThat(w.frozen() && b.frozen()).isTrue();
    both.matching("w").unfreeze();
    assertThat(w.frozen()).isFalse();
    assertThat(b.frozen()).isTrue();
  }

  @Test
  void iteratorCannotRemove() {
    var iterator = Parameters.of(w, b).iterator();
    iterator.next();
    assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void snapshotStaysWhenParametersChange() {
    Map<String, Tensor> before = Parameters.of(w, b).snapshot();
    w.assign(Tensor.of(7.0, 8.0));
    assertThat(at(before, "w").toDoubleArray()).containsExactly(1, 2);
    assertThat(before.keySet()).containsExactly("w", "b");
    Parameters.of(w, b).load(before);
    assertThat(w.toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void snapshotOutlivesNestedTapes() {
    Map<String, Tensor> taken =
        Tape.scope(() -> Map.copyOf(Tape.scope(() -> Parameters.of(w).snapshot())));
    assertThat(at(taken, "w").toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void snapshotKeepsTheElementType() {
    Parameter small = Parameter.of("s", Tensor.of(0.1f));
    Map<String, Tensor> copy = Parameters.of(small).snapshot();
    assertThat(at(copy, "s").dtype()).isEqualTo(DType.F32);
    assertThat(at(copy, "s").toFloatArray()).containsExactly(0.1f);
  }

  @Test
  void loadTakesValuesThatAreParametersOfTheSameList() {
    Parameter v = Parameter.of("v", Tensor.of(5.0, 6.0));
    Parameters.of(w, v).load(Map.of("w", v, "v", w));
    assertThat(w.toDoubleArray()).containsExactly(5, 6);
    assertThat(v.toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void loadThatDoesNotFitChangesNothing() {
    Parameters both = Parameters.of(w, b);
    Tensor good = Tensor.of(9.0, 9.0);
    assertRefused(both, Map.of("w", good), IllegalArgumentException.class, "missing are [b]");
    assertRefused(
        both,
        Map.of("w", good, "b", Tensor.scalar(0), "c", good),
        IllegalArgumentException.class,
        "unknown are [c]");
    assertRefused(
        both, inOrder(good, good), ShapeException.class, "\"b\" is [] and the given value [2]");
    assertRefused(both, inOrder(good, Tensor.scalar(1f)), DTypeException.class, "to(F64)");
    Tensor[] dead = new Tensor[1];
    Tape.scope(() -> dead[0] = Tensor.scalar(1).add(1));
    assertRefused(both, inOrder(good, dead[0]), IllegalStateException.class, "closed");
  }

  private static Map<String, Tensor> inOrder(Tensor first, Tensor second) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    values.put("w", first);
    values.put("b", second);
    return values;
  }

  private void assertRefused(
      Parameters target, Map<String, Tensor> values, Class<?> error, String message) {
    assertThatThrownBy(() -> target.load(values)).isInstanceOf(error).hasMessageContaining(message);
    assertThat(w.toDoubleArray()).containsExactly(1, 2);
    assertThat(b.item()).isEqualTo(3);
    assertThat(w.version() + b.version()).isZero();
  }

  @Test
  void printsOneLineEach() {
    b.freeze();
    assertThat(Parameters.of(w, b).toString().lines())
        .containsExactly("w F64[2]", "b F64[] frozen", "3 numbers in 2 parameters");
  }
}
