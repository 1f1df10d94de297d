package dev.autograd.nn.io;

import static dev.autograd.nn.io.Fixtures.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Activation;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.ActivationLayer;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Dropout;
import dev.autograd.nn.Layer;
import dev.autograd.nn.LeakyRelu;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.Softmax;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {

  private static final String JSON =
      "{\"format\":\"autograd model\",\"version\":1,\"model\":{\"type\":\"Sequential\",\"layers\":["
          + "{\"type\":\"Dense\",\"in\":2,\"out\":3,\"dtype\":\"F64\",\"activation\":\"tanh\"},"
          + "{\"type\":\"Dropout\",\"probability\":0.1,\"seed\":-7},"
          + "{\"type\":\"Sequential\",\"layers\":["
          + "{\"type\":\"Dense\",\"in\":3,\"out\":2,\"dtype\":\"F64\",\"activation\":\"identity\"},"
          + "{\"type\":\"Activation\",\"function\":\"gelu_tanh\"}]},"
          + "{\"type\":\"LeakyRelu\",\"slope\":0.25},"
          + "{\"type\":\"Softmax\",\"axis\":-1}]}}";

  /** A layer of a user: its input times a factor that is learnt, less a constant, then others. */
  record Scaled(Tensor factor, Tensor mean, Layer next) implements Layer {

    @Override
    public Tensor forward(Tensor x) {
      return next.forward(x.sub(mean).mul(factor));
    }

    @Override
    public Parameters parameters() {
      return Parameters.of(factor).and("next", next);
    }
  }

  private static final LayerTypes WITH_SCALED =
      LayerTypes.standard()
          .with(
              LayerType.of(
                  "Scaled",
                  Scaled.class,
                  (layer, fields) ->
                      fields
                          .integer("size", layer.factor().size())
                          .flag("centred", true)
                          .text("note", "é\n")
                          .tensor("factor", layer.factor())
                          .tensor("mean", layer.mean())
                          .layer("next", layer.next()),
                  fields -> {
                    assertThat(fields.flag("centred")).isTrue();
                    assertThat(fields.text("note")).isEqualTo("é\n");
                    int size = fields.size("size");
                    return new Scaled(
                        fields.parameter("factor", DType.F64, size),
                        fields.tensor("mean", DType.F64, size),
                        fields.layer("next"));
                  }));

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("model.safetensors");
  }

  private static Sequential model() {
    SplittableRandom random = new SplittableRandom(3);
    return Sequential.of(
        Dense.of(2, 3, random).activation(Activation.TANH),
        Dropout.of(0.1, -7),
        Sequential.of(Dense.of(3, 2, random), ActivationLayer.GELU_TANH),
        new LeakyRelu(0.25),
        new Softmax(-1));
  }

  private static Scaled scaled() {
    return new Scaled(
        Parameter.of("factor", Tensor.of(2, 3)),
        Tensor.of(1, -1),
        Dense.of(2, 1, new SplittableRandom(5)));
  }

  // ---------------------------------------------------------------- configuration

  @Test
  void theConfigurationIsJson() {
    assertThat(LayerTypes.standard().toJson(model())).isEqualTo(JSON);
  }

  @Test
  void theConfigurationMakesTheLayersAgain() {
    Layer made = LayerTypes.standard().fromJson(JSON);
    assertThat(made).hasToString(model().toString());
    assertThat(made.parameters().paths()).isEqualTo(model().parameters().paths());
    assertThat(made.parameters().byPath("0.weight").toDoubleArray()).containsOnly(0);
    assertThat(LayerTypes.standard().toJson(made)).isEqualTo(JSON);
  }

  // ---------------------------------------------------------------- models

  @Test
  void aModelIsReadAsItWasWritten() {
    Sequential model = model();
    ModelFile.save(file, model);
    Layer again = ModelFile.load(file);
    Tensor x = Tensor.of(new double[][] {{1, 2}, {-0.5, 0.25}});
    assertThat(again.forward(x).toDoubleArray()).containsExactly(model.forward(x).toDoubleArray());
    assertThat(again).hasToString(model.toString());
    assertThat(again.parameters().paths()).isEqualTo(model.parameters().paths());
    assertThat(again.parameters()).allMatch(p -> p.requiresGrad());
  }

  @Test
  void theWeightsAreReadAsFromAnyFile() {
    ModelFile.save(file, model());
    Sequential other = model();
    other.parameters().forEach(p -> p.assign(Tensor.zeros(p.dtype(), p.shape().toArray())));
    Weights.load(file, other);
    assertThat(other.parameters().byPath("2.0.bias").toDoubleArray())
        .containsExactly(model().parameters().byPath("2.0.bias").toDoubleArray());
  }

  @Test
  void layersOfYourOwnAreEntries() {
    Scaled model = scaled();
    ModelFile.save(file, model, WITH_SCALED);
    Layer again = ModelFile.load(file, WITH_SCALED);
    assertThat(again).isInstanceOf(Scaled.class);
    assertThat(again.parameters().paths()).containsExactly("factor", "next.weight", "next.bias");
    Tensor x = Tensor.of(new double[][] {{1, 2}});
    assertThat(again.forward(x).item()).isEqualTo(model.forward(x).item());
    assertThat(((Scaled) again).mean()).isNotInstanceOf(Parameter.class);
  }

  // ---------------------------------------------------------------- what cannot be written

  private void unwritable(Layer model, String message) {
    assertThatThrownBy(() -> ModelFile.save(file, model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(file).doesNotExist();
  }

  @Test
  void lambdasHaveNoName() {
    unwritable(
        Sequential.of(ActivationLayer.RELU, Tensor::tanh),
        "layer 1 is a lambda or a method reference, which has no name that could be written; use an"
            + " ActivationLayer, or a class of your own");
  }

  @Test
  void unknownClassesAreNamed() {
    unwritable(
        scaled(),
        "the model is of dev.autograd.nn.io.ModelFileTest$Scaled, which has no type here; add one"
            + " with LayerTypes.with(LayerType.of(…))");
  }

  @Test
  void forgottenParametersAreFoundOut() {
    LayerTypes forgetful =
        LayerTypes.standard()
            .with(
                LayerType.of(
                    "Scaled",
                    Scaled.class,
                    (layer, fields) -> fields.layer("next", layer.next()),
                    fields -> scaled()));
    assertThatThrownBy(() -> forgetful.toJson(scaled()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "parameter \"factor\" is none of the fields that its layer's type writes; add it with"
                + " tensor(…)");
  }

  @Test
  void fieldsMustDiffer() {
    LayerType<Softmax> twice =
        LayerType.of(
            "Twice",
            Softmax.class,
            (layer, fields) -> fields.integer("axis", 1).integer("axis", 2),
            fields -> new Softmax(0));
    assertThatThrownBy(() -> LayerTypes.standard().with(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "with: \"Twice\" for dev.autograd.nn.Softmax is taken by \"Softmax\" for"
                + " dev.autograd.nn.Softmax; each name and each class can be there once");
    LayerType<Scaled> scaled =
        LayerType.of(
            "Scaled",
            Scaled.class,
            (layer, fields) -> fields.number("x", Double.NaN),
            fields -> scaled());
    assertThatThrownBy(() -> LayerTypes.standard().with(scaled).toJson(scaled()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("field \"x\" of the model is NaN; JSON has no such number");
  }

  // ---------------------------------------------------------------- what cannot be read

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [] | : is no model; it must be a JSON object with "format":"autograd model"
          {"format":"x"} | : is no model; it must be a JSON object with "format":"autograd model"
          {"format":"autograd model","version":2} | : is of version 2; this release reads version 1, so take a newer one
          {"format":"autograd model","version":1} | , model: is no JSON object with a type and fields
          """)
  void otherTexts(String json, String message) {
    assertThatThrownBy(() -> LayerTypes.standard().fromJson(json))
        .isInstanceOf(FormatException.class)
        .hasMessage("configuration" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"Conv"} | the type is "Conv"; known are [Sequential, Residual, Parallel, Concat, Dense, Conv1d, Conv2d, MaxPool1d, MaxPool2d, AvgPool1d, AvgPool2d, LayerNorm, RmsNorm, GroupNorm, BatchNorm, Dropout, Activation, LeakyRelu, Elu, Softmax, Flatten, Select, Embedding, Recurrent, MultiHeadAttention, TransformerEncoderBlock, SinusoidalPositions], and LayerTypes.with(…) adds others
          {"type":"Softmax"} | the field "axis" is missing; it is an integer
          {"type":"Softmax","axis":"1"} | the field "axis" is "1"; it must be an integer
          {"type":"Softmax","axis":1.0} | the field "axis" is "1.0"; it must be an integer
          {"type":"Softmax","axis":2147483648} | integer overflow
          {"type":"Softmax","axis":1,"Axis":1} | the field "Axis" is unknown; it has [axis, type]
          {"type":"Dropout","probability":1,"seed":1} | Dropout: the probability is 1.0; it must be at least 0 and below 1, where nothing would be left
          {"type":"Activation","function":"RELU"} | the field "function" is "RELU"; it must be one of [relu, relu6, tanh, sigmoid, log_sigmoid, softplus, softsign, gelu, gelu_tanh, silu, mish, selu, identity]
          {"type":"Dense","in":-1,"out":1,"dtype":"F64","activation":"relu"} | the field "in" is "-1"; it must be from 0 to 2147483647
          {"type":"Dense","in":65536,"out":65536,"dtype":"F64","activation":"relu"} | shape [65536, 65536] has more than 2147483647 elements, the most that one Java array holds; split the data
          {"type":"Dense","in":1,"out":1,"dtype":"I32","activation":"relu"} | Parameter "weight": the tensor is I32; it must be F32 or F64, convert it with to(F64)
          """)
  void layersThatCannotBe(String layer, String message) {
    String json =
        "{\"format\":\"autograd model\",\"version\":1,\"model\":{\"type\":\"Sequential\",\"layers\":["
            + layer
            + "]}}";
    assertThatThrownBy(() -> LayerTypes.standard().fromJson(json))
        .isInstanceOf(FormatException.class)
        .hasMessage("configuration, layer 0: " + message);
  }

  @Test
  void weightsAloneAreNoModel() {
    Weights.save(file, model());
    assertThatThrownBy(() -> ModelFile.load(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file
                + ": holds weights and no model; build the model, and take them with Weights.load");
  }

  private void writeWith(Map<String, Tensor> tensors) {
    Safetensors.write(file, tensors, Map.of(ModelFile.CONFIGURATION, JSON));
  }

  @Test
  void tensorsMustBeThoseOfTheLayers() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(model().parameters().snapshot());
    Tensor weight = in(tensors, "0.weight");
    tensors.put("0.weight", Tensor.zeros(DType.F64, 2, 3));
    writeWith(tensors);
    assertThatThrownBy(() -> ModelFile.load(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file + ", layer 0: the tensor \"0.weight\" is F64[2, 3], and should be F64[3, 2]");
    tensors.remove("0.weight");
    writeWith(tensors);
    assertThatThrownBy(() -> ModelFile.load(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ", layer 0: the file holds no tensor \"0.weight\"; write it again");
    tensors.put("0.weight", weight);
    tensors.put("7.more", weight);
    writeWith(tensors);
    assertThatThrownBy(() -> ModelFile.load(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": holds tensors that belong to no layer: \"[7.more]\"");
  }
}
