package dev.autograd.examples;

import dev.autograd.examples.command.RootCommand;

/** The entry point of the jar. */
public final class Main {

  private Main() {}

  /** Runs a command and ends the process with its exit code: 0 done, 1 a bug, 2 a wrong input. */
  public static void main(String[] args) {
    // Pictures are files; a screen that cannot be reached must not matter.
    System.setProperty("java.awt.headless", "true");
    System.exit(RootCommand.commandLine().execute(args));
  }
}
