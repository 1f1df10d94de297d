package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A failed sweep leaves every gradient, every parameter and the thread's state as they were. */
class ProtocolFailureTest {

  @AfterEach
  void threadIsAsBefore() {
    assertThat(Recorder.current().recording()).isTrue();
    assertThat(Recorder.current().sweep()).isNull();
    assertThat(Recorder.current().tape()).isNull();
    Tensor probe = Tensor.scalar(3).withGrad();
    probe.square().backward();
    assertThat(probe.grad().item()).isEqualTo(6);
  }

  private static Tensor throwing(Tensor input) {
    return Tensor.custom(
        "throwing",
        Autograd.noGrad(() -> input.mul(1)),
        input,
        g -> {
          throw new UnsupportedOperationException("late");
        });
  }

  @Test
  void leavesAlreadyReachedGetNothing() {
    Tensor reachedBefore = Tensor.scalar(1).withGrad();
    Tensor fresh = Tensor.scalar(1).withGrad();
    Parameter parameter = Parameter.of("p", Tensor.scalar(5));
    Tensor root = Tensor.scalar(1).withGrad();
    reachedBefore.mul(3).backward();
    Tensor before = reachedBefore.grad();
    Tensor retained = fresh.mul(2).retainGrad();

    Tensor late = throwing(root.mul(parameter));
    Tensor loss = late.add(retained).add(reachedBefore);
    assertThatThrownBy(loss::backward).isInstanceOf(PullbackException.class);

    assertThat(reachedBefore.grad()).isSameAs(before);
    assertThat(before.item()).isEqualTo(3);
    assertThat(List.of(fresh, retained, root, parameter)).noneMatch(Tensor::hasGrad);
    assertThat(parameter.item()).isEqualTo(5);
    assertThat(parameter.version()).isZero();
  }

  @Test
  void errorsThatAreNoExceptionsPassUnwrapped() {
    Tensor x = Tensor.scalar(1).withGrad();
    AssertionError error = new AssertionError("in a pullback");
    Tensor y =
        Tensor.custom(
            "asserting",
            Tensor.scalar(1),
            x,
            g -> {
              throw error;
            });
    assertThatThrownBy(y::backward).isSameAs(error);
    assertThat(x.hasGrad()).isFalse();
  }

  @Test
  void gradFailsTheSameWay() {
    Tensor x = Tensor.scalar(1).withGrad();
    Tensor y = throwing(x).mul(2);
    assertThatThrownBy(() -> Autograd.grad(y, x))
        .isInstanceOf(PullbackException.class)
        .hasMessageStartingWith("grad: the pullback of 'throwing' for input 0 threw ");
    assertThatThrownBy(() -> Autograd.grad((Tensor t) -> throwing(t)).apply(x))
        .isInstanceOf(PullbackException.class);
    assertThatThrownBy(() -> Autograd.valueAndGrad(() -> throwing(x), List.of(x)))
        .isInstanceOf(PullbackException.class);
  }

  @Test
  void aFunctionThatThrowsInsideATransformRestoresTheMode() {
    IllegalStateException thrown = new IllegalStateException("f");
    assertThatThrownBy(
            () ->
                Autograd.noGrad(
                    () ->
                        Autograd.valueAndGrad(
                            t -> {
                              throw thrown;
                            },
                            Tensor.scalar(1))))
        .isSameAs(thrown);
    assertThatThrownBy(
            () ->
                Tape.scope(
                    (Runnable)
                        () -> {
                          throw thrown;
                        }))
        .isSameAs(thrown);
  }

  @Test
  void aStaleParameterIsAnErrorWhereItIsRead() {
    Parameter p = Parameter.of("weight", Tensor.scalar(5));
    Tensor x = Tensor.scalar(2).withGrad();
    Tensor reads = p.mul(x);
    Tensor doesNot = p.add(x).sub(1).neg();
    Tensor readsOnlyTheOther = p.mul(Tensor.scalar(7));
    p.assign(Tensor.scalar(6));

    assertThatThrownBy(reads::backward)
        .isInstanceOf(StaleValueException.class)
        .hasMessage(
            "backward: the derivative of 'mul' reads parameter \"weight\", which was updated from"
                + " version 0 to 1 since the operation was recorded; sweep before the update, or"
                + " run the forward pass again");
    assertThat(x.hasGrad()).isFalse();
    assertThat(p.hasGrad()).isFalse();

    doesNot.backward();
    assertThat(x.grad().item()).isEqualTo(-1);
    assertThat(p.grad().item()).isEqualTo(-1);
    readsOnlyTheOther.backward();
    assertThat(p.grad().item()).isEqualTo(6);
  }

  @Test
  void aStaleParameterIsNoticedBehindViewsAndInHigherOrders() {
    Parameter p = Parameter.of("p", Tensor.of(1.0, 2, 3, 4));
    Tensor x = Tensor.of(1.0, 1, 1, 1).withGrad();
    Tensor view = p.reshape(2, 2);
    Tensor throughView = view.mul(x.reshape(2, 2)).sum();
    Tensor first = Autograd.grad(p.square().mul(p).sum(), p, GradOptions.createGraph());
    p.assign(Tensor.of(5.0, 6, 7, 8));
    assertThatThrownBy(throughView::backward).isInstanceOf(StaleValueException.class);
    assertThatThrownBy(view::toDoubleArray).isInstanceOf(StaleValueException.class);
    assertThatThrownBy(() -> Autograd.grad(first.sum(), p)).isInstanceOf(StaleValueException.class);
    assertThat(first.toDoubleArray()).containsExactly(3, 12, 27, 48);
  }

  @Test
  void aCopyMadeInTheForwardPassIsNotStale() {
    Parameter p = Parameter.of("p", Tensor.of(new double[][] {{1, 2}, {3, 4}}));
    Tensor x = Tensor.of(new double[][] {{1, 0}}).withGrad();
    Tensor y = x.matmul(p.transpose()).sum();
    p.assign(Tensor.zeros(p.dtype(), 2, 2));
    // The gradient of what was computed, with the values it was computed with.
    y.backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(4, 6);
    assertThat(p.grad().toDoubleArray()).containsExactly(1, 0, 1, 0);
  }

  @Test
  void parametersCannotChangeInTheMiddleOfASweep() {
    Parameter p = Parameter.of("p", Tensor.scalar(5));
    Tensor y =
        Tensor.custom(
            "assigning",
            Tensor.scalar(1),
            p,
            g -> {
              p.assign(Tensor.scalar(0));
              return g;
            });
    assertThatThrownBy(y::backward)
        .isInstanceOf(PullbackException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "assign: parameter \"p\" cannot change in the middle of a sweep; update it after"
                + " backward() or grad()");
    assertThat(p.item()).isEqualTo(5);
    assertThat(p.version()).isZero();
  }
}
