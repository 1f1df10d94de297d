package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Activation;
import dev.autograd.Convolution;
import dev.autograd.Losses;
import dev.autograd.Pooling;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded networks, built of this library's layers. */
class GoldenLayersTest {

  private static final Set<String> FAMILIES =
      Set.of("rnn", "gru", "lstm", "attention", "norm_net", "convnet", "embedding_net", "residual");

  @TestFactory
  Stream<DynamicTest> networksOfLayersMatch() throws IOException {
    List<GoldenProgram> programs =
        GoldenProgram.all().stream().filter(p -> FAMILIES.contains(p.family())).toList();
    assertThat(programs.stream().map(GoldenProgram::family).distinct())
        .containsExactlyInAnyOrderElementsOf(FAMILIES);
    return programs.stream()
        .map(p -> DynamicTest.dynamicTest(p.id(), () -> p.requireMatches(network(p))));
  }

  private static Tensor network(GoldenProgram p) {
    return switch (p.family()) {
      case "rnn" -> rnn(p);
      case "gru" -> gru(p);
      case "lstm" -> lstm(p);
      case "attention" -> attention(p);
      case "norm_net" -> normNet(p);
      case "convnet" -> convnet(p);
      case "embedding_net" -> embeddingNet(p);
      case "residual" -> residual(p);
      default -> throw new IllegalArgumentException(p.family());
    };
  }

  /** Returns the layer for weights that were recorded as {@code [in, out]}. */
  private static Dense dense(Tensor weight, Tensor bias) {
    return new Dense(weight.transpose(), bias);
  }

  private static Dense withoutBias(Tensor weight) {
    return dense(weight, Tensor.zeros(DType.F64, weight.shape().dim(1)));
  }

  private static ActivationLayer named(String operation) {
    return ActivationLayer.valueOf(operation.toUpperCase(Locale.ROOT));
  }

  // ---------------------------------------------------------------- recurrent networks

  private static Tensor rnn(GoldenProgram p) {
    Tensor bias = p.input("bh");
    RnnCell cell =
        new RnnCell(
            p.input("Wx").transpose(),
            p.input("Wh").transpose(),
            bias,
            Tensor.zeros(DType.F64, bias.size()),
            named(p.operations().get(4)));
    Tensor outputs = Recurrent.of(cell).run(p.sequence(), p.input("h0")).outputs();
    Tensor predicted = dense(p.input("Wy"), p.input("by")).forward(outputs);
    Tensor loss = Tensor.scalar(0);
    for (int t = 0; p.has("y" + t); t++) {
      loss = loss.add(Losses.mse(predicted.select(1, t), p.input("y" + t)));
    }
    return loss;
  }

  private static Tensor gru(GoldenProgram p) {
    Tensor inputBias = Tensor.concat(0, p.input("br"), p.input("bz"), p.input("bn"));
    GruCell cell =
        new GruCell(
            Tensor.concat(1, p.input("Wr"), p.input("Wz"), p.input("Wn")).transpose(),
            Tensor.concat(1, p.input("Ur"), p.input("Uz"), p.input("Un")).transpose(),
            inputBias,
            Tensor.zeros(DType.F64, inputBias.size()),
            true);
    return Recurrent.of(cell).run(p.sequence(), p.input("h0")).last().square().sum();
  }

  private static Tensor lstm(GoldenProgram p) {
    Tensor bias = p.input("b");
    LstmCell cell =
        new LstmCell(
            p.input("W").transpose(),
            p.input("U").transpose(),
            bias,
            Tensor.zeros(DType.F64, bias.size()));
    LstmCell.State start = new LstmCell.State(p.input("h0"), p.input("c0"));
    LstmCell.State last = Recurrent.of(cell).run(p.sequence(), start).last();
    return last.hidden().sub(0.5).square().mean();
  }

  // ---------------------------------------------------------------- the others

  private static Tensor attention(GoldenProgram p) {
    Tensor query = p.input("Wq");
    int width = query.shape().dim(1);
    // The scale is recorded with six digits; the layer's is exact, so the queries make up for it.
    double scale = p.attribute("mul_scalar", "value")[0] * Math.sqrt(width);
    Dense output = withoutBias(Tensor.eye(DType.F64, width));
    MultiHeadAttention layer =
        new MultiHeadAttention(
            withoutBias(query.mul(scale)),
            withoutBias(p.input("Wk")),
            withoutBias(p.input("Wv")),
            output,
            1,
            p.has("mask"));
    return layer.forward(p.input("X")).square().mean();
  }

  private static Tensor normNet(GoldenProgram p) {
    Tensor weight = p.input("g");
    Tensor bias = p.input("be");
    if (p.has("Y")) {
      BatchNorm norm =
          new BatchNorm(
              weight,
              bias,
              Buffer.of("runningMean", bias),
              Buffer.of("runningVariance", weight),
              0.1,
              p.attribute("batch_norm", "eps")[0]);
      Layer model = Sequential.of(withoutBias(p.input("W")), norm, ActivationLayer.SILU);
      return Losses.mse(model.forward(p.input("X"), Mode.TRAINING), p.input("Y"));
    }
    Layer model =
        Sequential.of(
            new LayerNorm(weight, bias, p.attribute("layer_norm", "eps")[0]),
            ActivationLayer.GELU,
            dense(p.input("W"), p.input("c")).activation(Activation.TANH));
    return model.forward(p.input("X")).mean();
  }

  private static Tensor convnet(GoldenProgram p) {
    double[] stride = p.attribute("conv2d", "stride");
    double[] padding = p.attribute("conv2d", "padding");
    double[] window = p.attribute("avg_pool2d", "kernel");
    Convolution options =
        Convolution.stride((int) stride[0], (int) stride[1])
            .padding((int) padding[0], (int) padding[1]);
    Layer model =
        Sequential.of(
            new Conv2d(p.input("K"), p.input("kb"), options),
            ActivationLayer.TANH,
            new AvgPool2d(Pooling.of((int) window[0], (int) window[1])),
            Flatten.of(),
            new Dense(p.input("W"), p.input("b")));
    return Losses.crossEntropy(model.forward(p.input("X")), p.classes("Y"));
  }

  private static Tensor embeddingNet(GoldenProgram p) {
    Tensor table = p.input("E");
    Tensor weight = p.has("W") ? p.input("W") : table;
    Layer model =
        Sequential.of(
            new Embedding(table, OptionalInt.empty()),
            x -> x.mean(1),
            new Dense(weight, Tensor.zeros(DType.F64, weight.shape().dim(0))));
    assertThat(model.parameters().size()).isEqualTo(p.has("W") ? 2 : 1);
    return Losses.crossEntropy(model.forward(p.input("tok")), p.classes("Y"));
  }

  private static Tensor residual(GoldenProgram p) {
    String function = p.operations().get(2);
    Layer activation = function.equals("elu") ? new Elu(1) : named(function);
    List<Layer> blocks = new ArrayList<>();
    for (int i = 0; p.has("W" + i); i++) {
      blocks.add(
          Residual.of(
              dense(p.input("W" + i), p.input("b" + i)),
              activation,
              withoutBias(p.input("V" + i))));
    }
    return new Sequential(blocks).forward(p.input("X")).square().mean();
  }
}
