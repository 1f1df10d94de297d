package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AttentionLayersTest {

  private final SplittableRandom random = new SplittableRandom(13);

  private Tensor normal(int... dims) {
    return Tensor.normal(random, DType.F64, dims);
  }

  // ---------------------------------------------------------------- heads

  @Test
  void eachHeadAttendsInItsOwnColumns() {
    MultiHeadAttention layer = MultiHeadAttention.of(6, 3, random);
    Tensor x = normal(2, 4, 6);
    Tensor q = layer.query().forward(x);
    Tensor k = layer.key().forward(x);
    Tensor v = layer.value().forward(x);
    List<Tensor> heads = new ArrayList<>();
    for (int h = 0; h < 3; h++) {
      int from = 2 * h;
      heads.add(
          q.slice(-1, from, from + 2)
              .attention(k.slice(-1, from, from + 2), v.slice(-1, from, from + 2)));
    }
    Tensor expected = layer.output().forward(Tensor.concat(-1, heads));
    assertThat(layer.forward(x).allClose(expected, 1e-13, 1e-13)).isTrue();
  }

  @Test
  void takesAnyNumberOfLeadingAxes() {
    MultiHeadAttention layer = MultiHeadAttention.of(4, 2, random);
    Tensor x = normal(2, 3, 5, 4);
    Tensor y = layer.forward(x);
    assertThat(y.shape()).isEqualTo(x.shape());
    assertThat(layer.forward(x.select(0, 1).select(0, 2)).toDoubleArray())
        .containsExactly(y.select(0, 1).select(0, 2).toDoubleArray(), within(1e-14));
  }

  @Test
  void queriesMayComeFromElsewhere() {
    MultiHeadAttention layer =
        new MultiHeadAttention(
            Dense.of(5, 4, random),
            Dense.of(3, 4, random),
            Dense.of(3, 6, random),
            Dense.of(6, 7, random),
            2,
            false);
    assertThat(layer.attend(normal(2, 3, 5), normal(2, 8, 3), normal(2, 8, 3)).shape())
        .isEqualTo(Shape.of(2, 3, 7));
  }

  @Test
  void causalQueriesDoNotSeeWhatComesLater() {
    MultiHeadAttention layer = MultiHeadAttention.of(4, 2, random).causally();
    Tensor x = normal(1, 4, 4).withGrad();
    Tensor g = Autograd.grad(layer.forward(x).select(1, 1).sum(), x);
    assertThat(g.slice(1, 2, 4).toDoubleArray()).containsOnly(0);
    assertThat(g.slice(1, 0, 2).toDoubleArray()).doesNotContain(0);
  }

  @Test
  void aMaskOfPaddingIsAShorterSequence() {
    MultiHeadAttention layer = MultiHeadAttention.of(4, 2, random);
    Tensor x = normal(2, 5, 4);
    Tensor real = Tensor.of(new double[][] {{1, 1, 1, 0, 0}, {1, 1, 1, 1, 1}}).gt(0);
    Tensor mask = real.reshape(2, 1, 1, 5);
    Tensor y = layer.attend(x, x, x, mask);
    Tensor shorter = layer.forward(x.slice(0, 0, 1).slice(1, 0, 3));
    assertThat(y.slice(0, 0, 1).slice(1, 0, 3).allClose(shorter, 1e-14, 1e-14)).isTrue();
    assertThat(y.select(0, 1).allClose(layer.forward(x.select(0, 1)), 1e-14, 1e-14)).isTrue();
    Tensor both = layer.causally().attend(x, x, x, mask);
    assertThat(both.select(0, 1).allClose(layer.causally().forward(x.select(0, 1)), 1e-14, 1e-14))
        .isTrue();
  }

  @Test
  void attentionListsItsProjections() {
    MultiHeadAttention layer = MultiHeadAttention.of(DType.F32, 4, 2, random);
    assertThat(layer.parameters().paths())
        .containsExactly(
            "query.weight",
            "query.bias",
            "key.weight",
            "key.bias",
            "value.weight",
            "value.bias",
            "output.weight",
            "output.bias");
    assertThat(layer.query().bias().toFloatArray()).containsOnly(0);
    assertThat(layer.query().weight().abs().max().item()).isLessThan(Math.sqrt(6.0 / 8));
    layer.parameters().matching("key.*").freeze();
    layer.forward(Tensor.ones(DType.F32, 2, 4)).sum().backward();
    assertThat(layer.key().weight().hasGrad()).isFalse();
    assertThat(layer.query().weight().hasGrad()).isTrue();
  }

  @Test
  void tiedProjectionsAreOne() {
    Dense shared = Dense.of(4, 4, random);
    MultiHeadAttention layer =
        new MultiHeadAttention(shared, shared, shared, Dense.of(4, 4, random), 2, false);
    assertThat(layer.parameters().paths())
        .containsExactly("query.weight", "query.bias", "output.weight", "output.bias");
    MultiHeadAttention mapped = layer.map(t -> Parameter.of(t.name(), t));
    assertThat(mapped.parameters().paths()).isEqualTo(layer.parameters().paths());
    assertThat(mapped.key().weight()).isSameAs(mapped.query().weight());
  }

  @Test
  void attentionRefusesPartsThatDoNotFit() {
    Dense four = Dense.of(4, 4, random);
    assertThatThrownBy(() -> MultiHeadAttention.of(4, 3, random))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("width 4")
        .hasMessageContaining("for 3 heads");
    assertThatThrownBy(
            () -> new MultiHeadAttention(four, Dense.of(4, 2, random), four, four, 1, false))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("queries have the width 4, keys 2");
    assertThatThrownBy(
            () -> new MultiHeadAttention(four, four, four, Dense.of(2, 4, random), 1, false))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("values have the width 4 and the output takes 2");
    assertThatThrownBy(() -> MultiHeadAttention.of(4, 0, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("heads is 0");
    MultiHeadAttention layer = MultiHeadAttention.of(4, 2, random);
    assertThatThrownBy(() -> layer.forward(normal(4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("inputs must be [..., time, width]");
    assertThatThrownBy(() -> layer.attend(normal(3, 4), normal(2, 4), normal(5, 4)))
        .isInstanceOf(ShapeException.class);
  }

  // ---------------------------------------------------------------- the block

  @Test
  void normFirstNormalisesWhatEntersTheParts() {
    TransformerEncoderBlock block = TransformerEncoderBlock.of(4, 2, 6, random);
    Tensor x = normal(2, 3, 4);
    Tensor u = x.add(block.attention().forward(block.attentionNorm().forward(x)));
    Tensor expected = u.add(block.feedForward().forward(block.feedForwardNorm().forward(u)));
    assertThat(block.forward(x).toDoubleArray()).isEqualTo(expected.toDoubleArray());
    assertThat(block.forward(x, Mode.TRAINING).toDoubleArray()).isEqualTo(expected.toDoubleArray());
  }

  @Test
  void normLastNormalisesTheSums() {
    TransformerEncoderBlock block = TransformerEncoderBlock.of(4, 2, 6, random).normLast();
    Tensor x = normal(2, 3, 4);
    Tensor u = block.attentionNorm().forward(x.add(block.attention().forward(x)));
    Tensor expected = block.feedForwardNorm().forward(u.add(block.feedForward().forward(u)));
    assertThat(block.forward(x).toDoubleArray()).isEqualTo(expected.toDoubleArray());
  }

  @Test
  void dropoutDropsInTrainingOnly() {
    TransformerEncoderBlock block = TransformerEncoderBlock.of(4, 2, 6, random).dropout(0.5, 9);
    Tensor x = normal(2, 3, 4);
    assertThat(block.forward(x, Mode.TRAINING).toDoubleArray())
        .isNotEqualTo(block.forward(x).toDoubleArray());
    assertThat(block.attentionDropout().passes()).isEqualTo(1);
    assertThat(block.feedForwardDropout().passes()).isEqualTo(1);
    assertThat(block.attentionDropout().toString())
        .isNotEqualTo(block.feedForwardDropout().toString());
  }

  @Test
  void blockTakesAMask() {
    for (TransformerEncoderBlock block :
        List.of(
            TransformerEncoderBlock.of(4, 2, 6, random),
            TransformerEncoderBlock.of(4, 2, 6, random).normLast())) {
      Tensor x = normal(2, 3, 4);
      Tensor all = Tensor.ones(DType.F64, 3, 3).gt(0);
      assertThat(block.forward(x, all, Mode.INFERENCE).toDoubleArray())
          .isEqualTo(block.forward(x).toDoubleArray());
      assertThat(block.forward(x, all.to(DType.F64).tril().gt(0), Mode.INFERENCE).toDoubleArray())
          .isEqualTo(block.causal().forward(x).toDoubleArray());
    }
  }

  @Test
  void blockNamesItsParts() {
    TransformerEncoderBlock block = TransformerEncoderBlock.of(4, 2, 6, random);
    assertThat(block.parameters().matching("*.weight").paths())
        .containsExactly("attentionNorm.weight", "feedForwardNorm.weight");
    assertThat(block.parameters().matching("feedForward.**").paths())
        .containsExactly(
            "feedForward.0.weight",
            "feedForward.0.bias",
            "feedForward.2.weight",
            "feedForward.2.bias");
    assertThat(block.parameters().count()).isEqualTo(4 * (16 + 4) + 2 * 8 + (24 + 6) + (24 + 4));
    Summary summary = Summary.of(Sequential.of(block), DType.F64, 1, 3, 4);
    assertThat(summary.parameters()).isEqualTo(block.parameters().count());
    assertThat(summary.rows().stream().map(Summary.Row::path))
        .contains("0.attention", "0.feedForward.1");
  }

  // ---------------------------------------------------------------- positions

  @Test
  void positionsAreSinesAndCosinesOfGrowingWavelengths() {
    Tensor t = SinusoidalPositions.table(DType.F64, 3, 5);
    assertThat(t.shape()).isEqualTo(Shape.of(3, 5));
    assertThat(t.select(0, 0).toDoubleArray()).containsExactly(0, 1, 0, 1, 0);
    double second = 2 / Math.pow(10_000, 0.4);
    double third = 2 / Math.pow(10_000, 0.8);
    assertThat(t.select(0, 2).toDoubleArray())
        .containsExactly(
            new double[] {
              Math.sin(2), Math.cos(2), Math.sin(second), Math.cos(second), Math.sin(third)
            },
            within(1e-15));
  }

  @Test
  void positionsAreAddedToEachSequence() {
    Tensor x = normal(2, 3, 4).to(DType.F32);
    Tensor added = new SinusoidalPositions().forward(x).sub(x);
    assertThat(added.dtype()).isEqualTo(DType.F32);
    Tensor table = SinusoidalPositions.table(DType.F32, 3, 4);
    assertThat(added.select(0, 1).allClose(table, 1e-6, 1e-6)).isTrue();
    assertThatThrownBy(() -> new SinusoidalPositions().forward(normal(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("must be [..., time, width]");
  }
}
