package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Twenty steps of optimisers, against trajectories that other software computed. The cases are
 * those in the directory that the system property {@code golden.dir} names, else those in the
 * repository.
 */
class GoldenTrainingTest {

  @TestFactory
  Stream<DynamicTest> trajectoriesMatch() throws IOException {
    List<GoldenTraining> cases = new ArrayList<>();
    for (JsonNode line : lines()) {
      if (line.path("kind").asText().equals("train")) {
        cases.add(new GoldenTraining(line));
      }
    }
    assertThat(cases).isNotEmpty();
    return cases.stream().map(one -> DynamicTest.dynamicTest(one.id(), one::check));
  }

  private static List<JsonNode> lines() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    try (InputStream file = open();
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(mapper.readTree(line));
      }
    }
    return lines;
  }

  private static InputStream open() throws IOException {
    String directory = System.getProperty("golden.dir", "");
    return directory.isEmpty()
        ? Objects.requireNonNull(
            GoldenTrainingTest.class.getResourceAsStream("/golden/train.jsonl.gz"),
            "no resource /golden/train.jsonl.gz")
        : Files.newInputStream(Path.of(directory, "train.jsonl.gz"));
  }
}
