package dev.autograd.benchmarks.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is measured: an engine, on a virtual machine, with a back end. It starts the processes that
 * do the work, with the flags in the environment variable {@code BENCH_JVM_FLAGS} and nothing that
 * looks for a network.
 *
 * @param engine the name of the engine
 * @param jvm what runs it
 * @param backEnd what it computes with, if that is this library's choice
 * @param flags further ones of the virtual machine
 */
public record Contender(String engine, Jvm jvm, Optional<BackEnd> backEnd, List<String> flags) {

  private static final String OURS = "autograd";
  private static final String PEER = "pytorch-djl";

  /**
   * The settings of numeric libraries that a machine may have for other programs. A child must not
   * inherit them: {@code OPENBLAS_CORETYPE=Haswell}, say, hides AVX-512 from OpenBLAS.
   */
  private static final List<String> FOREIGN =
      List.of("OPENBLAS_", "OMP_", "KMP_", "GOMP_", "MKL_", "DNNL_", "ONEDNN_");

  /** Copies the flags. */
  public Contender {
    flags = List.copyOf(flags);
  }

  /** Returns this library on a virtual machine. */
  public static Contender of(Jvm jvm, BackEnd backEnd) {
    return new Contender(OURS, jvm, Optional.of(backEnd), List.of());
  }

  /** Returns the peer. */
  public static Contender peer(Jvm jvm) {
    // It would overflow the stack on a long chain; if it crashes all the same, its time is missing.
    return new Contender(
        PEER, jvm, Optional.empty(), List.of("-Xss1g", "-XX:+SuppressFatalErrorMessage"));
  }

  /** Returns the same with more flags of the virtual machine. */
  Contender with(List<String> further) {
    List<String> more = new ArrayList<>(flags);
    more.addAll(further);
    return new Contender(engine, jvm, backEnd, more);
  }

  /** Returns whether this is the peer. */
  boolean isPeer() {
    return engine.equals(PEER);
  }

  /** Returns the name in rows, such as {@code autograd-vector-25.0.3}. */
  public String name() {
    return backEnd.map(b -> engine + "-" + b.label() + "-" + jvm.version()).orElse(engine);
  }

  /** Returns the back end as tables have it, with the flags that are not always there. */
  public String label() {
    List<String> parts = new ArrayList<>();
    backEnd.ifPresent(b -> parts.add(b.label()));
    if (!isPeer()) {
      parts.addAll(flags);
    }
    return String.join(" ", parts);
  }

  /**
   * Returns what is wrong if a process computes with something else than was asked for; it falls
   * back to the next best, and its time would be taken for this one's.
   *
   * @param inUse what the process says that it uses
   */
  public Optional<String> objection(String inUse) {
    return backEnd
        .filter(asked -> !asked.stack().equals(inUse))
        .map(asked -> asked.label() + " was asked for, and \"" + inUse + "\" is in use");
  }

  /**
   * Returns a process, not yet started, that runs a class on the class path of this one. Its errors
   * go where its output goes.
   *
   * @param threads how many it may use
   */
  public ProcessBuilder process(int threads, Class<?> main, String... arguments) {
    return process(threads, ClassPath.current(), main.getName(), arguments);
  }

  /** As above, on a class path that may not have the class. */
  ProcessBuilder process(int threads, ClassPath path, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(jvm.java().toString());
    String common = System.getenv("BENCH_JVM_FLAGS");
    if (common != null && !common.isBlank()) {
      command.addAll(List.of(common.trim().split("\\s+")));
    }
    backEnd.ifPresent(b -> command.addAll(b.flags()));
    command.addAll(flags);
    command.add("-Dautograd.threads=" + threads);
    if (isPeer()) {
      command.add("-Dai.djl.offline=true");
      String cache = System.getProperty("DJL_CACHE_DIR");
      if (cache != null) {
        command.add("-DDJL_CACHE_DIR=" + cache);
      }
    }
    command.addAll(List.of("-cp", path.toString(), main));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    clean(environment);
    if (isPeer()) {
      environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    } else {
      // Threads are this library's, which before Java 22 has no other way to tell OpenBLAS.
      environment.put("OPENBLAS_NUM_THREADS", "1");
    }
    return builder;
  }

  /** Removes what numeric libraries would read. */
  static void clean(Map<String, String> environment) {
    environment.keySet().removeIf(name -> FOREIGN.stream().anyMatch(name::startsWith));
  }
}
