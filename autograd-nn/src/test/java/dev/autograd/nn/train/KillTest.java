package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that are killed. {@code -Dkill.kills=50} makes so many kills instead of ten, {@code
 * -Dkill.seed} repeats those of an earlier test.
 */
class KillTest {

  private static final int EPOCHS = 7;

  /** Writing a checkpoint takes some milliseconds, a step less than one. */
  private static final int LONGEST_DELAY_NANOS = 20_000_000;

  @TempDir Path folder;

  private static String undisturbed(int epochs) {
    KillTarget.Run run = new KillTarget.Run();
    return run.hash(run.trainer(), String.valueOf(epochs));
  }

  /** Returns what follows {@code "end "} in the child's output; nothing if it was killed. */
  private static Optional<String> killed(ChildProcess child, SplittableRandom random)
      throws IOException {
    int steps = random.nextInt(8);
    int delay = random.nextInt(LONGEST_DELAY_NANOS);
    for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
      if (line.get().startsWith("end ")) {
        return Optional.of(line.get().substring(4));
      }
      assertThat(line.get()).startsWith("step ");
      if (steps-- == 0) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < delay) {
          Thread.onSpinWait();
        }
        child.process().destroyForcibly();
        break;
      }
    }
    return Optional.empty();
  }

  @Test
  void aRunKilledAtAnyMomentAndResumedEndsWithTheSameBits() throws IOException {
    long seed = Long.getLong("kill.seed", System.nanoTime());
    int wanted = Integer.getInteger("kill.kills", 10);
    SplittableRandom random = new SplittableRandom(seed);
    String expected = undisturbed(EPOCHS);
    int kills = 0;
    for (int run = 0; kills < wanted; run++) {
      Path file = folder.resolve("run" + run + ".safetensors");
      String every = String.valueOf(1 + random.nextInt(3));
      Optional<String> end = Optional.empty();
      while (end.isEmpty()) {
        try (ChildProcess child =
            ChildProcess.start(file.toString(), String.valueOf(EPOCHS), every)) {
          end = killed(child, random);
        }
        kills += end.isEmpty() ? 1 : 0;
      }
      assertThat(end).as("-Dkill.seed=%d, run %d", seed, run).contains(expected);
    }
    System.out.println("killed " + kills + " times, -Dkill.seed=" + seed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aShutdownLeavesACheckpointAndALine(String signal) throws IOException {
    Path file = folder.resolve("run.safetensors");
    int epochs = 200;
    List<String> lines = new ArrayList<>();
    try (ChildProcess child =
        ChildProcess.start(file.toString(), String.valueOf(epochs), "1000000", "wait")) {
      for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
        lines.add(line.get());
        if (line.get().equals("step 7")) {
          assumeTrue(isNotIgnored(child, signal), "this signal is ignored by what runs the tests");
          send(signal, child);
        }
        child.step();
      }
    }
    String last = lines.get(lines.size() - 1);
    assertThat(last)
        .startsWith("training was interrupted in epoch ")
        .contains("; the last checkpoint is " + file + ", of step ")
        .endsWith(": run it again with resume() to go on from there");
    assertThat(lines.get(lines.size() - 2)).startsWith("step ");
    assertThat(lines).doesNotContain("step " + 5 * epochs);
    try (ChildProcess child =
        ChildProcess.start(file.toString(), String.valueOf(epochs), "1000000")) {
      String end = "";
      for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
        end = line.get();
      }
      assertThat(end).isEqualTo("end " + undisturbed(epochs));
    }
  }

  private static void send(String signal, ChildProcess child) throws IOException {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(child.process().pid())).start();
  }

  /** A process in the background may have been started with interrupts ignored, and pass it on. */
  private static boolean isNotIgnored(ChildProcess child, String signal) throws IOException {
    Path status = Path.of("/proc", String.valueOf(child.process().pid()), "status");
    if (!signal.equals("INT") || !Files.exists(status)) {
      return true;
    }
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(mask.substring("SigIgn:".length()).strip(), 16) & 2) == 0;
  }
}
