package dev.autograd.nn.io;

import static dev.autograd.nn.io.Fixtures.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Sequential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("w.safetensors");
  }

  private static Sequential model(DType dtype, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Sequential.of(
        Dense.of(dtype, 2, 3, random), Tensor::tanh, Dense.of(dtype, 3, 1, random));
  }

  private static Map<String, Tensor> snapshot(Sequential model) {
    return new TreeMap<>(model.parameters().snapshot());
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, value) -> {
          assertThat(in(actual, name).dtype()).isEqualTo(value.dtype());
          assertThat(in(actual, name).toDoubleArray()).containsExactly(value.toDoubleArray());
        });
  }

  @Test
  void loadsWhatItSaves() {
    Sequential saved = model(DType.F64, 1);
    Sequential other = model(DType.F64, 2);
    Weights.save(file, saved);
    assertThat(Safetensors.read(file).keySet())
        .containsExactly("0.bias", "0.weight", "2.bias", "2.weight");
    Weights.load(file, other);
    assertSame(snapshot(other), snapshot(saved));
  }

  @Test
  void widensWithoutLoss() {
    Sequential narrow = model(DType.F32, 1);
    Weights.save(file, narrow);
    Sequential wide = model(DType.F64, 2);
    Weights.load(file, wide);
    assertThat(wide.parameters().byPath("0.weight").toDoubleArray())
        .containsExactly(narrow.parameters().byPath("0.weight").toDoubleArray());
  }

  @Test
  void doesNotRoundUnasked() {
    Sequential wide = model(DType.F64, 1);
    Weights.save(file, wide);
    Sequential narrow = model(DType.F32, 2);
    Map<String, Tensor> before = snapshot(narrow);
    assertThatThrownBy(() -> Weights.load(file, narrow))
        .isInstanceOf(WeightsMismatchException.class)
        .hasMessage(
            file
                + ": does not fit the model: 0 fit; different are [0.weight is F64[3, 2], not F32[3,"
                + " 2], 0.bias is F64[3], not F32[3], 2.weight is F64[1, 3], not F32[1, 3], 2.bias is"
                + " F64[1], not F32[1]]; nothing was changed. Build the model that was saved, or take"
                + " what fits");
    assertSame(snapshot(narrow), before);
    // What the documentation says to do instead.
    Map<String, Tensor> rounded = new LinkedHashMap<>();
    Safetensors.read(file).forEach((name, value) -> rounded.put(name, value.to(DType.F32)));
    narrow.parameters().load(rounded);
    assertThat(narrow.parameters().byPath("2.bias").item(0))
        .isEqualTo((float) wide.parameters().byPath("2.bias").item(0));
  }

  @Test
  void whatDoesNotFitChangesNothing() {
    Map<String, Tensor> saved = snapshot(model(DType.F64, 1));
    saved.remove("0.bias");
    saved.put("2.weight", Tensor.zeros(DType.F64, 3, 1));
    saved.put("3.weight", Tensor.scalar(1));
    Safetensors.write(file, saved);
    Sequential other = model(DType.F64, 2);
    Map<String, Tensor> before = snapshot(other);
    WeightsMismatchException refused =
        catchThrowableOfType(WeightsMismatchException.class, () -> Weights.load(file, other));
    WeightsReport report = refused.report();
    assertThat(report.fitting()).containsExactly("0.weight", "2.bias");
    assertThat(report.missing()).containsExactly("0.bias");
    assertThat(report.unexpected()).containsExactly("3.weight");
    assertThat(report.misfits())
        .containsExactly(Map.entry("2.weight", "is F64[3, 1], not F64[1, 3]"));
    assertThat(refused)
        .hasMessage(
            file
                + ": does not fit the model: 2 fit; missing are [0.bias]; unexpected are [3.weight];"
                + " different are [2.weight is F64[3, 1], not F64[1, 3]]; nothing was changed. Build"
                + " the model that was saved, or take what fits");
    assertSame(snapshot(other), before);
  }

  @Test
  void takesWhatFitsWhenAsked() {
    Map<String, Tensor> saved = snapshot(model(DType.F64, 1));
    saved.put("2.weight", Tensor.zeros(DType.F64, 3, 1));
    Safetensors.write(file, saved);
    Sequential other = model(DType.F64, 2);
    Map<String, Tensor> expected = snapshot(other);
    expected.put("0.weight", in(saved, "0.weight"));
    expected.put("0.bias", in(saved, "0.bias"));
    expected.put("2.bias", in(saved, "2.bias"));
    WeightsReport report = Weights.loadWhatFits(file, other);
    assertThat(report.isComplete()).isFalse();
    assertThat(report.fitting()).containsExactly("0.weight", "0.bias", "2.bias");
    assertSame(snapshot(other), expected);
    Weights.save(file, other);
    assertThat(Weights.loadWhatFits(file, other).isComplete()).isTrue();
  }

  @Test
  void aDamagedFileChangesNothing() throws IOException {
    Sequential model = model(DType.F64, 1);
    Weights.save(file, model);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    Map<String, Tensor> before = snapshot(model);
    assertThatThrownBy(() -> Weights.load(file, model)).isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> Weights.loadWhatFits(file, model)).isInstanceOf(FormatException.class);
    assertSame(snapshot(model), before);
  }

  @Test
  void namesMayBeYours() {
    Parameter w = Parameter.of("w", Tensor.of(1, 2));
    StateDict state = StateDict.of(Map.of("first", w));
    Weights.save(file, state);
    w.assign(Tensor.of(3, 4));
    Weights.load(file, state);
    assertThat(w.toDoubleArray()).containsExactly(1, 2);
    assertThat(w.version()).isEqualTo(2);
  }

  @Test
  void aSharedParameterIsSavedOnce() {
    Dense encoder = Dense.of(2, 2, new SplittableRandom(1));
    Dense decoder = new Dense(encoder.weight(), Parameter.of("bias", Tensor.zeros(DType.F64, 2)));
    Sequential tied = Sequential.of(encoder, decoder);
    Weights.save(file, tied);
    assertThat(Safetensors.read(file)).containsOnlyKeys("0.weight", "0.bias", "1.bias");
    Weights.load(file, tied);
  }

  @Test
  void longReportsAreCut() {
    Map<String, Tensor> many = new LinkedHashMap<>();
    IntStream.range(0, 30)
        .forEach(i -> many.put(String.format("p%02d", i), Tensor.zeros(DType.F32, 0)));
    Safetensors.write(file, many);
    assertThat(Weights.loadWhatFits(file, Tensor::tanh))
        .hasToString(
            "0 fit; unexpected are [p00, p01, p02, p03, p04, p05, p06, p07, p08, p09] and 20 more");
  }

  @Test
  void shapesOfEmptyTensorsCountToo() {
    Safetensors.write(file, Map.of("x", Tensor.zeros(DType.F64, 0, 2)));
    Parameter x = Parameter.of("x", Tensor.of(Shape.of(0, 3), new double[0]));
    assertThat(Weights.loadWhatFits(file, StateDict.of(Map.of("x", x))).misfits())
        .containsOnlyKeys("x");
  }
}
