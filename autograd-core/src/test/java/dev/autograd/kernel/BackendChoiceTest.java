package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The choice is made once per class loader, so each test has its own, with a plain class path. */
class BackendChoiceTest {

  private static final String PROPERTY = "autograd.backend";

  @Test
  void plainJavaIsFoundOnTheClassPath() throws Exception {
    assertThat(description("plain")).isEqualTo("plain");
  }

  @Test
  void scalarIsPlainJava() throws Exception {
    assertThat(description("scalar")).isEqualTo("plain");
  }

  /** Outside of any module, too, and without it the next best instead of an error. */
  @Test
  void vectorsAreUsedWhereTheirModuleIs() throws Exception {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    String expected = present ? "vector, plain" : "plain";
    assertThat(description("vector")).isEqualTo(expected);
    assertThat(description("auto")).isEqualTo(expected);
  }

  @Test
  void withoutNativeLibrariesTheNextBestIsUsed() throws Exception {
    assertThat(description("native")).isEqualTo(description("auto"));
  }

  @Test
  void everyCallWithAnUnknownNameSaysWhichAreKnown() throws Exception {
    withProperty(
        "cuda",
        () -> {
          try (URLClassLoader loader = loader()) {
            Method description = backends(loader).getMethod("description");
            for (int call = 0; call < 2; call++) {
              assertThatThrownBy(() -> invoke(description))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageStartingWith("autograd.backend: there is no back end named \"cuda\"")
                  .hasMessageContaining("plain");
            }
          }
          return null;
        });
  }

  private static Object description(String name) throws Exception {
    return withProperty(
        name,
        () -> {
          try (URLClassLoader loader = loader()) {
            return invoke(backends(loader).getMethod("description"));
          }
        });
  }

  private static Class<?> backends(URLClassLoader loader) throws ClassNotFoundException {
    return loader.loadClass(Backends.class.getName());
  }

  private static Object invoke(Method method) throws Exception {
    try {
      return method.invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static URLClassLoader loader() {
    URL[] classPath = {
      location(Backends.class), location(Logger.class), location(NullMarked.class)
    };
    // Without a parent: the platform's loader would find the classes in this test's own module.
    return new URLClassLoader(classPath, null);
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static <T> T withProperty(String value, Callable<T> body) throws Exception {
    // The choice of this class loader is made before the property is there.
    assertThat(Backends.description()).isNotEmpty();
    String before = System.getProperty(PROPERTY);
    System.setProperty(PROPERTY, value);
    try {
      return body.call();
    } finally {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
  }
}
