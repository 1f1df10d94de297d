package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.ActivationLayer;
import dev.autograd.nn.BatchNorm;
import dev.autograd.nn.Concat;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Embedding;
import dev.autograd.nn.GruCell;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Mode;
import dev.autograd.nn.MultiHeadAttention;
import dev.autograd.nn.Parallel;
import dev.autograd.nn.Recurrent;
import dev.autograd.nn.Sequential;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What layers share in a model, they share in the model that is read. */
class SharedTest {

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("model.safetensors");
  }

  private Layer again(Layer model) {
    ModelFile.save(file, model);
    return ModelFile.load(file);
  }

  @Test
  void aLayerThatOccursTwiceIsOne() {
    Dense dense = Dense.of(2, 2, new SplittableRandom(1));
    BatchNorm norm = BatchNorm.of(2);
    Sequential model =
        Sequential.of(
            dense, norm, Sequential.of(ActivationLayer.TANH, dense, norm), ActivationLayer.TANH);
    assertThat(LayerTypes.standard().toJson(model))
        .contains(
            "{\"type\":\"Activation\",\"function\":\"tanh\"},{\"same\":\"0\"},{\"same\":\"1\"}")
        .endsWith("{\"type\":\"Activation\",\"function\":\"tanh\"}]}}");
    Sequential again = (Sequential) again(model);
    Sequential inner = (Sequential) again.layers().get(2);
    assertThat(inner.layers().get(1)).isSameAs(again.layers().get(0));
    assertThat(inner.layers().get(2)).isSameAs(again.layers().get(1));
    assertThat(again.parameters().paths()).isEqualTo(model.parameters().paths());
    assertThat(again.buffers().paths()).containsExactly("1.runningMean", "1.runningVariance");
    again.parameters().byPath("0.bias").assign(Tensor.of(5, 6));
    assertThat(((Dense) inner.layers().get(1)).bias().toDoubleArray()).containsExactly(5, 6);
  }

  @Test
  void aTensorOfTwoLayersIsOne() {
    SplittableRandom random = new SplittableRandom(1);
    Embedding words = Embedding.of(5, 3, random);
    Dense logits =
        new Dense(words.weight(), Parameter.of("bias", Tensor.normal(random, DType.F64, 5)));
    Sequential model = Sequential.of(words, logits);
    assertThat(LayerTypes.standard().toJson(model)).contains("\"tied\":{\"weight\":\"0.weight\"}");
    Sequential again = (Sequential) again(model);
    assertThat(Safetensors.read(file)).containsOnlyKeys("0.weight", "1.bias");
    assertThat(((Dense) again.layers().get(1)).weight())
        .isSameAs(((Embedding) again.layers().get(0)).weight());
    Tensor x = Tensor.indices(4, 0, 2);
    assertThat(again.forward(x).toDoubleArray()).isEqualTo(model.forward(x).toDoubleArray());
  }

  @Test
  void oneCellInBothDirectionsIsOne() {
    GruCell cell = GruCell.of(2, 3, new SplittableRandom(1));
    Layer model = Concat.of(-1, Recurrent.of(cell), Recurrent.of(cell).backwards());
    Layer again = again(model);
    assertThat(again.parameters().paths()).isEqualTo(model.parameters().paths());
    Tensor x = Tensor.normal(new SplittableRandom(2), DType.F64, 2, 3, 2);
    assertThat(again.forward(x).toDoubleArray()).isEqualTo(model.forward(x).toDoubleArray());
  }

  @Test
  void oneProjectionOfQueriesAndKeysIsOne() {
    SplittableRandom random = new SplittableRandom(1);
    Dense one = Dense.of(4, 4, random);
    Dense value = Dense.of(4, 4, random);
    Layer model = new MultiHeadAttention(one, one, value, Dense.of(4, 4, random), 2, true);
    MultiHeadAttention again = (MultiHeadAttention) again(model);
    assertThat(again.key()).isSameAs(again.query());
    assertThat(again).hasToString(model.toString());
  }

  @Test
  void averagesOfOneLayerInTwoPlacesAreOne() {
    BatchNorm norm = BatchNorm.of(2);
    Layer again = again(Parallel.of(norm, norm));
    Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 5}});
    again.forward(x, Mode.TRAINING);
    norm.forward(x, Mode.TRAINING);
    norm.forward(x, Mode.TRAINING);
    assertThat(again.buffers().byPath("0.runningMean").value().toDoubleArray())
        .isEqualTo(norm.runningMean().value().toDoubleArray());
  }

  @Test
  void averagesOfTwoLayersInOnePlaceAreRefused() {
    BatchNorm norm = BatchNorm.of(2);
    assertThatThrownBy(() -> ModelFile.save(file, Sequential.of(norm, norm.momentum(0.5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layer 1: its buffer \"runningMean\" is that of layer 0, which is another layer; a file"
                + " cannot say so, so use one layer in both places");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"same":"0"} | is said to be the layer "0"; it must be one that comes before it
          {"same":0} | is said to be the layer "0"; it must be one that comes before it
          {"type":"Elu","alpha":1,"same":"1"} | the field "same" is unknown; it has [alpha, type]
          {"type":"Elu","alpha":1,"tied":{"weight":"1.x"}} | "weight" is tied, and no tensor of this layer
          {"type":"Elu","alpha":1,"tied":[]} | the field "tied" is "[]"; it must be paths by name
          {"type":"RmsNorm","dims":[2],"dtype":"F64","eps":0,"tied":{"weight":"0.weight"}} | "weight" is tied to "0.weight"; it must be a tensor of a layer before, F64[2]
          {"type":"RmsNorm","dims":[2],"dtype":"F64","eps":0,"tied":{"weight":1}} | "weight" is tied to "1"; it must be a tensor of a layer before, F64[2]
          """)
  void tiesThatCannotBe(String layer, String message) {
    String json =
        "{\"format\":\"autograd model\",\"version\":1,\"model\":{\"type\":\"Sequential\",\"layers\":["
            + layer
            + "]}}";
    assertThatThrownBy(() -> LayerTypes.standard().fromJson(json))
        .isInstanceOf(FormatException.class)
        .hasMessage("configuration, layer 0: " + message);
  }
}
