package dev.autograd.nn.io;

import static dev.autograd.nn.io.Fixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Activation;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.ActivationLayer;
import dev.autograd.nn.BatchNorm;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Dropout;
import dev.autograd.nn.GruCell;
import dev.autograd.nn.Layer;
import dev.autograd.nn.LstmCell;
import dev.autograd.nn.MultiHeadAttention;
import dev.autograd.nn.Recurrent;
import dev.autograd.nn.Residual;
import dev.autograd.nn.RnnCell;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.TransformerEncoderBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The file of {@code nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))}, written by hand
 * as the reference implementation of safetensors lays it out.
 */
class PyTorchNamesTest {

  private static final String HEADER =
      "{\"0.bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},"
          + "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[12,36]},"
          + "\"2.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[36,40]},"
          + "\"2.weight\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[40,52]}}";

  private static final String DATA =
      "cdcccc3d cdcc4cbe 9a99993e" // 0.bias: 0.1, -0.2, 0.3
          + "0000003f 000080bf 0000c03f 00000040 000000c0 0000803e" // rows (.5 -1) (1.5 2) (-2 .25)
          + "0000003e" // 2.bias: 0.125
          + "0000803f 0000c0bf 00000040"; // 2.weight: 1, -1.5, 2

  @TempDir private Path folder;

  private static byte[] torchFile() {
    String header = HEADER + " ".repeat((8 - HEADER.length() % 8) % 8);
    return ByteBuffer.allocate(8 + header.length() + 52)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length())
        .put(header.getBytes(StandardCharsets.US_ASCII))
        .put(hex(DATA))
        .array();
  }

  /** The same network as a function of two numbers, in double precision. */
  private static double network(double x, double y) {
    double h0 = Math.tanh(0.5 * x - y + 0.1f);
    double h1 = Math.tanh(1.5 * x + 2 * y + -0.2f);
    double h2 = Math.tanh(-2 * x + 0.25 * y + 0.3f);
    return h0 - 1.5 * h1 + 2 * h2 + 0.125;
  }

  private static Sequential fused(DType dtype) {
    SplittableRandom random = new SplittableRandom(1);
    return Sequential.of(
        Dense.of(dtype, 2, 3, random).activation(Activation.TANH), Dense.of(dtype, 3, 1, random));
  }

  private static void assertComputesNetwork(Layer model, DType dtype) {
    Tensor x = Tensor.of(new double[][] {{0.7, -0.4}, {-1, 3}}).to(dtype);
    double tolerance = dtype == DType.F32 ? 1e-6 : 1e-15;
    double[] y = model.forward(x).toDoubleArray();
    assertThat(y[0]).isEqualTo(network(x.item(0, 0), x.item(0, 1)), within(tolerance));
    assertThat(y[1]).isEqualTo(network(-1, 3), within(tolerance));
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void aFileOfPyTorchGivesTheSameOutputs(DType dtype) throws IOException {
    Path file = Files.write(folder.resolve("torch.safetensors"), torchFile());
    Sequential model = fused(dtype);
    Weights.load(file, PyTorchNames.of(model));
    assertComputesNetwork(model, dtype);
  }

  @Test
  void layersOneByOneHavePyTorchsPositionsAlready() throws IOException {
    Path file = Files.write(folder.resolve("torch.safetensors"), torchFile());
    SplittableRandom random = new SplittableRandom(1);
    Sequential model =
        Sequential.of(
            Dense.of(DType.F32, 2, 3, random),
            ActivationLayer.TANH,
            Dense.of(DType.F32, 3, 1, random));
    Weights.load(file, model);
    assertComputesNetwork(model, DType.F32);
    assertThat(PyTorchNames.of(model).names())
        .containsExactlyElementsOf(model.parameters().paths());
  }

  @Test
  void andBackByteForByte() throws IOException {
    Path file = Files.write(folder.resolve("torch.safetensors"), torchFile());
    Sequential model = fused(DType.F32);
    Weights.load(file, PyTorchNames.of(model));
    Path back = folder.resolve("back.safetensors");
    Weights.save(back, PyTorchNames.of(model));
    // Without the checksum, which PyTorch's files have not.
    Safetensors.write(back, Safetensors.read(back));
    assertThat(Files.readAllBytes(back)).isEqualTo(torchFile());
  }

  @Test
  void modulesAreCountedInside() {
    SplittableRandom random = new SplittableRandom(1);
    Dense shared = Dense.of(2, 2, random);
    Sequential model =
        Sequential.of(
            Dense.of(2, 2, random).activation(Activation.RELU),
            Dropout.of(0.5, 1),
            Sequential.of(Dense.of(2, 2, random).activation(Activation.SIGMOID), shared),
            Tensor::tanh,
            shared);
    assertThat(PyTorchNames.of(model).names())
        .containsExactly("0.weight", "0.bias", "3.0.weight", "3.0.bias", "3.2.weight", "3.2.bias");
  }

  // ---------------------------------------------------------------- what PyTorch has otherwise

  @Test
  void childrenOfCompositesAreModules() {
    SplittableRandom random = new SplittableRandom(1);
    assertThat(
            PyTorchNames.of(Sequential.of(Residual.of(BatchNorm.of(2)), Dropout.of(0.5, 1)))
                .names())
        .containsExactly(
            "0.body.weight",
            "0.body.bias",
            "0.body.running_mean",
            "0.body.running_var",
            "0.body.num_batches_tracked");
    assertThat(PyTorchNames.of(Residual.of(Recurrent.of(GruCell.of(2, 2, random)))).names())
        .containsExactly(
            "body.weight_ih_l0", "body.weight_hh_l0", "body.bias_ih_l0", "body.bias_hh_l0");
  }

  @Test
  void whatIsSharedHasOneName() {
    BatchNorm shared = BatchNorm.of(2);
    assertThat(PyTorchNames.of(Sequential.of(shared, shared)).names())
        .containsExactly(
            "0.weight", "0.bias", "0.running_mean", "0.running_var", "0.num_batches_tracked");
  }

  @Test
  void keysOfTheirOwnWidthHaveMatricesOfTheirOwn() {
    SplittableRandom random = new SplittableRandom(1);
    MultiHeadAttention attention =
        new MultiHeadAttention(
            Dense.of(4, 4, random),
            Dense.of(3, 4, random),
            Dense.of(5, 4, random),
            Dense.of(4, 4, random),
            2,
            false);
    StateDict names = PyTorchNames.of(attention);
    assertThat(names.names())
        .containsExactly(
            "q_proj_weight",
            "k_proj_weight",
            "v_proj_weight",
            "in_proj_bias",
            "out_proj.weight",
            "out_proj.bias");
    assertThat(names.toString())
        .contains("k_proj_weight F64[4, 3]")
        .contains("in_proj_bias F64[12]");
  }

  @Test
  void whatIsAnotherFunctionInPyTorchIsRefused() {
    SplittableRandom random = new SplittableRandom(1);
    refused(
        Sequential.of(Recurrent.of(GruCell.of(2, 3, random).resettingFirst())),
        "layer 0, Recurrent[GruCell(2 -> 3, F64, resets first)], resets the state before its product"
            + " and nn.GRU after it, so that the same weights would be another function");
    refused(
        Recurrent.of(RnnCell.of(2, 3, random).function(ActivationLayer.SIGMOID)),
        "the model, Recurrent[RnnCell(2 -> 3, F64, sigmoid)], has a function that nn.RNN has not; it"
            + " knows tanh and relu");
    refused(
        Recurrent.of(LstmCell.of(2, 3, random)).backwards(),
        "the model, Recurrent[LstmCell(2 -> 3, F64), reversed], runs backwards alone, as no module of"
            + " PyTorch does; pair it with one that runs forwards, Concat.of(-1, forth, back)");
    Dense wide = Dense.of(4, 6, random);
    refused(
        new MultiHeadAttention(
            wide, Dense.of(4, 6, random), wide, Dense.of(6, 4, random), 2, false),
        "the model, MultiHeadAttention(4 -> 4, 2 heads, F64), has a projection Dense(4 -> 6, F64); in"
            + " nn.MultiheadAttention all make the width of the queries, 4, without an activation");
    Dense one = Dense.of(4, 4, random);
    refused(
        new MultiHeadAttention(one, one, Dense.of(4, 4, random), Dense.of(4, 4, random), 2, false),
        "the model, MultiHeadAttention(4 -> 4, 2 heads, F64), shares a tensor between projections,"
            + " which nn.MultiheadAttention cannot");
    TransformerEncoderBlock block = TransformerEncoderBlock.of(4, 2, 6, random);
    Layer other =
        new TransformerEncoderBlock(
            block.attention(),
            block.attentionNorm(),
            block.attentionDropout(),
            Dense.of(4, 4, random),
            block.feedForwardNorm(),
            block.feedForwardDropout(),
            true);
    assertThatThrownBy(() -> PyTorchNames.of(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "feeds forward by something else than the two affine layers of"
                + " nn.TransformerEncoderLayer");
  }

  private static void refused(Layer model, String message) {
    assertThatThrownBy(() -> PyTorchNames.of(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PyTorchNames: " + message);
  }
}
