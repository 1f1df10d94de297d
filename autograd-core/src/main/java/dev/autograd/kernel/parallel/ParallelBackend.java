package dev.autograd.kernel.parallel;

import dev.autograd.array.DType;
import dev.autograd.kernel.Backend;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Movement;
import dev.autograd.kernel.Threads;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Splits what the back ends below compute among threads; with one thread it steps aside. */
public final class ParallelBackend implements Backend {

  /** Shared by both types, so that there are never more threads at work than asked for. */
  private @Nullable WorkerPool pool;

  /** Makes the back end; for {@link java.util.ServiceLoader}. */
  public ParallelBackend() {}

  @Override
  public String name() {
    return "parallel";
  }

  @Override
  public boolean computes() {
    return false;
  }

  @Override
  public int level() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Kernels<?> kernels(DType dtype, @Nullable Kernels<?> below) {
    Kernels<?> ground = Objects.requireNonNull(below, "the parallel back end needs one below it");
    WorkerPool threads = pool();
    boolean stepsAside = threads.size() == 1 && ground.blocksKeepBits();
    return stepsAside ? ground : new ParallelKernels<>(ground, threads);
  }

  private synchronized WorkerPool pool() {
    WorkerPool shared = pool;
    if (shared == null) {
      shared = new WorkerPool(Threads.count());
      pool = shared;
    }
    return shared;
  }

  @Override
  public Movement<?> movement(DType dtype, @Nullable Movement<?> below) {
    return Objects.requireNonNull(below, "the parallel back end needs one below it");
  }
}
