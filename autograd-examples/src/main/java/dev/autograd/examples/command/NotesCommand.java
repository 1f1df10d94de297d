package dev.autograd.examples.command;

import dev.autograd.examples.notes.Equation;
import dev.autograd.examples.notes.Note;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows each equation of the five lecture notes beside the gradient of the library. */
@Command(
    name = "notes",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Shows each equation of five lecture notes beside the library's gradient.")
final class NotesCommand implements Callable<Integer> {

  /** A few units in the last place of numbers around 1. */
  private static final double ROUNDING = 1e-14;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SeedOption seed = new SeedOption();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Note> notes = Note.all(seed.value());
    out.println(
        "Of each gradient the element farthest from 0, by the note's formula and as differentiated:");
    out.println();
    notes.forEach(note -> print(note, out));
    double worst =
        notes.stream()
            .flatMap(note -> note.equations().stream())
            .mapToDouble(Equation::difference)
            .max()
            .orElseThrow();
    int equations = notes.stream().mapToInt(note -> note.equations().size()).sum();
    out.printf(
        Locale.ROOT,
        "%d equations, products elementwise where there is a *; the largest difference of all"
            + " elements: %.1e%n",
        equations,
        worst);
    if (worst > ROUNDING) {
      throw new IllegalStateException("the gradients and the notes differ by " + worst);
    }
    return 0;
  }

  private static void print(Note note, PrintWriter out) {
    out.println(note.title());
    for (Equation equation : note.equations()) {
      double[] formula = equation.note().toDoubleArray();
      int shown = largest(formula);
      out.printf(
          Locale.ROOT,
          "  %-7s = %-33s %-6s %18.15f %18.15f%n",
          equation.name(),
          equation.formula(),
          equation.note().shape(),
          formula[shown],
          equation.gradient().toDoubleArray()[shown]);
    }
    out.println();
  }

  /** Returns the place of the element farthest from 0, which tells more than a 0 would. */
  private static int largest(double[] elements) {
    int place = 0;
    for (int i = 1; i < elements.length; i++) {
      place = Math.abs(elements[i]) > Math.abs(elements[place]) ? i : place;
    }
    return place;
  }
}
