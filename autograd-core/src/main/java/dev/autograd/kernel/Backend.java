package dev.autograd.kernel;

import dev.autograd.array.DType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source of kernels, found with {@link java.util.ServiceLoader}. Back ends are stacked: each gets
 * the kernels of the one below and returns either those or a decorator that overrides what it
 * speeds up.
 */
public interface Backend {

  /** Returns a short name for logs and the property {@code autograd.backend}, such as "plain". */
  String name();

  /** Returns the place in the stack: higher decorates lower; plain Java is 0. */
  int level();

  /**
   * Returns why the back end cannot be used here, as the end of a sentence without a full stop:
   * what is missing, and what to do. Empty if it can.
   */
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /**
   * Returns the kernels for a floating-point type.
   *
   * @param below the kernels of the level below; the plain back end ignores it
   */
  Kernels<?> kernels(DType dtype, @Nullable Kernels<?> below);

  /** Returns the movement kernels for a type without derivatives. */
  Movement<?> movement(DType dtype, @Nullable Movement<?> below);
}
