package dev.autograd.examples.command;

import picocli.CommandLine.Option;

/** The option from which all that is drawn by lot follows. */
final class SeedOption {

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides all that is drawn by lot (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  long value() {
    return seed;
  }
}
