package dev.autograd.benchmarks.workload;

import java.util.ServiceLoader;

/** Something that runs the workloads; found with {@link ServiceLoader}. */
public interface Engine {

  /** Returns the name in rows. */
  String name();

  /** Returns what it computes with, the topmost first, such as {@code vector, plain}. */
  default String backEnd() {
    return name();
  }

  /** Returns a workload, ready to run, on the number of threads given to {@link #threads}. */
  Workload open(Case which);

  /** Sets the number of threads, before the first workload is opened. */
  void threads(int count);

  /**
   * Returns the engine of a name.
   *
   * @throws IllegalArgumentException if it is not on the class path
   */
  static Engine named(String name) {
    for (Engine engine : ServiceLoader.load(Engine.class)) {
      if (engine.name().equals(name)) {
        return engine;
      }
    }
    throw new IllegalArgumentException("no engine \"" + name + "\" on the class path");
  }
}
