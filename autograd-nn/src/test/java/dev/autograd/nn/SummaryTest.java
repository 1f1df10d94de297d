package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.DTypeException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private final SplittableRandom random = new SplittableRandom(2);

  @Test
  void isATableWithARowPerLayer() {
    Sequential model =
        Sequential.of(
            Conv2d.of(1, 4, 3, random),
            Tensor::relu,
            MaxPool2d.of(2),
            Flatten.of(),
            Residual.of(Dense.of(36, 36, random), ActivationLayer.TANH),
            Dense.of(36, 10, random));
    model.parameters().matching("5.**").freeze();
    assertThat(Summary.of(model, DType.F64, 2, 1, 8, 8).toString().lines())
        .containsExactly(
            "path      layer                            output        parameters",
            "          (input)                          [2, 1, 8, 8]",
            "          Sequential                       [2, 10]",
            "0         Conv2d(1 -> 4, kernel 3x3, F64)  [2, 4, 6, 6]          40",
            "1         function                         [2, 4, 6, 6]",
            "2         MaxPool2d(kernel 2, stride 2)    [2, 4, 3, 3]",
            "3         Flatten(from 1)                  [2, 36]",
            "4         Residual                         [2, 36]",
            "4.body    Sequential                       [2, 36]",
            "4.body.0  Dense(36 -> 36, F64)             [2, 36]             1332",
            "4.body.1  tanh                             [2, 36]",
            "5         Dense(36 -> 10, F64)             [2, 10]              370  370 frozen",
            "1742 parameters, 370 of them frozen");
  }

  @Test
  void tiedParametersCountWhereTheyComeFirst() {
    Embedding words = Embedding.of(5, 3, random);
    Dense logits = new Dense(words.weight(), Dense.of(3, 5, random).bias());
    Sequential model = Sequential.of(words, logits);
    Summary summary = Summary.of(model, DType.I32, 2, 4);
    assertThat(summary.rows())
        .containsExactly(
            new Summary.Row("", "Sequential", Shape.of(2, 4, 5), 0, 0, List.of()),
            new Summary.Row("0", "Embedding(5 x 3, F64)", Shape.of(2, 4, 3), 15, 0, List.of()),
            new Summary.Row(
                "1", "Dense(3 -> 5, F64)", Shape.of(2, 4, 5), 5, 0, List.of("0.weight")));
    assertThat(summary.parameters()).isEqualTo(model.parameters().count());
    assertThat(summary.toString()).contains("5  tied to 0.weight");
  }

  @Test
  void aLayerThatIsCalledTwiceHasTwoRows() {
    Dense shared = Dense.of(2, 2, random);
    Summary summary =
        Summary.of(Sequential.of(shared, ActivationLayer.TANH, shared), DType.F64, 1, 2);
    assertThat(summary.rows()).hasSize(4);
    assertThat(summary.rows().get(3).tied()).containsExactly("0.weight", "0.bias");
    assertThat(summary.rows().get(3).parameters()).isZero();
    assertThat(summary.parameters()).isEqualTo(6);
  }

  @Test
  void parametersOfACompositeItselfAreItsOwn() {
    record Scaled(Layer body, Tensor factor) implements Composite {
      @Override
      public List<Child> children() {
        return List.of(new Child("body", body));
      }

      @Override
      public Tensor walk(Tensor x, Visitor visitor) {
        return visitor.visit("body", body, x).mul(factor);
      }

      @Override
      public Parameters parameters() {
        return Parameters.of(factor).and("body", body);
      }
    }
    Scaled scaled = new Scaled(Dense.of(2, 2, random), Parameter.of("factor", Tensor.of(1.0, 2)));
    Summary summary = Summary.of(scaled, DType.F64, 1, 2);
    assertThat(summary.rows().stream().map(Summary.Row::parameters)).containsExactly(2, 6);
    assertThat(summary.parameters()).isEqualTo(scaled.parameters().count());
  }

  @Test
  void leavesTheModelAsItIs() {
    BatchNorm norm = BatchNorm.of(2);
    Dropout dropout = Dropout.of(0.5, 3);
    Summary.of(Sequential.of(norm, dropout), DType.F64, 4, 2);
    assertThat(norm.runningVariance().value().toDoubleArray()).containsExactly(1, 1);
    assertThat(dropout.passes()).isZero();
  }

  @Test
  void recordsNothing() {
    List<Boolean> tracked = new ArrayList<>();
    Layer spy =
        x -> {
          tracked.add(x.requiresGrad());
          return x;
        };
    Summary.of(Sequential.of(Dense.of(2, 3, random), spy), DType.F64, 1, 2);
    assertThat(tracked).containsExactly(false);
  }

  @Test
  void namesTheLayerThatRefuses() {
    Layer model = Sequential.of(Tensor::tanh, Residual.of(Dense.of(3, 3, random)));
    assertThatThrownBy(() -> Summary.of(model, DType.F64, 1, 2))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith(
            "summary: layer \"1.body\", Dense(3 -> 3, F64), refuses F64[1, 2]: ")
        .hasCauseInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Summary.of(model, DType.F32, 1, 3))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("\"1.body\"");
  }
}
