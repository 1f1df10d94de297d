package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autograd.Tensor;
import org.junit.jupiter.api.Test;

class ReportJsonTest {

  private static JsonNode parse(GradientReport report) {
    try {
      return new ObjectMapper().readTree(report.toJson());
    } catch (JsonProcessingException e) {
      throw new AssertionError(report.toJson(), e);
    }
  }

  @Test
  void tellsWhatTheReportTells() {
    Tensor a = Tensor.of(new double[][] {{1, 2}, {3, 4}}).named("the \"a\"\n\\ \u0001");
    GradientReport report =
        GradientCheck.of(x -> PlantedBugsTest.scaled(x.relu(), 1.5)).at(a).order(2).seed(7).check();
    JsonNode json = parse(report);
    assertThat(json.get("passed").asBoolean()).isFalse();
    assertThat(json.get("summary").asText()).isEqualTo(report.summary());
    assertThat(json.get("order").asInt()).isEqualTo(2);
    assertThat(json.get("seed").asLong()).isEqualTo(7);
    assertThat(json.get("elements").asInt()).isEqualTo(4);
    assertThat(json.get("failed").asInt()).isEqualTo(4);
    JsonNode input = json.get("inputs").get(0);
    assertThat(input.get("name").asText()).isEqualTo("\"the \"a\"\n\\ \u0001\"");
    assertThat(input.get("shape").toString()).isEqualTo("[2,2]");
    assertThat(input.get("reached").asBoolean()).isTrue();
    assertThat(input.get("verdicts").toString()).isEqualTo("{\"WRONG\":4}");
    JsonNode worst = input.get("worst").get(0);
    CheckedElement element = report.inputs().get(0).worst().get(0);
    assertThat(worst.get("verdict").asText()).isEqualTo("WRONG");
    assertThat(worst.get("analytic").asDouble()).isEqualTo(element.analytic());
    assertThat(worst.get("numeric").asDouble()).isEqualTo(element.numeric());
    assertThat(worst.get("tolerance").asDouble()).isEqualTo(element.tolerance());
    assertThat(worst.get("index").toString())
        .isEqualTo(element.index().toString().replace(" ", ""));
    JsonNode blame = json.get("blames").get(0);
    assertThat(blame.get("op").asText()).isEqualTo("scaled");
    assertThat(blame.get("operands").toString()).isEqualTo("[0]");
    assertThat(blame.get("source").asText()).contains("PlantedBugsTest.java");
    assertThat(json.get("stops").isArray()).isTrue();
  }

  @Test
  void writesNumbersThatAreNotFiniteAsStrings() {
    JsonNode json = parse(GradientCheck.of(Tensor::sqrt).at(Tensor.of(0.0)).check());
    JsonNode element = json.get("inputs").get(0).get("worst").get(0);
    assertThat(element.get("analytic").asText()).isEqualTo("Infinity");
    assertThat(element.get("left").asText()).isEqualTo("NaN");
  }
}
