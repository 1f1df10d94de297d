package dev.autograd.benchmarks.djl;

import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.Engine;
import dev.autograd.benchmarks.workload.Workload;

/** PyTorch through DJL. */
public final class DjlEngine implements Engine {

  @Override
  public String name() {
    return "pytorch-djl";
  }

  @Override
  public void threads(int count) {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(count));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }

  @Override
  public Workload open(Case which) {
    return switch (which) {
      case W1B4_F32, W1B4_F64, W1B64_F32, W1B64_F64, W2_F32, W2_F64, W3_F32, W3_F64 ->
          new DjlTraining(which);
      case W4_D1000, W4_D100000, W4_D1000000 -> new DjlChain(which.depth());
      case W5_F32, W5_F64 -> new DjlElements(which.dtype());
      case W6_F64 -> new DjlRosenbrock();
    };
  }
}
