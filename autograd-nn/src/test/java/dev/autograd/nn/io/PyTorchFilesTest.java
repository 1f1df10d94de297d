package dev.autograd.nn.io;

import static dev.autograd.nn.io.Fixtures.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Activation;
import dev.autograd.Convolution;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.ActivationLayer;
import dev.autograd.nn.BatchNorm;
import dev.autograd.nn.Concat;
import dev.autograd.nn.Conv1d;
import dev.autograd.nn.Conv2d;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Embedding;
import dev.autograd.nn.Flatten;
import dev.autograd.nn.GruCell;
import dev.autograd.nn.Initializer;
import dev.autograd.nn.Layer;
import dev.autograd.nn.LayerNorm;
import dev.autograd.nn.LstmCell;
import dev.autograd.nn.MaxPool2d;
import dev.autograd.nn.MultiHeadAttention;
import dev.autograd.nn.Recurrent;
import dev.autograd.nn.RnnCell;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.TransformerEncoderBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Networks that PyTorch computed; see the resources' README. */
class PyTorchFilesTest {

  @TempDir private Path folder;

  private static Map<String, Layer> models(DType dtype) {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Layer> models = new LinkedHashMap<>();
    models.put(
        "linear",
        Sequential.of(
            Dense.of(dtype, 3, 5, random).activation(Activation.TANH),
            Dense.of(dtype, 5, 2, random)));
    models.put(
        "conv2d",
        Sequential.of(
            Conv2d.of(dtype, 2, 4, 3, Convolution.stride(2).padding(1).groups(2), random),
            BatchNorm.of(dtype, 4),
            ActivationLayer.RELU,
            MaxPool2d.of(2),
            Flatten.of(),
            Dense.of(dtype, 16, 3, random)));
    models.put(
        "conv1d",
        Sequential.of(
            Conv1d.of(dtype, 2, 3, 3, Convolution.stride(1).dilation(2), random),
            BatchNorm.of(dtype, 3),
            ActivationLayer.SIGMOID));
    models.put(
        "embedding",
        Sequential.of(
            Embedding.of(dtype, 7, 4, random, Initializer.normal(1)), LayerNorm.of(dtype, 4)));
    models.put("rnn", Recurrent.of(RnnCell.of(dtype, 3, 5, random).function(ActivationLayer.RELU)));
    models.put("gru", Recurrent.of(GruCell.of(dtype, 3, 5, random)));
    models.put("lstm", Recurrent.of(LstmCell.of(dtype, 3, 5, random)));
    models.put(
        "lstm-bidirectional",
        Concat.of(
            -1,
            Recurrent.of(LstmCell.of(dtype, 3, 5, random)),
            Recurrent.of(LstmCell.of(dtype, 3, 5, random)).backwards()));
    models.put("attention", MultiHeadAttention.of(dtype, 6, 2, random));
    models.put("encoder", TransformerEncoderBlock.of(dtype, 4, 2, 6, random).normLast());
    return models;
  }

  private Path resource(String name) {
    Path file = folder.resolve(name);
    try (InputStream in = PyTorchFilesTest.class.getResourceAsStream("/pytorch/" + name)) {
      Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private Stream<DynamicTest> forAll(BiConsumer<String, Layer> test) {
    return Stream.of(DType.F32, DType.F64)
        .flatMap(
            dtype ->
                models(dtype).entrySet().stream()
                    .map(
                        one ->
                            DynamicTest.dynamicTest(
                                one.getKey() + " " + dtype,
                                () -> test.accept(one.getKey(), one.getValue()))));
  }

  @TestFactory
  Stream<DynamicTest> outputsAreThoseOfPyTorch() {
    return forAll(
        (name, model) -> {
          Map<String, Tensor> data = Safetensors.read(resource(name + ".data.safetensors"));
          Weights.load(resource(name + ".safetensors"), PyTorchNames.of(model));
          DType dtype = model.parameters().iterator().next().dtype();
          Tensor x = in(data, "input");
          Tensor y = model.forward(x.dtype().isFloating() ? x.to(dtype) : x).to(DType.F64);
          Tensor expected = in(data, "output").to(DType.F64);
          assertThat(y.shape()).isEqualTo(expected.shape());
          assertThat(y.allClose(expected, 1e-6, 1e-6)).as("%s%n%s", y, expected).isTrue();
        });
  }

  @TestFactory
  Stream<DynamicTest> andBack() {
    return models(DType.F32).entrySet().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getKey(), () -> assertComesBack(one.getKey(), one.getValue())));
  }

  private void assertComesBack(String name, Layer model) {
    Path file = resource(name + ".safetensors");
    Weights.load(file, PyTorchNames.of(model));
    Path back = folder.resolve("back");
    Weights.save(back, PyTorchNames.of(model));
    Map<String, Tensor> original = Safetensors.read(file);
    Map<String, Tensor> written = Safetensors.read(back);
    assertThat(written.keySet()).isEqualTo(original.keySet());
    original.forEach(
        (key, value) -> {
          Tensor other = in(written, key);
          assertThat(other.dtype()).as(key).isEqualTo(value.dtype());
          assertThat(other.shape()).as(key).isEqualTo(value.shape());
          // How many batches there were, 17 in the file, is not kept.
          boolean count = key.endsWith("num_batches_tracked");
          double[] expected = count ? new double[] {0} : value.toDoubleArray();
          assertThat(other.toDoubleArray()).as(key).isEqualTo(expected);
        });
  }

  @Test
  void theNumberOfBatchesIsNotNeeded() {
    Map<String, Tensor> older =
        new LinkedHashMap<>(Safetensors.read(resource("conv1d.safetensors")));
    older.remove("1.num_batches_tracked");
    Path file = folder.resolve("older");
    Safetensors.write(file, older);
    Weights.load(file, PyTorchNames.of(in(models(DType.F32), "conv1d")));
  }

  @Test
  void everyFileHasItsModel() {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      models(dtype)
          .forEach(
              (name, model) ->
                  assertThat(PyTorchNames.of(model).names())
                      .containsExactlyInAnyOrderElementsOf(
                          Safetensors.read(resource(name + ".safetensors")).keySet()));
    }
  }
}
