package dev.autograd.natives;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Environment variables for a library that reads them once, when it is opened. Variables that the
 * user has set stay as they are; Java and the processes that it starts see none of these. On
 * Windows, where C has no such function, nothing is set.
 */
final class Variables {

  private static final MethodType SETENV =
      MethodType.methodType(int.class, byte[].class, byte[].class, int.class);

  private Variables() {}

  /** Work that may fail like reflection. */
  interface Opening<T> {
    T run() throws ReflectiveOperationException;
  }

  /** Returns what the work returns, done with the variables set. */
  static <T> T during(Map<String, String> wanted, Opening<T> work)
      throws ReflectiveOperationException {
    ForeignLibrary c = ForeignLibrary.standard();
    Map<String, String> missing = new LinkedHashMap<>(wanted);
    missing.keySet().removeIf(name -> System.getenv(name) != null);
    if (missing.isEmpty() || !c.has("setenv")) {
      return work.run();
    }
    for (Map.Entry<String, String> variable : missing.entrySet()) {
      call(c, "setenv", SETENV, text(variable.getKey()), text(variable.getValue()), 1);
    }
    try {
      return work.run();
    } finally {
      for (String name : missing.keySet()) {
        call(c, "unsetenv", MethodType.methodType(int.class, byte[].class), (Object) text(name));
      }
    }
  }

  private static byte[] text(String value) {
    return (value + "\0").getBytes(StandardCharsets.UTF_8);
  }

  /** Calls a function whose arrays are passed as the addresses of their first bytes. */
  private static void call(ForeignLibrary c, String symbol, MethodType type, Object... arguments)
      throws ReflectiveOperationException {
    MethodType foreign = type;
    for (int i = 0; i < type.parameterCount(); i++) {
      if (type.parameterType(i).isArray()) {
        foreign = foreign.changeParameterType(i, ForeignLibrary.segment());
      }
    }
    MethodHandle first = MethodHandles.insertArguments(ForeignLibrary.segmentOf(byte.class), 1, 0);
    MethodHandle handle = c.critical(symbol, foreign);
    for (int i = 0; i < type.parameterCount(); i++) {
      if (type.parameterType(i).isArray()) {
        handle = MethodHandles.filterArguments(handle, i, first);
      }
    }
    try {
      handle.invokeWithArguments(arguments);
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
