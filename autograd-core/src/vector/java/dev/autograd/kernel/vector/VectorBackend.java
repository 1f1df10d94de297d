package dev.autograd.kernel.vector;

import dev.autograd.array.DType;
import dev.autograd.kernel.Backend;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Movement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The back end in the Vector API, over that in plain Java. */
public final class VectorBackend implements Backend {

  /** With 128 bits there is little to gain where one vector has two doubles. */
  private static final int LEAST_BITS = 256;

  /**
   * Makes the back end; called by name.
   *
   * @throws UnsupportedOperationException if the vectors of this processor are too short
   */
  public VectorBackend() {
    int bits = F64Tile.SPECIES.vectorBitSize();
    if (bits < LEAST_BITS) {
      throw new UnsupportedOperationException(
          "the vectors of this processor have " + bits + " bits, fewer than " + LEAST_BITS);
    }
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int level() {
    return 10;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Kernels<?> kernels(DType dtype, @Nullable Kernels<?> below) {
    Kernels<?> ground = Objects.requireNonNull(below, "the vector back end needs one below it");
    return switch (dtype) {
      case F32 -> new F32VectorKernels((Kernels<float[]>) ground);
      case F64 -> new F64VectorKernels((Kernels<double[]>) ground);
      default -> throw new IllegalArgumentException(dtype + " has no kernels but movement");
    };
  }

  @Override
  public Movement<?> movement(DType dtype, @Nullable Movement<?> below) {
    return Objects.requireNonNull(below, "the vector back end needs one below it");
  }
}
