package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LayerTest {

  private static final Tensor X = Tensor.of(new double[][] {{1, 2}});

  /** A composite as users write it first: it knows nothing of modes. */
  private record Forgetful(Layer inner) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return inner.forward(x);
    }

    @Override
    public Parameters parameters() {
      return Parameters.none().and("inner", inner);
    }
  }

  /** A composite that passes the mode on and says nothing more. */
  private record Passing(Layer inner) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return forward(x, Mode.INFERENCE);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
      return inner.forward(x, mode);
    }

    @Override
    public Parameters parameters() {
      return Parameters.none().and("inner", inner);
    }
  }

  private record Scale(Tensor factor) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return x.mul(factor);
    }

    @Override
    public Parameters parameters() {
      return Parameters.of(factor);
    }
  }

  @Test
  void lambdasAndMethodReferencesAreLayersInEveryMode() {
    Layer tanh = Tensor::tanh;
    Layer leaky = x -> x.leakyRelu(0.1);
    assertThat(tanh.forward(X).item(0, 1)).isEqualTo(Math.tanh(2));
    assertThat(tanh.forward(X, Mode.TRAINING).item(0, 1)).isEqualTo(Math.tanh(2));
    assertThat(leaky.forward(X.neg(), Mode.INFERENCE).item(0, 0)).isEqualTo(-0.1);
    assertThat(tanh.dependsOnMode()).isFalse();
    assertThat(tanh.parameters().size()).isZero();
  }

  @Test
  void compositeWithoutModeTrainsIfNoChildDependsOnIt() {
    Layer composite = new Forgetful(Dense.of(2, 3, new Random(1)));
    assertThat(composite.forward(X, Mode.TRAINING).shape()).isEqualTo(composite.forward(X).shape());
    assertThat(composite.dependsOnMode()).isFalse();
  }

  @Test
  void compositeThatForgetsTheModeRefusesToTrainWithDropout() {
    Layer composite = new Forgetful(Dropout.of(0.5, 1));
    assertThat(composite.forward(X)).isSameAs(X);
    assertThat(composite.forward(X, Mode.INFERENCE)).isSameAs(X);
    assertThat(composite.dependsOnMode()).isTrue();
    assertThatThrownBy(() -> composite.forward(X, Mode.TRAINING))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("LayerTest$Forgetful")
        .hasMessageContaining("\"inner\" (dev.autograd.nn.Dropout)")
        .hasMessageContaining("override forward(Tensor, Mode)");
  }

  @Test
  void dropoutIsFoundHoweverDeepItSits() {
    Layer deep = new Forgetful(Sequential.of(Tensor::tanh, Sequential.of(Dropout.of(0.1, 2))));
    assertThatThrownBy(() -> deep.forward(X, Mode.TRAINING))
        .isInstanceOf(UnsupportedOperationException.class);
    Layer outer = Sequential.of(new Forgetful(Dropout.of(0.1, 2)));
    assertThatThrownBy(() -> outer.forward(X, Mode.TRAINING))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  /** A composite that says for itself what its parameters are. */
  private record Listing(Layer inner, Parameters parameters) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return inner.forward(x);
    }
  }

  @Test
  void childrenAreFoundInASelectionOfParametersToo() {
    Layer inner = Sequential.of(Dense.of(2, 2, new Random(1)), Dropout.of(0.1, 2));
    Parameters entered = Parameters.none().and("inner", inner);
    for (Parameters listed :
        List.of(
            entered.except("**.bias"),
            entered.matching("nothing"),
            Parameters.none().and("outer", entered))) {
      assertThatThrownBy(() -> new Listing(inner, listed).forward(X, Mode.TRAINING))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("inner\" (dev.autograd.nn.Sequential)");
    }
  }

  @Test
  void compositeThatPassesTheModeTrains() {
    Layer composite = new Passing(Dropout.of(0.9, 3));
    assertThat(composite.forward(X, Mode.TRAINING)).isNotSameAs(X);
    assertThat(composite.forward(X)).isSameAs(X);
  }

  @Test
  void classThatOverridesTheModeCountsAsDependent() {
    Layer passing = new Passing(Tensor::tanh);
    assertThat(passing.dependsOnMode()).isTrue();
    assertThatThrownBy(() -> new Forgetful(passing).forward(X, Mode.TRAINING))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void sequentialDependsOnTheModeOnlyThroughItsLayers() {
    assertThat(Sequential.of(Tensor::tanh, Dense.of(2, 2, new Random(1))).dependsOnMode())
        .isFalse();
    assertThat(Sequential.of(Tensor::tanh, Dropout.of(0.5, 1)).dependsOnMode()).isTrue();
  }

  @Test
  void layerWithoutParametersMapsToItself() {
    Layer tanh = Tensor::tanh;
    assertThat(tanh.map(Tensor::neg)).isSameAs(tanh);
    Layer composite = new Forgetful(Dropout.of(0.5, 1));
    assertThat(composite.map(UnaryOperator.identity())).isSameAs(composite);
  }

  @Test
  void layerWithParametersMustSayHowItIsRebuilt() {
    Layer scale = new Scale(Parameter.of("factor", Tensor.scalar(2)));
    assertThatThrownBy(() -> scale.map(Tensor::neg))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("LayerTest$Scale")
        .hasMessageContaining("override map");
    assertThat(new Scale(Tensor.scalar(2)).map(Tensor::neg)).isInstanceOf(Scale.class);
  }
}
