package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.testkit.Engine;
import dev.autograd.testkit.GraphOp;
import dev.autograd.testkit.RandomGraph;
import dev.autograd.testkit.Vocabulary;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Random graphs evaluated by formulas over blocks, which share no code with the library. What has
 * no formula here is compared with one in the catalogue, by itself.
 */
final class GraphFormulas implements Engine<Grid> {

  /** Operations of the vocabulary whose formulas are those of the catalogue only. */
  static final Set<String> WITHOUT =
      Set.of(
          "diagonalMatrix",
          "layerNorm",
          "rmsNorm",
          "batchNorm",
          "groupNorm",
          "cosineSimilarity",
          "attention",
          "causalAttention",
          "scatter",
          "embedding",
          "maskedSelect",
          "crossEntropy",
          "nll",
          "cosineDistance",
          "cosineEmbedding",
          "tripletMargin");

  private static final Map<String, GraphFormula> BY_NAME = new HashMap<>();

  static {
    BY_NAME.putAll(PointwiseFormulas.BY_NAME);
    BY_NAME.putAll(ShapedFormulas.BY_NAME);
  }

  /** The operations that have formulas. */
  static final Vocabulary VOCABULARY =
      Vocabulary.standard().only(op -> BY_NAME.containsKey(op.name()));

  /** Returns the names of all operations that have formulas. */
  static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** Returns the loss of a graph by formulas. */
  static double loss(RandomGraph graph, List<Grid> variables) {
    List<Grid> values = graph.runOn(new GraphFormulas(), variables);
    return graph.outputs().stream()
        .mapToDouble(id -> Arrays.stream(values.get(id).values()).map(Math::sin).sum())
        .sum();
  }

  @Override
  public Grid leaf(Tensor value) {
    return Grid.of(value);
  }

  @Override
  public Grid apply(GraphOp op, List<Grid> operands, int... numbers) {
    return Objects.requireNonNull(BY_NAME.get(op.name()), op.name()).apply(operands, numbers);
  }

  @Override
  public Grid affine(Grid x, double scale, double shift) {
    return x.map(v -> scale * v + shift);
  }
}
