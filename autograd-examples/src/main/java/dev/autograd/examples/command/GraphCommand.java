package dev.autograd.examples.command;

import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.io.AtomicFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a tape records of the notes' network, as a list or as a drawing. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Shows what a tape records of the notes' two-layer network.")
final class GraphCommand implements Callable<Integer> {

  private static final int HIDDEN = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--format",
      paramLabel = "dot|mermaid",
      description = "Draw the graph for Graphviz or Mermaid instead of listing the tape.")
  private @Nullable DrawingFormat format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the drawing to a file; .dot and .mmd tell the format.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    RandomGenerator random = new SplittableRandom(1);
    Tensor x = Tensor.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}).named("X");
    Tensor y = Tensor.of(new double[][] {{0}, {1}, {1}, {0}}).named("Y");
    Parameter w1 = Parameter.of("W1", Tensor.normal(random, DType.F64, HIDDEN, 2));
    Parameter b1 = Parameter.of("b1", Tensor.zeros(DType.F64, HIDDEN));
    Parameter w2 = Parameter.of("W2", Tensor.normal(random, DType.F64, 1, HIDDEN));
    Parameter b2 = Parameter.of("b2", Tensor.zeros(DType.F64, 1));
    try (Tape tape = Tape.open()) {
      Tensor a1 = x.matmul(w1.transpose()).add(b1).named("Z1").tanh().named("A1");
      Tensor a2 = a1.matmul(w2.transpose()).add(b2).named("Z2").sigmoid().named("A2");
      Tensor loss = Losses.bce(a2, y).named("L");
      loss.backward();
      show(tape, loss, List.of(w1, b1, w2, b2));
    }
    return 0;
  }

  private void show(Tape tape, Tensor loss, List<Parameter> parameters) {
    PrintWriter console = spec.commandLine().getOut();
    if (out != null) {
      DrawingFormat chosen = format != null ? format : DrawingFormat.of(out);
      AtomicFile.write(out, chosen.draw(tape));
      console.println("Wrote " + out + ". To see it: " + chosen.rendering(out));
    } else if (format != null) {
      console.println(format.draw(tape));
    } else {
      list(tape, loss, parameters, console);
    }
  }

  private void list(Tape tape, Tensor loss, List<Parameter> parameters, PrintWriter console) {
    console.println("The notes' network, on 4 rows of 2 inputs:");
    console.println("  Z1 = X W1' + b1, A1 = tanh(Z1), Z2 = A1 W2' + b2, A2 = sigmoid(Z2),");
    console.println("  L = the mean of -(Y log A2 + (1 - Y) log(1 - A2))");
    console.println();
    console.println("The tape, in the order in which the operations ran:");
    console.print(tape);
    console.println();
    console.printf(Locale.ROOT, "L = %.6f, and after L.backward():%n", loss.item());
    for (Parameter parameter : parameters) {
      console.println("d" + parameter.name() + " = " + parameter.grad());
    }
    console.println();
    console.println("To draw it:");
    console.println("  " + spec.qualifiedName() + " --out graph.dot");
    console.println("  " + DrawingFormat.DOT.rendering(Path.of("graph.dot")));
  }
}
