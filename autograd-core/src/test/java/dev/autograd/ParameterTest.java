package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static dev.autograd.array.DType.I32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one tensor whose value can be replaced: when, by what, and what older values then do. */
class ParameterTest {

  private final Parameter p = Parameter.of("p", Tensor.of(1.0, 2));

  @Test
  void startsAsATrackedCopy() {
    double[] array = {1, 2};
    Parameter copy = Parameter.of("w", Tensor.wrap(Shape.of(2), array));
    array[0] = 9;
    assertThat(copy.toDoubleArray()).containsExactly(1, 2);
    assertThat(copy.name()).isEqualTo("w");
    assertThat(copy.requiresGrad()).isTrue();
    assertThat(copy.version()).isZero();
    assertThat(copy.hasGrad()).isFalse();
    Tensor tracked = Tensor.scalar(2).withGrad().square();
    assertThat(Parameter.of("from a result", tracked).nodes())
        .extracting(Node::op)
        .containsExactly("parameter");
  }

  @Test
  void startsWithOneValueEverywhere() {
    Parameter p = Parameter.full("m", F32, 0.25, 2, 1);
    assertThat(p.name()).isEqualTo("m");
    assertThat(p.dtype()).isEqualTo(F32);
    assertThat(p.shape()).isEqualTo(Shape.of(2, 1));
    assertThat(p.toFloatArray()).containsExactly(0.25f, 0.25f);
    p.square().sum().backward();
    assertThat(p.grad().toFloatArray()).containsExactly(0.5f, 0.5f);
    assertThat(Parameter.full("s", F64, -1).item()).isEqualTo(-1);
    assertThatThrownBy(() -> Parameter.full("k", I32, 1, 2))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("Parameter \"k\"");
  }

  @Test
  void madeOnATapeItOutlivesIt() {
    List<Parameter> made = new ArrayList<>();
    Tape.scope(
        () -> {
          made.add(Parameter.full("m", F64, 0.5, 1000));
        });
    // Would be computed into its array, had the tape owned it.
    Tape.scope(() -> assertThat(six().toDoubleArray()).containsOnly(6));
    assertThat(made.get(0).toDoubleArray()).containsOnly(0.5);
  }

  private static Tensor six() {
    return Tensor.full(F64, 3, 1000).withGrad().mul(2);
  }

  @Test
  void integersCannotBeTrained() {
    assertThatThrownBy(() -> Parameter.of("i", Tensor.indices(1, 2)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "Parameter \"i\": the tensor is I32; it must be F32 or F64, convert it with to(F64)");
  }

  @Test
  void assignCopiesAndRaisesTheVersion() {
    double[] array = {3, 4};
    p.assign(Tensor.wrap(Shape.of(2), array));
    array[0] = 9;
    assertThat(p.toDoubleArray()).containsExactly(3, 4);
    assertThat(p.version()).isEqualTo(1);
    p.assign(p);
    assertThat(p.version()).isEqualTo(2);
    assertThat(p.toDoubleArray()).containsExactly(3, 4);
  }

  @Test
  void assignDropsTheGraphOfWhatItIsGiven() {
    Tensor x = Tensor.of(1.0, 1).withGrad();
    p.assign(p.sub(x.square()));
    assertThat(p.toDoubleArray()).containsExactly(0, 1);
    p.sum().backward();
    assertThat(p.grad().toDoubleArray()).containsExactly(1, 1);
    assertThat(x.hasGrad()).isFalse();
  }

  @Test
  void assignChecksShapeAndType() {
    assertThatThrownBy(() -> p.assign(Tensor.of(1.0, 2, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "assign: parameter \"p\" is [2] and the value is [3]; the shapes must be equal");
    assertThatThrownBy(() -> p.assign(Tensor.scalar(1))).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> p.assign(Tensor.of(1f, 2f)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("assign: parameter \"p\" is F64 and the value is F32; convert it with to(F64)");
    assertThat(p.version()).isZero();
    assertThat(p.toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void assignOfAnUnreadableValueChangesNothing() {
    Tensor stale = p.detach();
    Tensor closed = Tape.scope(() -> List.of(Tensor.of(5.0, 5).add(1))).get(0);
    assertThatThrownBy(() -> p.assign(closed)).isInstanceOf(ClosedTapeException.class);
    p.assign(Tensor.of(3.0, 4));
    assertThatThrownBy(() -> p.assign(stale)).isInstanceOf(StaleValueException.class);
    assertThat(p.version()).isEqualTo(1);
    assertThat(p.toDoubleArray()).containsExactly(3, 4);
  }

  @Test
  void readingGivesTheCurrentValueAndHandlesOfOlderOnesThrow() {
    Tensor detached = p.detach();
    Tensor leaf = p.withGrad();
    Tensor view = Autograd.noGrad(() -> p.reshape(2, 1));
    Tensor kept = p.keep();
    assertThat(detached.toDoubleArray()).containsExactly(1, 2);
    p.assign(Tensor.of(3.0, 4));
    assertThat(p.toDoubleArray()).containsExactly(3, 4);
    assertThat(p.item(1)).isEqualTo(4);
    assertThat(kept.toDoubleArray()).containsExactly(1, 2);
    for (Tensor old : List.of(detached, leaf, view)) {
      assertThatThrownBy(old::toDoubleArray)
          .isInstanceOf(StaleValueException.class)
          .hasMessageEndingWith(
              " shares the storage of parameter \"p\" at version 0, which was updated to version 1;"
                  + " take a copy with keep() before the update");
      assertThatThrownBy(() -> old.add(1)).isInstanceOf(StaleValueException.class);
    }
    // Back at the old numbers it is still another version.
    p.assign(Tensor.of(1.0, 2));
    assertThatThrownBy(detached::sum).isInstanceOf(StaleValueException.class);
  }

  @Test
  void resultsComputedBeforeAnUpdateStay() {
    Tensor y = p.mul(10);
    p.assign(Tensor.of(3.0, 4));
    assertThat(y.toDoubleArray()).containsExactly(10, 20);
  }

  @Test
  void theGradientOfACopyDoesNotReachTheParameter() {
    p.withGrad().square().sum().backward();
    p.detach().mul(Tensor.scalar(1).withGrad()).sum().backward();
    assertThat(p.hasGrad()).isFalse();
  }

  @Test
  void gradientsSurviveAnUpdate() {
    p.square().sum().backward();
    Tensor g = p.grad();
    p.assign(p.sub(g.mul(0.5)));
    assertThat(p.toDoubleArray()).containsExactly(0, 0);
    assertThat(p.grad()).isSameAs(g);
    assertThat(g.toDoubleArray()).containsExactly(2, 4);
  }

  @Test
  void frozenItIsAConstantForWhatIsRecordedAfterwards() {
    Tensor x = Tensor.of(1.0, 1).withGrad();
    Tensor before = p.mul(x).sum();
    p.freeze();
    assertThat(p.frozen()).isTrue();
    assertThat(p.requiresGrad()).isFalse();
    assertThat(p.square().requiresGrad()).isFalse();
    Tensor while_ = p.mul(x).sum();
    p.unfreeze();
    assertThat(p.frozen()).isFalse();
    while_.backward();
    assertThat(p.hasGrad()).isFalse();
    assertThat(x.grad().toDoubleArray()).containsExactly(1, 2);
    before.backward();
    assertThat(p.grad().toDoubleArray()).containsExactly(1, 1);
  }

  @Test
  void frozenBetweenForwardAndSweepItGetsNothing() {
    Tensor x = Tensor.of(1.0, 1).withGrad();
    Tensor y = p.mul(x).sum();
    p.freeze();
    y.backward();
    assertThat(p.hasGrad()).isFalse();
    assertThat(x.grad().toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void frozenItCanBeAssignedAndIsStillGuarded() {
    Tensor x = Tensor.of(1.0, 1).withGrad();
    p.freeze();
    Tensor y = p.mul(x).sum();
    p.assign(Tensor.of(5.0, 6));
    assertThatThrownBy(y::backward).isInstanceOf(StaleValueException.class);
    p.mul(x).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(5, 6);
  }

  @Test
  void askingForTheGradientOfAFrozenOneNamesTheWayOut() {
    p.freeze();
    Tensor y = p.mul(Tensor.scalar(1).withGrad()).sum();
    assertThatThrownBy(() -> Autograd.grad(y, p))
        .isInstanceOf(NotTrackedException.class)
        .hasMessage(
            "grad: the input tensor \"p\" F64[2] is not tracked; call withGrad() on it before the"
                + " computation, or unfreeze() this parameter");
    assertThatThrownBy(p::backward).isInstanceOf(NotTrackedException.class);
  }

  @Test
  void frozenInAListItIsLeftOut() {
    Parameter other = Parameter.of("other", Tensor.of(3.0, 4));
    p.freeze();
    Gradients g = Autograd.grad(p.mul(other).sum(), List.of(p, other));
    assertThat(g.reached(p)).isFalse();
    assertThat(g.of(p).toDoubleArray()).containsExactly(0, 0);
    assertThat(g.of(other).toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void convertedToAnotherTypeItPassesGradientsBack() {
    Tensor narrow = p.to(F32);
    assertThat(narrow.dtype()).isEqualTo(F32);
    narrow.square().sum().backward();
    assertThat(p.grad().dtype()).isEqualTo(F64);
    assertThat(p.grad().toDoubleArray()).containsExactly(2, 4);
    assertThat(p.to(F64)).isSameAs(p);
  }

  @Test
  void gradientDescentInPlace() {
    Parameter x = Parameter.of("x", Tensor.scalar(10));
    for (int i = 0; i < 100; i++) {
      x.assign(x.sub(Autograd.grad(x.sub(3).square(), x).mul(0.25)));
    }
    assertThat(x.item()).isEqualTo(3);
    assertThat(x.version()).isEqualTo(100);
  }

  @Test
  void asTextNameAndValue() {
    assertThat(p.toString()).startsWith("p = ");
  }
}
