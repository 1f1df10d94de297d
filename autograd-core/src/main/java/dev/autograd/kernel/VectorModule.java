package dev.autograd.kernel;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Finds the back end in the Vector API, which is an incubating module of the JDK: absent unless the
 * virtual machine is started with {@code --add-modules jdk.incubator.vector}, and of no use, or
 * harmful, on some virtual machines. Its classes are therefore not a service, and nothing here
 * links to them: they are loaded by name once all conditions are known to hold. The procedure is
 * that of Apache Lucene's {@code VectorizationProvider}.
 */
final class VectorModule {

  static final String NAME = "vector";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String BACKEND = "dev.autograd.kernel.vector.VectorBackend";
  private static final String SWITCH = "--add-modules " + MODULE;

  /**
   * The latest release that the kernels were tested on: what incubates may change with the next.
   */
  private static final int NEWEST = 25;

  private VectorModule() {}

  /**
   * Returns the back end, having logged in one line why there is none if there is none.
   *
   * @param byName whether the property {@code autograd.backend} asks for it, and not only allows it
   */
  static Optional<Backend> find(boolean byName, Logger log) {
    String obstacle = obstacle(byName);
    if (obstacle == null) {
      try {
        return Optional.of(load());
      } catch (ReflectiveOperationException | LinkageError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause.getMessage();
        obstacle = message == null ? cause.toString() : message;
      }
    }
    if (byName) {
      log.warn("autograd.backend is \"vector\", but {}. The kernels are in plain Java.", obstacle);
    } else {
      log.info("Kernels are in plain Java, because {}.", obstacle);
    }
    return Optional.empty();
  }

  /** Returns what speaks against the Vector API, known without a class of it; null if nothing. */
  private static @Nullable String obstacle(boolean byName) {
    Optional<Module> module = module();
    if (module.isEmpty()) {
      return "the Vector API is switched off; start Java with " + SWITCH + " for faster ones";
    }
    int release = Runtime.version().feature();
    if (release > NEWEST && !byName) {
      return "the vector kernels were tested up to Java "
          + NEWEST
          + " and this is "
          + release
          + "; -Dautograd.backend=vector uses them all the same";
    }
    String machine = System.getProperty("java.vm.name", "");
    if (!machine.contains("Server VM")) {
      return machine + " is not known to compile the Vector API; HotSpot is";
    }
    // Without C2 each vector operation is a call with an object as its result.
    String mode = System.getProperty("java.vm.info", "").toLowerCase(Locale.ROOT);
    if (mode.contains("interpreted") || mode.contains("emulated-client")) {
      return "the Vector API needs the compiler C2, which is switched off (" + mode + ")";
    }
    return null;
  }

  /** The module may be in the layer of this class, or in the boot layer below it. */
  private static Optional<Module> module() {
    ModuleLayer own = Backends.class.getModule().getLayer();
    Optional<Module> found = own == null ? Optional.empty() : own.findModule(MODULE);
    return found.isPresent() ? found : ModuleLayer.boot().findModule(MODULE);
  }

  private static Backend load() throws ReflectiveOperationException {
    // The descriptor cannot require a module that most virtual machines do not have.
    Backends.class.getModule().addReads(module().orElseThrow());
    Class<?> type = Class.forName(BACKEND, true, Backends.class.getClassLoader());
    return (Backend) type.getDeclaredConstructor().newInstance();
  }
}
