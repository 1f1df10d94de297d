package dev.autograd.kernel.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Finds the method {@code run} of the interfaces that loops implement. */
final class LoopHandles {

  private LoopHandles() {}

  /** Returns a handle that takes an instance of {@code body}, then what its {@code run} takes. */
  static MethodHandle run(Class<?> body, Class<?>... parameters) {
    try {
      return MethodHandles.lookup()
          .findVirtual(body, "run", MethodType.methodType(void.class, parameters));
    } catch (ReflectiveOperationException thrown) {
      throw new AssertionError(thrown);
    }
  }
}
