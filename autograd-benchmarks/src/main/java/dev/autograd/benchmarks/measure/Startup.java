package dev.autograd.benchmarks.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * W7: from the start of a process until its first gradient is printed, and what has to be shipped
 * for that. Ours is measured as it comes, and with an archive of its classes ({@code
 * -XX:SharedArchiveFile}), which is made before.
 */
public final class Startup {

  /** The name in rows. */
  public static final String WORKLOAD = "W7";

  /** The unit of its time. */
  public static final String MILLISECONDS = "ms_to_first_gradient";

  private static final String PEER_MAIN = "dev.autograd.benchmarks.djl.DjlFirstGradient";

  /** The archive of classes, in the directory of the process. */
  private static final String ARCHIVE = "classes.jsa";

  private final Contender contender;
  private final Path directory;
  private final List<Double> times = new ArrayList<>();
  private final double megabytes;
  private Optional<String> problem = Optional.empty();

  private Startup(Contender contender, Path directory) {
    this.contender = contender;
    this.directory = directory;
    megabytes = ClassPath.current().shipped(contender).megabytes();
  }

  /**
   * Measures fresh processes, the contenders in turns, and returns two figures per contender of
   * ours: milliseconds, and megabytes of jars.
   *
   * @param peer what they are compared with; empty without one
   */
  public static List<Figure> run(List<Contender> ours, Optional<Contender> peer, int rounds)
      throws IOException {
    Path here = Path.of("");
    List<Startup> own = new ArrayList<>();
    for (Contender contender : ours) {
      own.add(new Startup(contender, here));
      own.add(sharing(contender));
    }
    Optional<Startup> other = peer.map(contender -> new Startup(contender, here));
    for (int i = 0; i < rounds; i++) {
      for (Startup startup : own) {
        startup.round();
      }
      if (other.isPresent()) {
        other.get().round();
      }
    }
    double theirTime = other.map(Startup::milliseconds).orElse(Double.NaN);
    double theirSize = other.map(startup -> startup.megabytes).orElse(Double.NaN);
    List<Figure> figures = new ArrayList<>();
    for (Startup startup : own) {
      figures.add(startup.figure(MILLISECONDS, startup.milliseconds(), theirTime, 150));
      if (startup.directory.equals(here)) {
        figures.add(startup.figure("mb_of_jars", startup.megabytes, theirSize, 1));
      } else {
        startup.removeArchive();
      }
    }
    figures.forEach(Figure::print);
    return figures;
  }

  /** Returns a contender whose classes are in an archive. */
  private static Startup sharing(Contender contender) throws IOException {
    Path directory = Files.createTempDirectory("startup");
    new Startup(contender.with(List.of("-XX:ArchiveClassesAtExit=" + ARCHIVE)), directory).toEnd();
    return new Startup(contender.with(List.of("-XX:SharedArchiveFile=" + ARCHIVE)), directory);
  }

  private void removeArchive() throws IOException {
    Files.deleteIfExists(directory.resolve(ARCHIVE));
    Files.delete(directory);
  }

  /** Runs a process whose output does not matter. */
  private void toEnd() throws IOException {
    try (InputStream output = process().start().getInputStream()) {
      output.transferTo(OutputStream.nullOutputStream());
    }
  }

  private ProcessBuilder process() {
    String main = contender.isPeer() ? PEER_MAIN : FirstGradient.class.getName();
    return contender
        .process(1, ClassPath.current().startup(contender), main)
        .directory(directory.toAbsolutePath().toFile());
  }

  private void round() throws IOException {
    if (problem.isPresent()) {
      return;
    }
    FreshStart start = FreshStart.of(process());
    times.add(start.milliseconds());
    problem = start.isRight() ? contender.objection(start.inUse()) : Optional.of(start.wrong());
  }

  private double milliseconds() {
    return problem.isEmpty() ? Timing.median(times) : Double.NaN;
  }

  private Figure figure(String unit, double own, double theirs, double goal) {
    return new Figure(
        WORKLOAD,
        "f32",
        1,
        contender,
        unit,
        own,
        theirs,
        theirs / own,
        OptionalDouble.of(goal),
        problem);
  }
}
