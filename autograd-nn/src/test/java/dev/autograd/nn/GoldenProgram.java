package dev.autograd.nn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * A recorded network: its inputs, and the value, gradients and second-order results that other
 * software computed for it.
 */
final class GoldenProgram {

  private final JsonNode recorded;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();

  private GoldenProgram(JsonNode recorded) {
    this.recorded = recorded;
    for (JsonNode input : recorded.path("inputs")) {
      String name = input.path("name").asText();
      Tensor value = tensor(input);
      inputs.put(name, input.path("grad").asBoolean() ? Parameter.of(name, value) : value);
    }
  }

  /**
   * Returns all programs, from the directory that the system property {@code golden.dir} names,
   * else those in the repository.
   */
  static List<GoldenProgram> all() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<GoldenProgram> programs = new ArrayList<>();
    try (InputStream file = open();
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        programs.add(new GoldenProgram(mapper.readTree(line)));
      }
    }
    return programs;
  }

  private static InputStream open() throws IOException {
    String directory = System.getProperty("golden.dir", "");
    String name = "programs.jsonl.gz";
    return directory.isEmpty()
        ? Objects.requireNonNull(
            GoldenProgram.class.getResourceAsStream("/golden/" + name), "no resource " + name)
        : Files.newInputStream(Path.of(directory, name));
  }

  // ---------------------------------------------------------------- the program

  String id() {
    return recorded.path("id").asText();
  }

  String family() {
    return recorded.path("op").asText();
  }

  String description() {
    return recorded.path("desc").asText();
  }

  boolean has(String input) {
    return inputs.containsKey(input);
  }

  /** Returns an input, a parameter if its gradient is recorded. */
  Tensor input(String name) {
    return Objects.requireNonNull(inputs.get(name), name);
  }

  /** Returns the inputs x0, x1, … side by side along axis 1. */
  Tensor sequence() {
    List<Tensor> steps = new ArrayList<>();
    while (has("x" + steps.size())) {
      steps.add(input("x" + steps.size()));
    }
    return Tensor.stack(1, steps);
  }

  /** Returns class numbers. */
  int[] classes(String name) {
    return Arrays.stream(input(name).toDoubleArray()).mapToInt(c -> (int) c).toArray();
  }

  /** Returns the operations that computed the result, in order. */
  List<String> operations() {
    List<String> names = new ArrayList<>();
    recorded.path("instrs").forEach(instruction -> names.add(instruction.get(1).asText()));
    return names;
  }

  /** Returns an attribute of the first operation of a name. */
  double[] attribute(String operation, String name) {
    for (JsonNode instruction : recorded.path("instrs")) {
      if (instruction.get(1).asText().equals(operation)) {
        JsonNode value = instruction.get(3).path(name);
        return value.isArray() ? numbers(value) : new double[] {value.asDouble()};
      }
    }
    throw new IllegalArgumentException(id() + " has no " + operation);
  }

  // ---------------------------------------------------------------- comparing

  /**
   * Requires the recorded numbers of a result: its value, its gradients by the parameters, and the
   * derivative of these along the recorded direction.
   */
  void requireMatches(Tensor loss) {
    double scale = Math.max(1, recorded.path("sens").asDouble(1));
    requireClose("value", loss, recorded.path("output").path("data"), scale);
    List<Tensor> parameters = inputs.values().stream().filter(Tensor::requiresGrad).toList();
    GradOptions options = GradOptions.createGraph();
    Gradients gradients = Autograd.grad(loss, parameters, options);
    for (Tensor parameter : parameters) {
      JsonNode expected = recorded.path("grads").path(parameter.name());
      requireClose("gradient of " + parameter.name(), gradients.of(parameter), expected, scale);
    }
    if (recorded.has("second")) {
      requireSecondOrder(parameters, gradients, 10 * scale);
    }
  }

  private void requireSecondOrder(List<Tensor> parameters, Gradients gradients, double scale) {
    JsonNode second = recorded.path("second");
    Tensor along = Tensor.scalar(0);
    for (Tensor parameter : parameters) {
      Tensor v = Tensor.of(parameter.shape(), numbers(second.path("v").path(parameter.name())));
      along = along.add(gradients.of(parameter).mul(v).sum());
    }
    Gradients products = Autograd.grad(along, parameters, GradOptions.defaults().allowUnused());
    for (Tensor parameter : parameters) {
      JsonNode expected = second.path("hv").path(parameter.name());
      requireClose("Hessian times v, " + parameter.name(), products.of(parameter), expected, scale);
    }
  }

  /** The golden files suggest 1e-12 + 1e-11 of the largest number, times the condition. */
  private void requireClose(String what, Tensor actual, JsonNode expected, double scale) {
    double[] wanted = numbers(expected);
    double[] got = actual.toDoubleArray();
    double largest = Arrays.stream(wanted).map(Math::abs).max().orElse(0);
    double tolerance = scale * (1e-12 + 1e-11 * largest);
    boolean fits = wanted.length == got.length;
    for (int i = 0; fits && i < got.length; i++) {
      fits = Math.abs(wanted[i] - got[i]) <= tolerance;
    }
    if (!fits) {
      throw new AssertionError(
          id()
              + ": the "
              + what
              + " is "
              + Arrays.toString(got)
              + " and recorded "
              + Arrays.toString(wanted));
    }
  }

  private static Tensor tensor(JsonNode node) {
    int[] dims = Arrays.stream(numbers(node.path("shape"))).mapToInt(d -> (int) d).toArray();
    double[] data = numbers(node.path("data"));
    return switch (node.path("dtype").asText("float64")) {
      case "int64" ->
          Tensor.indices(Arrays.stream(data).mapToInt(i -> (int) i).toArray()).reshape(dims);
      case "bool" -> Tensor.of(Shape.of(dims), data).ne(0);
      default -> Tensor.of(Shape.of(dims), data);
    };
  }

  private static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    Arrays.setAll(values, i -> array.get(i).asDouble());
    return values;
  }
}
