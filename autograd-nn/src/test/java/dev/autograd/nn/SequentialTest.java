package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequentialTest {

  @Test
  void appliesLayersInOrder() {
    Sequential model = Sequential.of(x -> x.add(1), x -> x.mul(10));
    assertThat(model.forward(Tensor.scalar(2)).item()).isEqualTo(30);
    assertThat(model.forward(Tensor.scalar(2), Mode.TRAINING).item()).isEqualTo(30);
  }

  @Test
  void withoutLayersIsTheIdentity() {
    Tensor x = Tensor.scalar(2);
    assertThat(Sequential.of().forward(x)).isSameAs(x);
  }

  @Test
  void pathsArePositions() {
    Random random = new Random(1);
    Sequential model = Sequential.of(Dense.of(2, 4, random), Tensor::tanh, Dense.of(4, 1, random));
    assertThat(model.parameters().paths())
        .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
    assertThat(model.parameters().count()).isEqualTo(8 + 4 + 4 + 1);
  }

  @Test
  void layerThatOccursTwiceCountsOnce() {
    Dense shared = Dense.of(2, 2, new Random(1));
    Sequential model = Sequential.of(shared, Tensor::tanh, shared);
    assertThat(model.parameters().paths()).containsExactly("0.weight", "0.bias");
    assertThat(model.parameters().count()).isEqualTo(6);
  }

  @Test
  void mapKeepsSharingAndCallsTheFunctionOncePerTensor() {
    Dense shared = Dense.of(2, 2, new Random(1));
    Dense tied = new Dense(shared.weight(), Tensor.zeros(DType.F64, 2));
    Sequential model = Sequential.of(shared, Sequential.of(shared, tied), Tensor::tanh);
    List<Tensor> seen = new ArrayList<>();
    Sequential mapped =
        model.map(
            t -> {
              seen.add(t);
              return t.mul(2);
            });
    assertThat(seen).containsExactly(shared.weight(), shared.bias(), tied.bias());
    Dense first = (Dense) mapped.layers().get(0);
    Sequential inner = (Sequential) mapped.layers().get(1);
    assertThat(((Dense) inner.layers().get(0)).weight()).isSameAs(first.weight());
    assertThat(((Dense) inner.layers().get(1)).weight()).isSameAs(first.weight());
    assertThat(mapped.layers().get(2)).isSameAs(model.layers().get(2));
  }

  @Test
  void mapOfALayerThatOccursTwiceIsOneLayer() {
    Dense shared = Dense.of(2, 2, new Random(1));
    Sequential mapped = Sequential.of(shared, shared).map(t -> t.mul(2));
    assertThat(mapped.layers().get(0)).isSameAs(mapped.layers().get(1));
  }

  @Test
  void passesTheModeToEachLayer() {
    Sequential model = Sequential.of(Tensor::tanh, Sequential.of(Dropout.of(0.99, 1)));
    Tensor x = Tensor.ones(DType.F64, 100);
    assertThat(model.forward(x).sum().item()).isEqualTo(x.tanh().sum().item());
    assertThat(model.forward(x, Mode.TRAINING).eq(0).to(DType.F64).sum().item()).isGreaterThan(90);
  }

  @Test
  void copiesItsList() {
    List<Layer> layers = new ArrayList<>(List.of(Tensor::tanh));
    Sequential model = new Sequential(layers);
    layers.clear();
    assertThat(model.layers()).hasSize(1);
    assertThatThrownBy(() -> model.layers().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void printsItsLayers() {
    Sequential model =
        Sequential.of(Dense.of(2, 3, new Random(1)), Tensor::tanh, Dropout.of(0.5, 7));
    assertThat(model).hasToString("Sequential[Dense(2 -> 3, F64), function, Dropout(0.5, seed 7)]");
  }
}
