package dev.autograd.nn;

import dev.autograd.Activation;
import dev.autograd.Convolution;
import dev.autograd.Extent;
import dev.autograd.Pooling;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Every layer of the library, in small sizes. */
public final class LayerCases {

  private final SplittableRandom random = new SplittableRandom(20);
  private final List<LayerCase> cases = new ArrayList<>();

  private LayerCases() {}

  /** Returns the cases, with layers of their own. */
  public static List<LayerCase> all() {
    LayerCases all = new LayerCases();
    all.addSimple();
    all.addConvolutions();
    all.addNormalisations();
    all.addCombinations();
    all.addSequenceLayers();
    return all.cases;
  }

  private void add(Layer layer, int... dims) {
    cases.add(LayerCase.of(layer, Tensor.normal(random, DType.F64, dims)));
  }

  private void addSimple() {
    add(Dense.of(3, 2, random), 4, 3);
    add(Dense.of(3, 2, random).activation(Activation.TANH), 2, 2, 3);
    cases.add(LayerCase.of(Embedding.of(5, 3, random), Tensor.indices(4, 0, 4, 2).reshape(2, 2)));
    cases.add(LayerCase.of(Embedding.of(5, 3, random).padding(0), Tensor.indices(4, 0, 1)));
    add(Flatten.of(), 2, 3, 2);
    add(Select.lastStep(), 2, 3, 2);
    for (ActivationLayer function : ActivationLayer.values()) {
      add(function, 2, 3);
    }
    add(new LeakyRelu(0.1), 2, 3);
    add(new Elu(1), 2, 3);
    add(new Softmax(-1), 2, 3);
    add(Dropout.of(0.4, 3), 3, 4);
  }

  private void addConvolutions() {
    add(Conv1d.of(2, 3, 2, random), 2, 2, 4);
    add(Conv1d.of(DType.F64, 2, 2, 3, Convolution.stride(2).padding(1).groups(2), random), 1, 2, 5);
    add(Conv2d.of(1, 2, 2, random), 2, 1, 3, 3);
    Convolution options = Convolution.stride(2, 1).padding(1).groups(2);
    add(Conv2d.of(DType.F64, 2, 4, new Extent(2, 3), options, random), 1, 2, 3, 3);
    add(MaxPool1d.of(2), 1, 2, 4);
    add(MaxPool2d.of(2), 1, 2, 4, 4);
    add(AvgPool1d.of(2), 1, 2, 4);
    add(new AvgPool2d(Pooling.of(3).stride(2).padding(1).excludePadding()), 1, 1, 4, 4);
  }

  private void addNormalisations() {
    add(LayerNorm.of(4), 3, 4);
    add(LayerNorm.of(2, 3).eps(1e-3), 2, 2, 3);
    add(RmsNorm.of(4), 3, 4);
    add(GroupNorm.of(2, 4), 2, 4, 3);
    add(BatchNorm.of(3), 4, 3);
    add(BatchNorm.of(2).momentum(0.3).eps(1e-3), 2, 2, 2, 2);
  }

  private void addCombinations() {
    add(Sequential.of(Dense.of(3, 4, random), ActivationLayer.TANH, Dense.of(4, 2, random)), 2, 3);
    add(Residual.of(Dense.of(3, 3, random), ActivationLayer.GELU, BatchNorm.of(3)), 4, 3);
    add(Parallel.of(Dense.of(3, 2, random), Dense.of(3, 2, random)), 2, 3);
    add(Concat.of(1, x -> x, Dense.of(3, 2, random), ActivationLayer.TANH), 2, 3);
    Dense shared = Dense.of(3, 3, random);
    add(Sequential.of(shared, Residual.of(shared, ActivationLayer.TANH)), 2, 3);
  }

  private void addSequenceLayers() {
    add(Recurrent.of(RnnCell.of(2, 3, random)), 2, 3, 2);
    add(Recurrent.of(RnnCell.of(2, 2, random).function(ActivationLayer.SIGMOID)), 1, 2, 2);
    add(Recurrent.of(GruCell.of(2, 3, random)), 2, 3, 2);
    add(Recurrent.of(GruCell.of(2, 2, random).resettingFirst()).backwards(), 2, 3, 2);
    add(Recurrent.of(LstmCell.of(2, 3, random)), 2, 3, 2);
    add(
        Concat.of(
            -1,
            Recurrent.of(LstmCell.of(2, 1, random)),
            Recurrent.of(LstmCell.of(2, 1, random)).backwards()),
        2,
        2,
        2);
    add(new SinusoidalPositions(), 2, 3, 4);
    add(MultiHeadAttention.of(4, 2, random), 2, 3, 4);
    add(MultiHeadAttention.of(2, 1, random).causally(), 3, 2);
    add(TransformerEncoderBlock.of(4, 2, 5, random), 1, 3, 4);
    add(TransformerEncoderBlock.of(2, 1, 3, random).normLast().causal().dropout(0.5, 6), 2, 2, 2);
  }
}
