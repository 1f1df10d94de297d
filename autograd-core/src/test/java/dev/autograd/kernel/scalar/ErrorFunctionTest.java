package dev.autograd.kernel.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Against references of 50 digits. */
class ErrorFunctionTest {

  @Test
  void erfIsWithinOneUlp() throws IOException {
    assertValues("erf", ErrorFunction::erf, 1);
  }

  @Test
  void erfcIsRelativelyAccurateInTheTail() throws IOException {
    assertValues("erfc", ErrorFunction::erfc, 4);
  }

  @Test
  void geluIsRelativelyAccurateInTheLeftTail() throws IOException {
    assertValues("gelu", ScalarFunctions::gelu, 5);
  }

  @Test
  void tanhSigmoidAndSoftplusAreAccurateEverywhere() throws IOException {
    assertValues("tanh", ScalarFunctions::tanh, 2);
    assertValues("sigmoid", ScalarFunctions::sigmoid, 3);
    assertValues("softplus", ScalarFunctions::softplus, 2);
    assertValues("logsigmoid", x -> -ScalarFunctions.softplus(-x), 2);
    assertValues("silu", ScalarFunctions::silu, 3);
  }

  @Test
  void slopesOfGeluAndSiluAreAccurate() throws IOException {
    JsonNode gelu = reference("gelu");
    assertValues(gelu, "df", ScalarFunctions::geluSlope, 8);
    JsonNode silu = reference("silu");
    assertValues(silu, "df", ScalarFunctions::siluSlope, 8);
  }

  @Test
  void specialValues() {
    assertThat(ErrorFunction.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(ErrorFunction.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
    assertThat(ErrorFunction.erf(-0.0)).isEqualTo(-0.0);
    assertThat(ErrorFunction.erfc(Double.POSITIVE_INFINITY)).isZero();
    assertThat(ErrorFunction.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2);
    assertThat(ErrorFunction.erfc(Double.NaN)).isNaN();
    assertThat(ErrorFunction.erfc(28)).isZero();
    assertThat(ScalarFunctions.normalCdf(0)).isEqualTo(0.5);
    assertThat(ScalarFunctions.normalCdf(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(ScalarFunctions.normalCdf(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void theBordersOfTheApproximationsFit() {
    for (double border : new double[] {0.25, 0.84375, 1.25, 1 / 0.35}) {
      double below = Math.nextDown(border);
      assertThat(ErrorFunction.erf(border))
          .isCloseTo(ErrorFunction.erf(below), within(4 * Math.ulp(1.0)));
      double erfc = ErrorFunction.erfc(border);
      assertThat(ErrorFunction.erfc(below)).isCloseTo(erfc, within(32 * Math.ulp(erfc)));
      double mirrored = ErrorFunction.erfc(-border);
      assertThat(mirrored + erfc).isCloseTo(2, within(Math.ulp(2.0)));
    }
  }

  private static void assertValues(String op, DoubleUnaryOperator function, double ulps)
      throws IOException {
    assertValues(reference(op), "f", function, ulps);
  }

  private static void assertValues(
      JsonNode reference, String field, DoubleUnaryOperator function, double ulps) {
    JsonNode points = reference.get("x");
    assertThat(points.size()).isGreaterThan(20);
    for (int i = 0; i < points.size(); i++) {
      double x = points.get(i).asDouble();
      double exact = new BigDecimal(reference.get(field).get(i).asText()).doubleValue();
      assertThat(function.applyAsDouble(x))
          .as("%s %s at %s", reference.get("op").asText(), field, x)
          .isCloseTo(exact, within(ulps * Math.ulp(exact)));
    }
  }

  private static JsonNode reference(String op) throws IOException {
    InputStream file = ErrorFunctionTest.class.getResourceAsStream("/golden/scalar.jsonl.gz");
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Objects.requireNonNull(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode reference = json.readTree(line);
        if (reference.get("op").asText().equals(op)) {
          return reference;
        }
      }
    }
    throw new IllegalArgumentException("no reference for " + op);
  }
}
