package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Models of layers in layers, with layers and tensors that occur several times. */
class CompositionProperties {

  private static final int WIDTH = 3;

  private static Layer model(long seed) {
    return new RandomModel(seed, WIDTH).draw(3);
  }

  private static Tensor input(long seed) {
    return Tensor.normal(new Random(~seed), DType.F64, 4, WIDTH);
  }

  private static Layer copy(Layer model) {
    return model.map(t -> Parameter.of(t.name(), t));
  }

  private static double[] train(Layer model, Tensor x) {
    return model.forward(x, Mode.TRAINING).toDoubleArray();
  }

  private static Map<String, double[]> numbers(Map<String, Tensor> values) {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    values.forEach((path, value) -> numbers.put(path, value.toDoubleArray()));
    return numbers;
  }

  @Property(tries = 150)
  void mappedModelIsTheSameModel(@ForAll long seed) {
    Layer model = model(seed);
    Layer copy = copy(model);
    Tensor x = input(seed);
    assertThat(copy.parameters().paths()).isEqualTo(model.parameters().paths());
    assertThat(copy.buffers().paths()).isEqualTo(model.buffers().paths());
    assertThat(train(copy, x)).isEqualTo(train(model, x));
    assertThat(numbers(copy.buffers().snapshot()))
        .usingRecursiveComparison()
        .isEqualTo(numbers(model.buffers().snapshot()));
    assertThat(copy.forward(x).toDoubleArray()).isEqualTo(model.forward(x).toDoubleArray());
  }

  @Property(tries = 150)
  void copyAndModelShareNothing(@ForAll long seed) {
    Layer model = model(seed);
    Tensor x = input(seed);
    double[] before = model.forward(x).toDoubleArray();
    Layer copy = copy(model);
    train(copy, x);
    for (Parameter p : copy.parameters()) {
      p.assign(p.add(1));
    }
    assertThat(model.forward(x).toDoubleArray()).isEqualTo(before);
  }

  @Property(tries = 150)
  void mapMeetsEachTensorOnceInTheOrderOfThePaths(@ForAll long seed) {
    Layer model = model(seed);
    List<Tensor> met = new ArrayList<>();
    model.map(
        t -> {
          met.add(t);
          return t;
        });
    List<Tensor> listed = new ArrayList<>();
    model.parameters().forEach(listed::add);
    assertThat(met).isEqualTo(listed);
    assertThat(new HashSet<>(met)).hasSameSizeAs(met);
  }

  @Property(tries = 150)
  void savedValuesRestoreEveryBit(@ForAll long seed) {
    Layer model = model(seed);
    Tensor x = input(seed);
    train(model, x);
    double[] expected = model.forward(x).toDoubleArray();
    Map<String, Tensor> parameters = model.parameters().snapshot();
    Map<String, Tensor> buffers = model.buffers().snapshot();
    train(model, x.mul(2));
    for (Parameter p : model.parameters()) {
      p.assign(p.mul(2));
    }
    model.parameters().load(parameters);
    model.buffers().load(buffers);
    assertThat(model.forward(x).toDoubleArray()).isEqualTo(expected);
  }

  @Property(tries = 150)
  void summaryCountsEachParameterOnceAndSeesTheShapes(@ForAll long seed) {
    Layer model = model(seed);
    Summary summary = Summary.of(model, DType.F64, 4, WIDTH);
    assertThat(summary.parameters()).isEqualTo(model.parameters().count());
    assertThat(summary.rows().get(0).output()).isEqualTo(model.forward(input(seed)).shape());
  }

  @Property(tries = 60)
  void recomputationHasTheSameGradientsAndMovesAveragesOnce(@ForAll long seed) {
    Layer model = model(seed);
    Layer again = copy(model);
    Tensor x = input(seed).withGrad();
    Tensor y = model.forward(x, Mode.TRAINING).square().sum();
    Tensor z = Autograd.recompute(t -> again.forward(t, Mode.TRAINING).square().sum(), x);
    Autograd.backward(List.of(y, z));
    for (String path : model.parameters().paths()) {
      Parameter one = model.parameters().byPath(path);
      Parameter other = again.parameters().byPath(path);
      assertThat(other.hasGrad()).isEqualTo(one.hasGrad());
      if (one.hasGrad()) {
        assertThat(other.grad().toDoubleArray()).isEqualTo(one.grad().toDoubleArray());
      }
    }
    assertThat(numbers(again.buffers().snapshot()))
        .usingRecursiveComparison()
        .isEqualTo(numbers(model.buffers().snapshot()));
  }

  @Property(tries = 60)
  void freezingHalfLeavesTheOtherGradientsAsTheyAre(@ForAll long seed) {
    Layer model = model(seed);
    Tensor x = input(seed).withGrad();
    Gradients all =
        Autograd.grad(model.forward(x).square().sum(), withInput(model.parameters(), x));
    Parameters weights = model.parameters().matching("**weight");
    weights.freeze();
    Parameters rest = model.parameters().except("**weight");
    Gradients some = Autograd.grad(model.forward(x).square().sum(), withInput(rest, x));
    for (Tensor t : withInput(rest, x)) {
      assertThat(some.of(t).toDoubleArray()).isEqualTo(all.of(t).toDoubleArray());
    }
  }

  private static List<Tensor> withInput(Parameters parameters, Tensor x) {
    List<Tensor> tensors = new ArrayList<>(List.of(x));
    parameters.forEach(tensors::add);
    return tensors;
  }
}
