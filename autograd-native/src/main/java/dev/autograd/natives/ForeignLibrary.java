package dev.autograd.natives;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A native library that is open as long as the virtual machine runs, by the foreign-function API of
 * Java 22. Everything of {@code java.lang.foreign} is called by name, because this class has to
 * compile on Java 17 and load there.
 */
final class ForeignLibrary {

  /** The first release with the API, and with calls that may be given heap arrays. */
  static final int SINCE = 22;

  private static final String PACKAGE = "java.lang.foreign.";

  private final Object symbols;

  private ForeignLibrary(Object symbols) {
    this.symbols = symbols;
  }

  static boolean isSupported() {
    return Runtime.version().feature() >= SINCE;
  }

  /**
   * Opens a library file with all that it depends on.
   *
   * @throws UnsatisfiedLinkError if the file is no library, or one that it needs is missing
   */
  static ForeignLibrary open(Path file) throws ReflectiveOperationException {
    Object global = type("Arena").getMethod("global").invoke(null);
    try {
      return new ForeignLibrary(
          type("SymbolLookup")
              .getMethod("libraryLookup", Path.class, type("Arena"))
              .invoke(null, file, global));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        // That says only which file; this fails likewise, and says why.
        System.load(file.toString());
      }
      throw e;
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(PACKAGE + name);
  }

  private static Object linker() throws ReflectiveOperationException {
    return type("Linker").getMethod("nativeLinker").invoke(null);
  }

  /** Returns the type of an argument that is an address. */
  static Class<?> segment() throws ClassNotFoundException {
    return type("MemorySegment");
  }

  boolean has(String symbol) throws ReflectiveOperationException {
    return find(symbol).isPresent();
  }

  private Optional<?> find(String symbol) throws ReflectiveOperationException {
    return (Optional<?>)
        type("SymbolLookup").getMethod("find", String.class).invoke(symbols, symbol);
  }

  /** Returns a function that gets nothing but numbers, and addresses outside of the heap. */
  MethodHandle function(String symbol, MethodType type) throws ReflectiveOperationException {
    return function(symbol, type, List.of());
  }

  /**
   * Returns a function that may be given the memory of heap arrays. While it runs its thread does
   * not come to a safepoint, and the garbage collector waits for it.
   */
  MethodHandle critical(String symbol, MethodType type) throws ReflectiveOperationException {
    Object option = type("Linker$Option").getMethod("critical", boolean.class).invoke(null, true);
    return function(symbol, type, List.of(option));
  }

  private MethodHandle function(String symbol, MethodType type, List<Object> options)
      throws ReflectiveOperationException {
    Object address =
        find(symbol).orElseThrow(() -> new UnsatisfiedLinkError("there is no function " + symbol));
    Object array = Array.newInstance(type("Linker$Option"), options.size());
    for (int i = 0; i < options.size(); i++) {
      Array.set(array, i, options.get(i));
    }
    return (MethodHandle)
        type("Linker")
            .getMethod("downcallHandle", segment(), type("FunctionDescriptor"), array.getClass())
            .invoke(linker(), address, descriptor(type), array);
  }

  private static Object descriptor(MethodType type) throws ReflectiveOperationException {
    Class<?> layout = type("MemoryLayout");
    Object parameters = Array.newInstance(layout, type.parameterCount());
    for (int i = 0; i < type.parameterCount(); i++) {
      Array.set(parameters, i, layout(type.parameterType(i)));
    }
    Class<?> descriptor = type("FunctionDescriptor");
    if (type.returnType() == void.class) {
      return descriptor.getMethod("ofVoid", parameters.getClass()).invoke(null, parameters);
    }
    return descriptor
        .getMethod("of", layout, parameters.getClass())
        .invoke(null, layout(type.returnType()), parameters);
  }

  private static Object layout(Class<?> type) throws ReflectiveOperationException {
    String name = type.isPrimitive() ? "JAVA_" + type.getName() : "ADDRESS";
    return type("ValueLayout").getField(name.toUpperCase(Locale.ROOT)).get(null);
  }

  /**
   * Returns the handle {@code (array, offset) -> segment} for arrays of an element type: the memory
   * of the array from an index on. The JIT compiler makes an address of it, without an object.
   */
  static MethodHandle segmentOf(Class<?> element) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    Class<?> segment = segment();
    MethodHandle ofArray =
        lookup.findStatic(segment, "ofArray", MethodType.methodType(segment, element.arrayType()));
    MethodHandle asSlice =
        lookup.findVirtual(segment, "asSlice", MethodType.methodType(segment, long.class));
    MethodHandle size =
        lookup.findStatic(
            ForeignLibrary.class, element + "s", MethodType.methodType(long.class, int.class));
    return MethodHandles.filterArguments(asSlice, 0, ofArray, size);
  }

  // Called through a handle.
  @SuppressWarnings("UnusedMethod")
  private static long floats(int count) {
    return (long) Float.BYTES * count;
  }

  // Called through a handle.
  @SuppressWarnings("UnusedMethod")
  private static long doubles(int count) {
    return (long) Double.BYTES * count;
  }
}
