package dev.autograd.benchmarks.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether training has the same bits in every run and for any number of threads: hashes of the
 * weights that {@link WeightHash} prints in processes of its own.
 *
 * @param contender who trained
 * @param runs how many processes there were for each number of threads
 * @param hashes the different ones
 * @param problem why there may be none
 */
public record SameBits(
    Contender contender, int runs, List<String> hashes, Optional<String> problem) {

  /** The name in the option {@code --only}. */
  public static final String NAME = "bits";

  /** The numbers of threads. */
  public static final List<Integer> THREADS = List.of(1, 2, 4);

  /** Trains in so many processes for each number of threads, and prints the hashes. */
  public static SameBits run(Contender contender, int runs) throws IOException {
    List<String> hashes = new ArrayList<>();
    for (int threads : THREADS) {
      for (int run = 0; run < runs; run++) {
        List<String> lines = lines(contender, threads);
        Optional<String> problem =
            lines.size() == 2
                ? contender.objection(lines.get(0))
                : Optional.of(String.join(" ", lines));
        if (problem.isPresent()) {
          return new SameBits(contender, runs, List.of(), problem);
        }
        hashes.add(lines.get(1));
      }
    }
    System.out.println(
        String.format(Locale.ROOT, "BITS,%s,%s", contender.name(), String.join(",", hashes)));
    return new SameBits(contender, runs, hashes.stream().distinct().toList(), Optional.empty());
  }

  private static List<String> lines(Contender contender, int threads) throws IOException {
    Process process = contender.process(threads, WeightHash.class).start();
    try (var in = process.inputReader(StandardCharsets.UTF_8)) {
      return in.lines().filter(line -> !line.contains("WARNING")).toList();
    } finally {
      process.destroy();
    }
  }

  /** Returns whether all hashes are one. */
  public boolean valid() {
    return hashes.size() == 1;
  }
}
