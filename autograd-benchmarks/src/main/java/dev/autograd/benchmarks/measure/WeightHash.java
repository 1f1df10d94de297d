package dev.autograd.benchmarks.measure;

import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.Engine;
import dev.autograd.benchmarks.workload.Workload;

/** Prints the back ends in use, and a hash of all weights after 200 steps of W2. */
public final class WeightHash {

  private static final int STEPS = 200;

  private WeightHash() {}

  /** Trains; the number of threads is that of the property {@code autograd.threads}. */
  public static void main(String[] args) {
    Engine engine = Engine.named("autograd");
    System.out.println(engine.backEnd());
    try (Workload workload = engine.open(Case.W2_F32)) {
      for (int step = 0; step < STEPS; step++) {
        workload.step();
      }
      System.out.println(Integer.toHexString((int) workload.value("hash")));
    }
  }
}
