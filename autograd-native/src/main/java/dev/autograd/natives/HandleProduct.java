package dev.autograd.natives;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;

/**
 * A product by a method handle. The JIT compiler makes a direct call of a handle only if it is a
 * constant, that is, in a static final field: so this class is never used itself, but copied once
 * for every handle, as a hidden class that has the handle as its class data.
 */
final class HandleProduct implements Product {

  /** The parameters of {@link Product#multiply}. */
  static final MethodType TYPE =
      MethodType.methodType(
          int.class,
          boolean.class,
          boolean.class,
          int.class,
          int.class,
          int.class,
          Object.class,
          int.class,
          int.class,
          Object.class,
          int.class,
          int.class,
          Object.class,
          int.class,
          int.class);

  private static final MethodHandle HANDLE = classData();

  private HandleProduct() {}

  private static MethodHandle classData() {
    try {
      MethodHandle data = MethodHandles.classData(MethodHandles.lookup(), "_", MethodHandle.class);
      return data == null ? MethodHandles.zero(int.class) : data;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a product that calls the handle, whose arrays may have a type of their own. */
  static Product of(MethodHandle handle) throws ReflectiveOperationException {
    MethodHandles.Lookup copy =
        MethodHandles.lookup().defineHiddenClassWithClassData(bytes(), handle.asType(TYPE), true);
    MethodHandle constructor =
        copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class));
    try {
      return (Product) constructor.invoke();
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes() {
    String file = HandleProduct.class.getSimpleName() + ".class";
    try (InputStream stream = HandleProduct.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(stream, file).readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  @Override
  public int multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Object a,
      int aOffset,
      int lda,
      Object b,
      int bOffset,
      int ldb,
      Object out,
      int outOffset,
      int ldc) {
    try {
      return (int)
          HANDLE.invokeExact(
              transposeA,
              transposeB,
              m,
              n,
              k,
              a,
              aOffset,
              lda,
              b,
              bOffset,
              ldb,
              out,
              outOffset,
              ldc);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
