package dev.autograd.natives;

import dev.autograd.array.DType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The products of a library as method handles of one type, made of its C functions: sizes
 * converted, arrays and offsets turned into addresses, α = 1 and β = 0 filled in. Matrices are
 * stored row by row in both interfaces.
 *
 * <p>A library computes in the thread that calls it and in no other: the framework has threads of
 * its own, and the result must not depend on how many there are.
 */
final class ForeignProducts {

  private static final int ROW_MAJOR = 101;

  private ForeignProducts() {}

  /** Returns {@code cblas_sgemm} or {@code cblas_dgemm}. */
  static MethodHandle cblas(ForeignLibrary library, DType dtype)
      throws ReflectiveOperationException {
    Class<?> number = dtype == DType.F32 ? float.class : double.class;
    Class<?> address = ForeignLibrary.segment();
    MethodType type =
        MethodType.methodType(
            void.class,
            int.class,
            int.class,
            int.class,
            int.class,
            int.class,
            int.class,
            number,
            address,
            int.class,
            address,
            int.class,
            number,
            address,
            int.class);
    String symbol = dtype == DType.F32 ? "cblas_sgemm" : "cblas_dgemm";
    MethodHandle gemm = MethodHandles.insertArguments(library.critical(symbol, type), 0, ROW_MAJOR);
    return adapt(gemm, number, converter("cblasOrder", int.class));
  }

  /** Returns {@code dnnl_sgemm}; there is none for F64. */
  static MethodHandle oneDnn(ForeignLibrary library) throws ReflectiveOperationException {
    Class<?> address = ForeignLibrary.segment();
    MethodType type =
        MethodType.methodType(
            int.class,
            byte.class,
            byte.class,
            long.class,
            long.class,
            long.class,
            float.class,
            address,
            long.class,
            address,
            long.class,
            float.class,
            address,
            long.class);
    MethodHandle gemm =
        adapt(library.critical("dnnl_sgemm", type), float.class, converter("order", byte.class));
    if (!library.has("omp_set_num_threads")) {
      return gemm;
    }
    // The number belongs to the calling thread, and a virtual thread may have changed its carrier.
    MethodHandle threads =
        library.critical("omp_set_num_threads", MethodType.methodType(void.class, int.class));
    return MethodHandles.foldArguments(gemm, MethodHandles.insertArguments(threads, 0, 1));
  }

  /**
   * Adapts a function {@code (transposeA, transposeB, m, n, k, α, a, lda, b, ldb, β, c, ldc)} to
   * {@link HandleProduct#TYPE}, but for the type of the arrays.
   */
  private static MethodHandle adapt(MethodHandle gemm, Class<?> number, MethodHandle order)
      throws ReflectiveOperationException {
    Object one = number == float.class ? (Object) 1f : (Object) 1.0;
    Object zero = number == float.class ? (Object) 0f : (Object) 0.0;
    MethodHandle handle = MethodHandles.insertArguments(gemm, 10, zero);
    handle = MethodHandles.insertArguments(handle, 5, one);
    handle = MethodHandles.filterArguments(handle, 0, order, order);
    MethodHandle segment = ForeignLibrary.segmentOf(number);
    // From the last to the first, because each makes the list longer.
    handle = MethodHandles.collectArguments(handle, 9, segment);
    handle = MethodHandles.collectArguments(handle, 7, segment);
    handle = MethodHandles.collectArguments(handle, 5, segment);
    return handle.asType(HandleProduct.TYPE);
  }

  private static MethodHandle converter(String name, Class<?> to)
      throws ReflectiveOperationException {
    return MethodHandles.lookup()
        .findStatic(ForeignProducts.class, name, MethodType.methodType(to, boolean.class));
  }

  // Called through a handle.
  @SuppressWarnings("UnusedMethod")
  private static int cblasOrder(boolean transpose) {
    return transpose ? 112 : 111;
  }

  // Called through a handle.
  @SuppressWarnings("UnusedMethod")
  private static byte order(boolean transpose) {
    return (byte) (transpose ? 'T' : 'N');
  }
}
