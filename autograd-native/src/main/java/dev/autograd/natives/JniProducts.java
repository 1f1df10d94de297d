package dev.autograd.natives;

import dev.autograd.array.DType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;

/**
 * The products of a BLAS library through {@code dev.ludovic.netlib:blas}, whose native methods get
 * heap arrays without a copy: the way before Java 22. It is called by name, because it is optional.
 *
 * <p>That interface stores matrices column by column. A matrix stored row by row is its own
 * transpose there, and {@code Cᵀ = Bᵀ Aᵀ}: the operands change places.
 */
final class JniProducts {

  static final String COORDINATES = "dev.ludovic.netlib:blas:3.0.4";

  private static final String PACKAGE = "dev.ludovic.netlib.blas.";

  private final Object blas;

  private JniProducts(Object blas) {
    this.blas = blas;
  }

  /**
   * Loads a library file.
   *
   * @throws ClassNotFoundException if {@value #COORDINATES} is not on the class path
   */
  static JniProducts load(Path file) throws ReflectiveOperationException {
    String property = PACKAGE + "nativeLibPath";
    String before = System.setProperty(property, file.toString());
    try {
      // Not by the public way, which logs about what else it looks for, and hides what went wrong.
      Method instance = type("JNIBLAS").getDeclaredMethod("getInstance");
      instance.setAccessible(true);
      return new JniProducts(instance.invoke(null));
    } catch (InvocationTargetException e) {
      throw new UnsatisfiedLinkError(Failures.reason(e));
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    try {
      return Class.forName(PACKAGE + name);
    } catch (ClassNotFoundException e) {
      throw new ClassNotFoundException(
          "before Java " + ForeignLibrary.SINCE + " it needs " + COORDINATES + " on the class path",
          e);
    }
  }

  /** Returns {@code sgemm} or {@code dgemm} as a handle of {@link HandleProduct#TYPE}. */
  MethodHandle product(DType dtype) throws ReflectiveOperationException {
    Class<?> number = dtype == DType.F32 ? float.class : double.class;
    Class<?> array = number.arrayType();
    MethodType type =
        MethodType.methodType(
            void.class,
            String.class,
            String.class,
            int.class,
            int.class,
            int.class,
            number,
            array,
            int.class,
            int.class,
            array,
            int.class,
            int.class,
            number,
            array,
            int.class,
            int.class);
    String name = dtype == DType.F32 ? "sgemm" : "dgemm";
    MethodHandle gemm =
        MethodHandles.publicLookup().findVirtual(type("BLAS"), name, type).bindTo(blas);
    Object one = number == float.class ? (Object) 1f : (Object) 1.0;
    Object zero = number == float.class ? (Object) 0f : (Object) 0.0;
    gemm = MethodHandles.insertArguments(gemm, 12, zero);
    gemm = MethodHandles.insertArguments(gemm, 5, one);
    MethodHandle order =
        MethodHandles.lookup()
            .findStatic(
                JniProducts.class, "order", MethodType.methodType(String.class, boolean.class));
    gemm = MethodHandles.filterArguments(gemm, 0, order, order).asType(HandleProduct.TYPE);
    return MethodHandles.permuteArguments(
        gemm, HandleProduct.TYPE, 1, 0, 3, 2, 4, 8, 9, 10, 5, 6, 7, 11, 12, 13);
  }

  // Called through a handle.
  @SuppressWarnings("UnusedMethod")
  private static String order(boolean transpose) {
    return transpose ? "T" : "N";
  }
}
