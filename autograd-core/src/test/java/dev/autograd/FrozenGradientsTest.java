package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients with respect to a list of parameters of which some are frozen. */
class FrozenGradientsTest {

  private final Parameter trained = Parameter.of("trained", Tensor.of(1.0, 2.0));
  private final Parameter frozen = Parameter.of("frozen", Tensor.of(3.0, 4.0));

  FrozenGradientsTest() {
    frozen.freeze();
  }

  @Test
  void frozenOneInAListIsNotReached() {
    Gradients g = Autograd.grad(trained.dot(frozen), List.of(frozen, trained));
    assertThat(g.reached(frozen)).isFalse();
    assertThat(g.of(frozen).toDoubleArray()).containsExactly(0, 0);
    assertThat(g.of(trained).toDoubleArray()).containsExactly(3, 4);
    assertThat(g.norm()).isEqualTo(5);
  }

  @Test
  void alsoForALossAndItsGradients() {
    ValueAndGradients both =
        Autograd.valueAndGrad(() -> trained.dot(frozen), List.of(trained, frozen));
    assertThat(both.value()).isEqualTo(11);
    assertThat(both.gradients().reached(frozen)).isFalse();
  }

  @Test
  void namedSinglyItIsAnError() {
    Tensor y = trained.dot(frozen);
    assertThatThrownBy(() -> Autograd.grad(y, frozen))
        .isInstanceOf(NotTrackedException.class)
        .hasMessageContaining("unfreeze()");
    assertThatThrownBy(() -> Autograd.grad(y, trained, frozen))
        .isInstanceOf(NotTrackedException.class)
        .hasMessageContaining("unfreeze()");
  }

  @Test
  void constantInAListIsStillAnError() {
    Tensor constant = Tensor.of(1.0, 1.0);
    assertThatThrownBy(() -> Autograd.grad(trained.sum(), List.of(trained, constant)))
        .isInstanceOf(NotTrackedException.class);
  }

  @Test
  void parameterThatIsNotUsedIsStillAnError() {
    frozen.unfreeze();
    assertThatThrownBy(() -> Autograd.grad(trained.sum(), List.of(trained, frozen)))
        .isInstanceOf(NotTrackedException.class)
        .hasMessageContaining("does not depend on input 1");
  }
}
