package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autograd.Autograd;
import dev.autograd.Losses;
import dev.autograd.Pullback;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * The golden cases of kind {@code gradcheck}: small networks with claimed gradients, some right,
 * some wrong in the ways people get them wrong.
 */
class GoldenVerdictsTest {

  private static final String FILE = "misc.jsonl.gz";

  private static final Map<String, Function<List<Tensor>, Tensor>> OPS =
      Map.of(
          "linear", in -> in.get(0).linear(in.get(1), in.get(2)),
          "matmul", in -> in.get(0).matmul(in.get(1)),
          "tanh", in -> in.get(0).tanh(),
          "sigmoid", in -> in.get(0).sigmoid(),
          "softplus", in -> in.get(0).softplus(),
          "gelu", in -> in.get(0).gelu(),
          "sum", in -> in.get(0).sum(),
          "bce_with_logits", in -> Losses.bceWithLogits(in.get(0), in.get(1)),
          "cross_entropy", in -> Losses.crossEntropy(in.get(0), in.get(1)));

  private final List<JsonNode> cases = read();

  private static List<JsonNode> read() {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> cases = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(open()), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node = json.readTree(line);
        if (node.get("kind").asText().equals("gradcheck")) {
          cases.add(node);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return cases;
  }

  private static InputStream open() throws IOException {
    String directory = System.getProperty("golden.dir");
    return directory == null
        ? Objects.requireNonNull(
            GoldenVerdictsTest.class.getResourceAsStream("/golden/" + FILE), FILE)
        : Files.newInputStream(Path.of(directory, FILE));
  }

  /** A case: its variables in order, its constants, and the function of the variables. */
  private record Program(JsonNode node) {

    List<JsonNode> variables() {
      return StreamSupport.stream(node.get("inputs").spliterator(), false)
          .filter(input -> input.get("grad").asBoolean())
          .toList();
    }

    List<Tensor> at() {
      return variables().stream().map(Program::tensor).toList();
    }

    List<Tensor> claims() {
      return variables().stream()
          .map(
              input ->
                  Tensor.of(
                      shape(input), numbers(node.get("claimed").get(input.get("name").asText()))))
          .toList();
    }

    Set<String> unknownOps() {
      Set<String> unknown = new HashSet<>();
      node.get("instrs").forEach(instruction -> unknown.add(instruction.get(1).asText()));
      unknown.removeAll(OPS.keySet());
      return unknown;
    }

    Tensor run(List<Tensor> values) {
      Map<String, Tensor> known = new HashMap<>();
      node.get("inputs").forEach(input -> known.put(input.get("name").asText(), tensor(input)));
      List<JsonNode> variables = variables();
      for (int k = 0; k < variables.size(); k++) {
        known.put(variables.get(k).get("name").asText(), values.get(k));
      }
      for (JsonNode instruction : node.get("instrs")) {
        List<Tensor> operands = new ArrayList<>();
        instruction.get(2).forEach(name -> operands.add(value(known, name.asText())));
        Function<List<Tensor>, Tensor> op =
            Objects.requireNonNull(OPS.get(instruction.get(1).asText()));
        known.put(instruction.get(0).asText(), op.apply(operands));
      }
      return value(known, node.get("out").asText());
    }

    private static Tensor value(Map<String, Tensor> known, String name) {
      return Objects.requireNonNull(known.get(name), name);
    }

    private static Shape shape(JsonNode input) {
      int[] dims = new int[input.get("shape").size()];
      for (int axis = 0; axis < dims.length; axis++) {
        dims[axis] = input.get("shape").get(axis).asInt();
      }
      return Shape.of(dims);
    }

    private static Tensor tensor(JsonNode input) {
      Tensor values = Tensor.of(shape(input), numbers(input.get("data")));
      return input.path("dtype").asText().equals("int64") ? values.to(DType.I64) : values;
    }

    private static double[] numbers(JsonNode data) {
      double[] numbers = new double[data.size()];
      for (int i = 0; i < numbers.length; i++) {
        JsonNode number = data.get(i);
        numbers[i] = number.isTextual() ? Double.parseDouble(number.asText()) : number.asDouble();
      }
      return numbers;
    }
  }

  /** Returns a check of the program's values against the gradients that the case claims. */
  private static GradientCheck ofClaims(Program program) {
    List<Pullback> claimed = new ArrayList<>();
    program.claims().forEach(claim -> claimed.add(g -> g.mul(claim)));
    return GradientCheck.ofList(
            inputs ->
                Tensor.custom(
                    "claimed", Autograd.noGrad(() -> program.run(inputs)), inputs, claimed))
        .at(program.at())
        .tolerance(1e-5, 0);
  }

  @Test
  void areAllGivenRight(TestReporter reporter) {
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> skipped = new HashMap<>();
    for (JsonNode node : cases) {
      Program program = new Program(node);
      if (program.unknownOps().isEmpty()) {
        boolean expected = node.get("correct").asBoolean();
        if (ofClaims(program).check().passed() != expected) {
          wrong.add(node.get("id").asText() + ", " + node.get("desc").asText());
        }
      } else {
        program.unknownOps().forEach(op -> skipped.merge(op, 1, Integer::sum));
      }
    }
    reporter.publishEntry("gradcheck cases", Integer.toString(cases.size()));
    reporter.publishEntry("skipped for unknown operations", skipped.toString());
    assertThat(cases).hasSizeGreaterThanOrEqualTo(35);
    assertThat(wrong).isEmpty();
    assertThat(skipped).isEmpty();
  }

  @Test
  void holdForTheDerivativesOfTheLibrary() {
    for (JsonNode node : cases) {
      Program program = new Program(node);
      GradientCheck.ofList(program::run).at(program.at()).order(2).assertPasses();
    }
  }
}
