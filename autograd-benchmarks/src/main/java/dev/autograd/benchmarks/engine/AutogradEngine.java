package dev.autograd.benchmarks.engine;

import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.Engine;
import dev.autograd.benchmarks.workload.Workload;
import dev.autograd.kernel.Backends;

/** This library. */
public final class AutogradEngine implements Engine {

  @Override
  public String name() {
    return "autograd";
  }

  @Override
  public void threads(int count) {
    System.setProperty("autograd.threads", Integer.toString(count));
  }

  @Override
  public String backEnd() {
    return Backends.description();
  }

  @Override
  public Workload open(Case which) {
    return switch (which) {
      case W1B4_F32, W1B4_F64, W1B64_F32, W1B64_F64, W2_F32, W2_F64, W3_F32, W3_F64 ->
          new Training(which);
      case W4_D1000, W4_D100000, W4_D1000000 -> new Chain(which.depth());
      case W5_F32, W5_F64 -> new Elements(which.dtype());
      case W6_F64 -> new Rosenbrock();
    };
  }
}
