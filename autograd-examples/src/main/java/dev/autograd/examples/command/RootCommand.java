package dev.autograd.examples.command;

import java.io.File;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a name: the first example, and the way to the others. */
@Command(
    name = "autograd-examples",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Neural networks that learn by automatic differentiation.",
    description = "%nWithout a command, breast-cancer is run.",
    footer = {"", "COMMAND --help explains a command."},
    subcommands = {
      BreastCancerCommand.class,
      DigitsCommand.class,
      MnistCommand.class,
      AutoencoderCommand.class,
      IrisCommand.class,
      XorCommand.class,
      SpiralCommand.class,
      RegressionCommand.class,
      CharRnnCommand.class,
      AttentionCommand.class,
      PhysicsCommand.class,
      NotesCommand.class,
      TrainCommand.class,
      PredictCommand.class,
      GraphCommand.class,
      ChainCommand.class
    })
public final class RootCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Returns the commands, ready to be executed; every error a user can make is one line. */
  public static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new RootCommand());
    commands.setCommandName(program());
    setHeadings(commands);
    commands.getSubcommands().values().forEach(RootCommand::setHeadings);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setParameterExceptionHandler(OneLineErrors::wrongArguments);
    commands.setExecutionExceptionHandler(OneLineErrors::failed);
    commands.setExecutionStrategy(OneLineErrors::run);
    return commands;
  }

  private static void setHeadings(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .synopsisHeading("%nUsage: ")
        .commandListHeading("%nCommands:%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n");
  }

  /** Returns how this program was started, so that the commands it names can be copied. */
  private static String program() {
    String classPath = System.getProperty("java.class.path", "");
    return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
        ? "java -jar " + classPath
        : "autograd-examples";
  }

  @Override
  public Integer call() {
    return Objects.requireNonNull(spec.subcommands().get("breast-cancer")).execute();
  }
}
