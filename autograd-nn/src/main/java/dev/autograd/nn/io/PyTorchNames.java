package dev.autograd.nn.io;

import dev.autograd.Activation;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import dev.autograd.nn.ActivationLayer;
import dev.autograd.nn.BatchNorm;
import dev.autograd.nn.Buffers;
import dev.autograd.nn.Cell;
import dev.autograd.nn.Child;
import dev.autograd.nn.Composite;
import dev.autograd.nn.Concat;
import dev.autograd.nn.Dense;
import dev.autograd.nn.GruCell;
import dev.autograd.nn.Layer;
import dev.autograd.nn.LstmCell;
import dev.autograd.nn.MultiHeadAttention;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.Recurrent;
import dev.autograd.nn.RnnCell;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.TransformerEncoderBlock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a model has learnt and remembers, by the names of the state dictionary of the same model in
 * PyTorch: for an {@code nn.Sequential}, {@code "0.weight"}, one module after the other.
 *
 * <pre>{@code
 * // torch: nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1)), saved with safetensors
 * Sequential model =
 *     Sequential.of(Dense.of(2, 16, random).activation(Activation.TANH), Dense.of(16, 1, random));
 * Weights.load(file, PyTorchNames.of(model));
 * Weights.save(file, PyTorchNames.of(model));             // and back
 * }</pre>
 *
 * <p>Layouts are the same in both, so that nothing is transposed. Names differ so:
 *
 * <ul>
 *   <li>A {@link Dense} with an activation inside is two modules of a sequence there, which moves
 *       the positions behind it.
 *   <li>{@link BatchNorm} has {@code running_mean} and {@code running_var}. The number of batches,
 *       {@code num_batches_tracked}, which PyTorch reads only where it has no momentum, is not
 *       needed in a file, not kept, and written as 0.
 *   <li>{@link Recurrent} over an {@link RnnCell}, {@link GruCell} or {@link LstmCell} is {@code
 *       nn.RNN}, {@code nn.GRU} or {@code nn.LSTM} with {@code batch_first=True} and one layer:
 *       {@code weight_ih_l0}, and so on. {@code Concat.of(-1, forth, back.backwards())} is one with
 *       {@code bidirectional=True}.
 *   <li>{@link MultiHeadAttention} is {@code nn.MultiheadAttention}, whose {@code in_proj_weight}
 *       and {@code in_proj_bias} are query, key and value below each other; where keys or values
 *       have a width of their own, {@code q_proj_weight}, {@code k_proj_weight} and {@code
 *       v_proj_weight}.
 *   <li>{@link TransformerEncoderBlock} is {@code nn.TransformerEncoderLayer}.
 *   <li>Children of another {@link Composite} are taken for modules whose names are their paths.
 * </ul>
 *
 * <p>What several layers share has its first name only. State of a run of training has no name.
 */
public final class PyTorchNames {

  private static final Map<String, String> CELL_NAMES =
      Map.of(
          "inputWeight", "weight_ih_l0",
          "hiddenWeight", "weight_hh_l0",
          "inputBias", "bias_ih_l0",
          "hiddenBias", "bias_hh_l0");

  private final StateDict.Builder state = new StateDict.Builder();

  private PyTorchNames() {}

  /**
   * Returns a model's parameters and buffers by PyTorch's names, parameters first.
   *
   * @throws IllegalArgumentException if PyTorch's module computes something else with such weights,
   *     or has no such form
   */
  public static StateDict of(Layer model) {
    PyTorchNames names = new PyTorchNames();
    names.add("", model);
    return names.state.build();
  }

  /**
   * Adds a layer.
   *
   * @param prefix empty, or ends with a dot
   */
  private void add(String prefix, Layer layer) {
    if (layer instanceof Sequential sequence) {
      addSequence(prefix, sequence);
    } else if (layer instanceof BatchNorm norm) {
      addBatchNorm(prefix, norm);
    } else if (layer instanceof Recurrent<?> recurrent) {
      addRecurrent(prefix, recurrent, false);
    } else if (layer instanceof MultiHeadAttention attention) {
      addAttention(prefix, attention);
    } else if (layer instanceof TransformerEncoderBlock block) {
      addBlock(prefix, block);
    } else if (layer instanceof Concat pair && isBidirectional(pair)) {
      addRecurrent(prefix, (Recurrent<?>) pair.branches().get(0), false);
      addRecurrent(prefix, (Recurrent<?>) pair.branches().get(1), true);
    } else if (layer instanceof Composite composite) {
      for (Child child : composite.children()) {
        add(prefix + child.path() + ".", child.layer());
      }
    } else {
      addAsItIs(prefix, layer);
    }
  }

  /** Adds a layer whose names are PyTorch's, or which PyTorch does not know. */
  private void addAsItIs(String prefix, Layer layer) {
    state.putAll(prefix, layer.parameters());
    Buffers buffers = layer.buffers();
    for (String path : buffers.paths()) {
      if (!buffers.byPath(path).isRunState()) {
        state.put(prefix + path, buffers.byPath(path));
      }
    }
  }

  private void addSequence(String prefix, Sequential sequence) {
    int position = 0;
    for (Layer layer : sequence.layers()) {
      add(prefix + position + ".", layer);
      boolean isTwo = layer instanceof Dense dense && dense.activation() != Activation.IDENTITY;
      position += isTwo ? 2 : 1;
    }
  }

  private void addBatchNorm(String prefix, BatchNorm norm) {
    state.putAll(prefix, norm.parameters());
    boolean isNew = state.put(prefix + "running_mean", norm.runningMean());
    state.put(prefix + "running_var", norm.runningVariance());
    if (isNew) {
      state.putIgnored(prefix + "num_batches_tracked", Tensor.wrap(Shape.SCALAR, new long[] {0}));
    }
  }

  // ---------------------------------------------------------------- recurrent networks

  private static boolean isBidirectional(Concat pair) {
    return pair.branches().size() == 2
        && (pair.axis() == -1 || pair.axis() == 2)
        && pair.branches().get(0) instanceof Recurrent<?> forth
        && pair.branches().get(1) instanceof Recurrent<?> back
        && !forth.reversed()
        && back.reversed()
        && forth.cell().getClass() == back.cell().getClass()
        && forth.cell().inputs() == back.cell().inputs()
        && forth.cell().units() == back.cell().units();
  }

  private void addRecurrent(String prefix, Recurrent<?> layer, boolean second) {
    Cell<?> cell = layer.cell();
    require(
        cell instanceof RnnCell || cell instanceof GruCell || cell instanceof LstmCell,
        prefix,
        layer,
        "has a cell that no module of PyTorch has");
    require(
        !layer.reversed() || second,
        prefix,
        layer,
        "runs backwards alone, as no module of PyTorch does; pair it with one that runs forwards,"
            + " Concat.of(-1, forth, back)");
    if (cell instanceof RnnCell rnn) {
      require(
          Set.of(ActivationLayer.TANH, ActivationLayer.RELU).contains(rnn.function()),
          prefix,
          layer,
          "has a function that nn.RNN has not; it knows tanh and relu");
    }
    if (cell instanceof GruCell gru) {
      require(
          !gru.resetsFirst(),
          prefix,
          layer,
          "resets the state before its product and nn.GRU after it, so that the same weights would be"
              + " another function");
    }
    String suffix = second ? "_reverse" : "";
    Parameters own = cell.parameters();
    for (String path : own.paths()) {
      String name = Objects.requireNonNull(CELL_NAMES.get(path));
      state.put(prefix + name + suffix, own.byPath(path));
    }
  }

  // ---------------------------------------------------------------- attention

  private void addAttention(String prefix, MultiHeadAttention attention) {
    int width = inputs(attention.query());
    List<Dense> projections = List.of(attention.query(), attention.key(), attention.value());
    for (Dense one :
        List.of(attention.query(), attention.key(), attention.value(), attention.output())) {
      require(
          outputs(one) == width && one.activation() == Activation.IDENTITY,
          prefix,
          attention,
          "has a projection "
              + one
              + "; in nn.MultiheadAttention all make the width of the queries, "
              + width
              + ", without an activation");
    }
    require(
        projections.stream().flatMap(one -> Stream.of(one.weight(), one.bias())).distinct().count()
            == 2L * projections.size(),
        prefix,
        attention,
        "shares a tensor between projections, which nn.MultiheadAttention cannot");
    if (projections.stream().allMatch(one -> inputs(one) == width)) {
      state.putJoined(prefix + "in_proj_weight", parts("weight", projections));
    } else {
      for (int i = 0; i < projections.size(); i++) {
        Parameter weight = projections.get(i).parameters().byPath("weight");
        state.put(prefix + "qkv".charAt(i) + "_proj_weight", weight);
      }
    }
    state.putJoined(prefix + "in_proj_bias", parts("bias", projections));
    addAsItIs(prefix + "out_proj.", attention.output());
  }

  private static Parameter[] parts(String name, List<Dense> projections) {
    return projections.stream().map(one -> one.parameters().byPath(name)).toArray(Parameter[]::new);
  }

  private static int inputs(Dense layer) {
    return layer.weight().shape().dim(1);
  }

  private static int outputs(Dense layer) {
    return layer.weight().shape().dim(0);
  }

  private void addBlock(String prefix, TransformerEncoderBlock block) {
    List<Layer> learning =
        block.feedForward() instanceof Sequential sequence
            ? sequence.layers().stream().filter(layer -> layer.parameters().size() > 0).toList()
            : List.of();
    require(
        learning.size() == 2
            && learning.get(0) instanceof Dense
            && learning.get(1) instanceof Dense last
            && last.activation() == Activation.IDENTITY,
        prefix,
        block,
        "feeds forward by something else than the two affine layers of nn.TransformerEncoderLayer");
    addAttention(prefix + "self_attn.", block.attention());
    addAsItIs(prefix + "linear1.", learning.get(0));
    addAsItIs(prefix + "linear2.", learning.get(1));
    addAsItIs(prefix + "norm1.", block.attentionNorm());
    addAsItIs(prefix + "norm2.", block.feedForwardNorm());
  }

  private static void require(boolean sure, String prefix, Layer layer, String problem) {
    if (!sure) {
      String place = prefix.isEmpty() ? "the model" : "layer " + prefix.replaceFirst("\\.$", "");
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "PyTorchNames: %s, %s, %s", place, layer, problem));
    }
  }
}
