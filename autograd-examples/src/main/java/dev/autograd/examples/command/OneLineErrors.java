package dev.autograd.examples.command;

import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.nn.io.FormatException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a user did wrong, as one line on the error stream and exit code 2; bugs keep their traces.
 */
final class OneLineErrors {

  private OneLineErrors() {}

  /** Reports arguments that cannot be understood. */
  static int wrongArguments(ParameterException e, String... args) {
    List<String> suggestions =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    String remedy =
        suggestions.isEmpty()
            ? "see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help"
            : "did you mean " + suggestions.get(0) + "?";
    return report(e.getCommandLine(), e.getMessage() + "; " + remedy);
  }

  /** Reports an input that cannot be used; anything else is a bug, and goes on. */
  static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
    if (e instanceof InvalidInputException
        || e instanceof FormatException
        || e instanceof UncheckedIOException) {
      return report(command, String.valueOf(e.getMessage()));
    }
    throw e;
  }

  /** Runs the last command given; memory that does not suffice is reported as a wrong input. */
  static int run(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (OutOfMemoryError e) {
      return report(
          parsed.commandSpec().commandLine(),
          "the memory does not suffice for this; use a smaller file or smaller --hidden, or give"
              + " Java more with -Xmx");
    }
  }

  private static int report(CommandLine command, String message) {
    PrintWriter err = command.getErr();
    err.println("error: " + message.replaceAll("\\s+", " "));
    err.flush();
    return ExitCode.USAGE;
  }
}
