package dev.autograd.nn.io;

import static dev.autograd.nn.io.Fixtures.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.BatchNorm;
import dev.autograd.nn.Buffer;
import dev.autograd.nn.Buffers;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Mode;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.Sequential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters and buffers together in files. */
class StateDictTest {

  /** A layer of a user that counts, and remembers a mean. */
  record Counting(Tensor factor, Buffer mean, Buffer passes) implements Layer {

    static Counting of(double factor, double mean, double passes) {
      return new Counting(
          Parameter.of("factor", Tensor.of(factor)),
          Buffer.of("mean", Tensor.of(mean)),
          Buffer.ofRun("passes", Tensor.scalar(passes)));
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.sub(mean.value()).mul(factor);
    }

    @Override
    public Parameters parameters() {
      return Parameters.of(factor);
    }

    @Override
    public Buffers buffers() {
      return Buffers.of(mean, passes);
    }

    double[] values() {
      return new double[] {factor.item(0), mean.value().item(0), passes.value().item()};
    }
  }

  private static final LayerTypes WITH_COUNTING =
      LayerTypes.standard()
          .with(
              LayerType.of(
                  "Counting",
                  Counting.class,
                  (layer, fields) -> fields.tensor("factor", layer.factor()),
                  fields ->
                      new Counting(
                          fields.parameter("factor", DType.F64, 1),
                          Buffer.of("mean", Tensor.of(0.0)),
                          Buffer.ofRun("passes", Tensor.scalar(0)))));

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("w.safetensors");
  }

  @Test
  void namesParametersFirst() {
    Layer model = Sequential.of(BatchNorm.of(2), Dense.of(2, 1, new SplittableRandom(1)));
    StateDict state = StateDict.of(model);
    assertThat(state.names())
        .containsExactly(
            "0.weight", "0.bias", "1.weight", "1.bias", "0.runningMean", "0.runningVariance");
    assertThat(state.toString().lines()).contains("0.runningMean F64[2]");
    assertThat(StateDict.of(model.parameters().matching("1.*")).names())
        .containsExactly("1.weight", "1.bias");
  }

  @Test
  void averagesAreSavedAndLoaded() {
    BatchNorm saved = BatchNorm.of(2);
    saved.forward(Tensor.of(new double[][] {{1, 2}, {3, 7}}), Mode.TRAINING);
    Weights.save(file, saved);
    assertThat(Safetensors.read(file))
        .containsOnlyKeys("weight", "bias", "runningMean", "runningVariance");
    BatchNorm other = BatchNorm.of(2);
    Weights.load(file, other);
    assertThat(other.runningMean().value().toDoubleArray()).containsExactly(0.2, 0.45);
    assertThat(other.runningVariance().value().toDoubleArray())
        .isEqualTo(saved.runningVariance().value().toDoubleArray());
  }

  @Test
  void whatDoesNotFitChangesNeitherParametersNorBuffers() {
    Counting model = Counting.of(2, 3, 4);
    Map<String, Tensor> good = new LinkedHashMap<>();
    good.put("factor", Tensor.of(20.0));
    good.put("mean", Tensor.of(30.0));
    good.put("passes", Tensor.scalar(40));
    for (Map.Entry<String, Tensor> bad :
        Map.of(
                "factor", Tensor.of(1.0, 2),
                "mean", Tensor.scalar(1),
                "passes", Tensor.of(1.0),
                "more", Tensor.of(1.0))
            .entrySet()) {
      Map<String, Tensor> values = new LinkedHashMap<>(good);
      values.put(bad.getKey(), bad.getValue());
      Safetensors.write(file, values);
      assertThatThrownBy(() -> Weights.load(file, model))
          .isInstanceOf(WeightsMismatchException.class)
          .hasMessageContaining(bad.getKey());
      assertThat(model.values()).containsExactly(2, 3, 4);
    }
    good.remove("mean");
    Safetensors.write(file, good);
    assertThatThrownBy(() -> Weights.load(file, model))
        .isInstanceOf(WeightsMismatchException.class)
        .hasMessageContaining("missing are [mean]");
    assertThat(model.values()).containsExactly(2, 3, 4);
    WeightsReport report = Weights.loadWhatFits(file, model);
    assertThat(report.missing()).containsExactly("mean");
    assertThat(model.values()).containsExactly(20, 3, 40);
  }

  @Test
  void nothingChangesInTheMiddleOfASweep() {
    Counting model = Counting.of(2, 3, 4);
    Weights.save(file, Counting.of(20, 30, 40));
    Tensor x = Tensor.of(1.0).withGrad();
    Tensor y =
        Tensor.custom(
            "load",
            Tensor.of(1.0),
            x,
            g -> {
              Weights.load(file, model);
              return g;
            });
    assertThatThrownBy(() -> y.sum().backward())
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(model.values()).containsExactly(2, 3, 4);
  }

  @Test
  void stateOfARunIsWrittenAndNotMissed() {
    Weights.save(file, Counting.of(2, 3, 4));
    Map<String, Tensor> written = new LinkedHashMap<>(Safetensors.read(file));
    assertThat(in(written, "passes").item()).isEqualTo(4);
    Counting other = Counting.of(0, 0, 7);
    Weights.load(file, other);
    assertThat(other.values()).containsExactly(2, 3, 4);
    written.remove("passes");
    Safetensors.write(file, written);
    Counting later = Counting.of(0, 0, 7);
    Weights.load(file, later);
    assertThat(later.values()).containsExactly(2, 3, 7);
    assertThat(Weights.loadWhatFits(file, later).isComplete()).isTrue();
  }

  @Test
  void aPathOfBothIsNamed() throws IOException {
    Files.writeString(file, "old");
    Layer model =
        new Counting(
            Parameter.of("mean", Tensor.of(1.0, 2)),
            Buffer.of("mean", Tensor.of(1.0)),
            Buffer.ofRun("passes", Tensor.scalar(0)));
    assertThatThrownBy(() -> Weights.save(file, model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "state: the name \"mean\" is that of a parameter of shape [2] and of a buffer of shape [1];"
                + " rename one of them, or its layer");
    LayerTypes types =
        LayerTypes.standard()
            .with(
                LayerType.of(
                    "Counting",
                    Counting.class,
                    (layer, fields) -> fields.tensor("mean", layer.factor()),
                    fields -> Counting.of(0, 0, 0)));
    assertThatThrownBy(() -> ModelFile.save(file, model, types))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the path \"mean\" is that of a parameter of shape [2] and of a buffer of shape [1];"
                + " rename one of them");
    assertThat(Files.readString(file)).isEqualTo("old");
  }

  // ---------------------------------------------------------------- models

  @Test
  void aModelFileHoldsTheBuffersOfYourLayers() {
    Sequential model = Sequential.of(Counting.of(2, 3, 4), BatchNorm.of(1));
    ModelFile.save(file, model, WITH_COUNTING);
    Sequential again = (Sequential) ModelFile.load(file, WITH_COUNTING);
    assertThat(((Counting) again.layers().get(0)).values()).containsExactly(2, 3, 4);
    assertThat(again.buffers().paths()).isEqualTo(model.buffers().paths());
  }

  private void writeWithout(String name, Map<String, Tensor> others) {
    ModelFile.save(file, Counting.of(2, 3, 4), WITH_COUNTING);
    Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.read(file));
    tensors.remove(name);
    tensors.putAll(others);
    Map<String, String> texts;
    try (Safetensors opened = Safetensors.open(file)) {
      texts = opened.metadata();
    }
    Safetensors.write(file, tensors, texts);
  }

  @Test
  void aModelFileMustHoldBuffersButThoseOfARun() {
    writeWithout("passes", Map.of());
    assertThat(((Counting) ModelFile.load(file, WITH_COUNTING)).values()).containsExactly(2, 3, 0);
    writeWithout("mean", Map.of());
    assertThatThrownBy(() -> ModelFile.load(file, WITH_COUNTING))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": the file holds no tensor \"mean\"; write it again");
    writeWithout("mean", Map.of("mean", Tensor.of(1f)));
    assertThatThrownBy(() -> ModelFile.load(file, WITH_COUNTING))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": the tensor \"mean\" is F32[1], and should be F64[1]");
    writeWithout("passes", Map.of("more", Tensor.of(1f)));
    assertThatThrownBy(() -> ModelFile.load(file, WITH_COUNTING))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": holds tensors that belong to no layer: \"[more]\"");
  }

  @Test
  void aTurnedBitInTheNumbersIsFoundOut() throws IOException {
    Counting model = Counting.of(2, 3, 4);
    for (boolean whole : new boolean[] {true, false}) {
      if (whole) {
        ModelFile.save(file, model, WITH_COUNTING);
      } else {
        Weights.save(file, model);
      }
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.write(file, bytes);
      assertThatThrownBy(
              () -> {
                if (whole) {
                  ModelFile.load(file, WITH_COUNTING);
                } else {
                  Weights.load(file, model);
                }
              })
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith(file + ": is damaged: the checksum");
    }
    assertThat(model.values()).containsExactly(2, 3, 4);
  }
}
