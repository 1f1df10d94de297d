package dev.autograd.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the page about the test kit shows is a test that runs here. */
class TestkitPageTest {

  @Test
  void theExampleIsTheOneThatRuns() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "testkit.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/autograd/testkit/CubeProperties.java"));

    String imports = "import dev.autograd.testkit.*;\n";
    String shown =
        source
            .replace("package dev.autograd.testkit;\n\n", "")
            .replace(
                "import dev.autograd.check.Verdict;\n",
                "import dev.autograd.check.Verdict;\n" + imports);
    assertThat(page).contains("```java\n" + shown + "```\n");
  }
}
