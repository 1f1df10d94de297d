package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.Axes;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CombinatorsTest {

  private static final Tensor X = Tensor.of(new double[][] {{1, 2}});

  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void residualAddsItsInput() {
    assertThat(Residual.of(x -> x.mul(10)).forward(X).toDoubleArray()).containsExactly(11, 22);
    assertThat(Residual.of(x -> x.mul(10), x -> x.add(1)).forward(X).toDoubleArray())
        .containsExactly(12, 23);
  }

  @Test
  void parallelAddsItsBranches() {
    assertThat(Parallel.of(x -> x.mul(10), x -> x.mul(100), x -> x).forward(X).toDoubleArray())
        .containsExactly(111, 222);
  }

  @Test
  void concatJoinsItsBranches() {
    assertThat(Concat.of(1, x -> x, x -> x.sum(Axes.of(1).keep())).forward(X).toDoubleArray())
        .containsExactly(1, 2, 3);
    assertThat(Concat.of(0, x -> x, Tensor::neg).forward(X).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{1, 2}, {-1, -2}});
  }

  @Test
  void pathsSayWhereALayerIs() {
    Layer model =
        Sequential.of(
            Residual.of(Dense.of(2, 2, random), ActivationLayer.TANH),
            Parallel.of(Dense.of(2, 3, random), Dense.of(2, 3, random)),
            Residual.of(Dense.of(3, 3, random)));
    assertThat(model.parameters().matching("**.weight").paths())
        .containsExactly("0.body.0.weight", "1.0.weight", "1.1.weight", "2.body.weight");
  }

  @Test
  void freezingByPathStopsABranch() {
    Parallel model = Parallel.of(Dense.of(2, 1, random), Dense.of(2, 1, random));
    model.parameters().matching("0.**").freeze();
    model.forward(X).sum().backward();
    assertThat(model.parameters().byPath("0.weight").hasGrad()).isFalse();
    assertThat(model.parameters().byPath("1.weight").hasGrad()).isTrue();
  }

  @Test
  void theModeReachesEveryChild() {
    List<Mode> seen = new ArrayList<>();
    Layer spy =
        new Layer() {
          @Override
          public Tensor forward(Tensor x) {
            return forward(x, Mode.INFERENCE);
          }

          @Override
          public Tensor forward(Tensor x, Mode mode) {
            seen.add(mode);
            return x;
          }
        };
    for (Layer model : List.of(Residual.of(spy), Parallel.of(spy), Concat.of(0, spy))) {
      seen.clear();
      model.forward(X, Mode.TRAINING);
      model.forward(X, Mode.INFERENCE);
      model.forward(X);
      assertThat(seen).containsExactly(Mode.TRAINING, Mode.INFERENCE, Mode.INFERENCE);
      assertThat(model.dependsOnMode()).isTrue();
    }
    assertThat(Residual.of(Tensor::tanh, Dense.of(2, 2, random)).dependsOnMode()).isFalse();
  }

  @Test
  void mapKeepsWhatIsSharedAtAnyDepth() {
    Dense shared = Dense.of(2, 2, random);
    Sequential model =
        Sequential.of(
            shared, Residual.of(Parallel.of(shared, Concat.of(1, Sequential.of(shared)))));
    List<Tensor> met = new ArrayList<>();
    Sequential mapped =
        model.map(
            t -> {
              met.add(t);
              return t.mul(2);
            });
    assertThat(met).containsExactly(shared.weight(), shared.bias());
    Layer inner = ((Parallel) ((Residual) mapped.layers().get(1)).body()).branches().get(0);
    assertThat(inner).isSameAs(mapped.layers().get(0));
  }

  @Test
  void mapKeepsTheBodyOfAResidualThatOccursElsewhere() {
    Dense shared = Dense.of(2, 2, random);
    Sequential mapped = Sequential.of(shared, Residual.of(shared)).map(t -> t.mul(2));
    assertThat(((Residual) mapped.layers().get(1)).body()).isSameAs(mapped.layers().get(0));
  }

  @Test
  void mapKeepsBuffersThatACompositeOfYoursShares() {
    BatchNorm norm = BatchNorm.of(2);
    Sequential mapped = Sequential.of(new Gated(norm, norm)).map(t -> t.mul(2));
    Gated gated = (Gated) mapped.layers().get(0);
    assertThat(((BatchNorm) gated.gate()).runningMean())
        .isSameAs(((BatchNorm) gated.body()).runningMean())
        .isNotSameAs(norm.runningMean());
  }

  @Test
  void refuseOutputsThatDoNotFit() {
    assertThatThrownBy(() -> Residual.of(Dense.of(2, 1, random)).forward(X))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("the input is [1, 2] and the body makes [1, 1]");
    Layer sum = Parallel.of(x -> x, Dense.of(2, 1, random));
    assertThatThrownBy(() -> sum.forward(X))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("branch 0 makes [1, 2]")
        .hasMessageContaining("branch 1 makes [1, 1]");
    assertThatThrownBy(() -> Concat.of(0, x -> x, Dense.of(2, 1, random)).forward(X))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(Parallel::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Parallel: there are no branches; give at least one");
    assertThatThrownBy(() -> Concat.of(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void printTheirBranches() {
    assertThat(Concat.of(-1, Tensor::tanh, Residual.of(ActivationLayer.RELU)))
        .hasToString("Concat(axis -1)[function, Residual[relu]]");
    assertThat(Parallel.of(Flatten.of())).hasToString("Parallel[Flatten(from 1)]");
  }

  /** A composite of a user. */
  record Gated(Layer gate, Layer body) implements Composite {
    @Override
    public List<Child> children() {
      return List.of(new Child("gate", gate), new Child("body", body));
    }

    @Override
    public Tensor walk(Tensor x, Visitor visitor) {
      return visitor.visit("gate", gate, x).sigmoid().mul(visitor.visit("body", body, x));
    }

    @Override
    public Gated map(UnaryOperator<Tensor> f) {
      return new Gated(gate.map(f), body.map(f));
    }
  }

  @Test
  void aCompositeOfYoursHasWhatItsChildrenHave() {
    Gated gated = new Gated(Dense.of(2, 2, random), Sequential.of(BatchNorm.of(2)));
    assertThat(gated.parameters().paths())
        .containsExactly("gate.weight", "gate.bias", "body.0.weight", "body.0.bias");
    assertThat(gated.buffers().paths())
        .containsExactly("body.0.runningMean", "body.0.runningVariance");
    assertThat(gated.dependsOnMode()).isTrue();
    Tensor x = Tensor.normal(random, DType.F64, 3, 2);
    assertThat(gated.map(t -> t).forward(x).toDoubleArray())
        .isEqualTo(gated.forward(x).toDoubleArray());
    gated.forward(x, Mode.TRAINING);
    assertThat(gated.buffers().byPath("body.0.runningMean").value().toDoubleArray())
        .doesNotContain(0);
  }
}
