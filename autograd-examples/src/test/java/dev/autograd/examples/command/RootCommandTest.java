package dev.autograd.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class RootCommandTest {

  @Test
  void withoutACommandRunsTheBreastCancerExample() {
    Run run = Run.of();
    assertThat(run).isEqualTo(Run.of("breast-cancer"));
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("Breast Cancer Wisconsin");
  }

  @Test
  void helpListsAllCommands() {
    Run run = Run.of("--help");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("breast-cancer", "digits", "iris", "xor", "train", "graph", "--version");
    assertThat(run).isEqualTo(Run.of("-h"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "breast-cancer", "digits", "mnist", "autoencoder", "iris", "xor", "spiral", "regression",
        "char-rnn", "attention", "physics", "notes", "train", "predict", "graph", "chain"
      })
  void everyCommandHasHelp(String command) {
    for (String option : new String[] {"--help", "-h"}) {
      Run run = Run.of(command, option);
      assertThat(run.exit()).isZero();
      assertThat(run.out()).contains("Usage: autograd-examples " + command, "--help", "--version");
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void versionNamesTheJava() {
    Run run = Run.of("--version");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("autograd-examples ").contains("Java " + Runtime.version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "digts | Unmatched argument at index 0: 'digts'; did you mean digits?",
        "--foo | Unknown option: '--foo'; see autograd-examples --help",
        "iris --seed=x"
            + " | Invalid value for option '--seed': 'x' is not a long; see autograd-examples iris"
            + " --help",
        "iris --seeds=0"
            + " | Invalid value for option '--seeds': '0' is no whole number from 1 to 1000000; see"
            + " autograd-examples iris --help",
        "xor 7 | Unmatched argument at index 1: '7'; see autograd-examples xor --help",
      })
  void aWrongArgumentIsOneLine(String args, String message) {
    Run run = Run.of(args.split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("error: " + message + System.lineSeparator());
    assertThat(run.out()).isEmpty();
  }

  @Command(name = "greedy")
  private static final class Greedy implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @Command(name = "broken")
  private static final class Broken implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException("a bug");
    }
  }

  @Test
  void memoryThatDoesNotSufficeIsOneLine() {
    StringWriter err = new StringWriter();
    CommandLine commands = RootCommand.commandLine();
    commands.addSubcommand(new Greedy());
    commands.setErr(new PrintWriter(err));
    assertThat(commands.execute("greedy")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "error: the memory does not suffice for this; use a smaller file or smaller --hidden, or"
                + " give Java more with -Xmx"
                + System.lineSeparator());
  }

  @Test
  void aBugKeepsItsTrace() {
    StringWriter err = new StringWriter();
    CommandLine commands = RootCommand.commandLine();
    commands.addSubcommand(new Broken());
    commands.setErr(new PrintWriter(err));
    assertThat(commands.execute("broken")).isEqualTo(1);
    assertThat(err.toString()).contains("IllegalStateException: a bug", "Broken.call");
  }

  @Test
  void theBundledDataThatIsMissingIsNamed() {
    assertThatThrownBy(() -> BundledData.table("nothing.csv"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("data/nothing.csv");
  }
}
