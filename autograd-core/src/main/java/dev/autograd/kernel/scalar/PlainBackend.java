package dev.autograd.kernel.scalar;

import dev.autograd.array.DType;
import dev.autograd.kernel.Backend;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Movement;
import org.jspecify.annotations.Nullable;

/**
 * The back end in plain Java: always there, correct everywhere, the ground that others decorate.
 */
public final class PlainBackend implements Backend {

  /** Makes the back end; for {@link java.util.ServiceLoader}. */
  public PlainBackend() {}

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public int level() {
    return 0;
  }

  @Override
  public Kernels<?> kernels(DType dtype, @Nullable Kernels<?> below) {
    return switch (dtype) {
      case F32 -> new F32Kernels();
      case F64 -> new F64Kernels();
      default -> throw new IllegalArgumentException(dtype + " has no kernels but movement");
    };
  }

  @Override
  public Movement<?> movement(DType dtype, @Nullable Movement<?> below) {
    return new AnyMovement();
  }
}
