package dev.autograd.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What is said of the optional module {@code autograd-native}. It is found as a service, because
 * whoever has put it on the path wants it; its library is another matter.
 */
final class NativeModule {

  static final String NAME = "native";

  private NativeModule() {}

  /**
   * Returns whether the back end is wanted by name and cannot be used, having taken it out of those
   * found if it cannot, and logged in one line why.
   *
   * @param wanted what the property {@code autograd.backend} says, or null
   */
  static boolean isMissing(@Nullable String wanted, List<Backend> found, Logger log) {
    boolean byName = NAME.equals(wanted);
    if (wanted != null && !byName) {
      return false;
    }
    Backend backend =
        found.stream().filter(each -> each.name().equals(NAME)).findFirst().orElse(null);
    if (backend == null && !byName) {
      return false;
    }
    String obstacle =
        backend == null
            ? "its module is not there; add dev.autograd:autograd-native to the path"
            : backend.obstacle();
    if (obstacle == null) {
      return false;
    }
    found.remove(backend);
    if (byName) {
      log.warn("autograd.backend is \"native\", but {}. The next best is used.", obstacle);
    } else {
      log.info("Products are not by a native library, because {}.", obstacle);
    }
    return byName;
  }
}
