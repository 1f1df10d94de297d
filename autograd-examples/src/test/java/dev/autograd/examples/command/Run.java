package dev.autograd.examples.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A command that was run in this process: its exit code and what it printed. */
record Run(int exit, String out, String err) {

  static Run of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = RootCommand.commandLine();
    commands.setOut(new PrintWriter(out));
    commands.setErr(new PrintWriter(err));
    int exit = commands.execute(args);
    return new Run(exit, out.toString(), err.toString());
  }
}
