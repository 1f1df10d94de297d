package dev.autograd.kernel;

import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Back ends in the order of their levels, each decorating those before it. */
final class BackendStack {

  private final List<Backend> ascending;

  private BackendStack(List<Backend> ascending) {
    this.ascending = ascending;
  }

  /**
   * Returns the stack of the back ends found, or of the one named and those below it.
   *
   * @param top a name, or null for all
   * @throws IllegalArgumentException if none has that name
   */
  static BackendStack of(Iterable<Backend> found, @Nullable String top) {
    List<Backend> ascending = new ArrayList<>();
    found.forEach(ascending::add);
    ascending.sort(Comparator.comparingInt(Backend::level).thenComparing(Backend::name));
    if (top == null) {
      return new BackendStack(ascending);
    }
    int level =
        ascending.stream()
            .filter(backend -> backend.computes() && backend.name().equals(top))
            .mapToInt(Backend::level)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "autograd.backend: there is no back end named \""
                            + top
                            + "\"; known are "
                            + names(ascending)));
    ascending.removeIf(backend -> backend.computes() && backend.level() > level);
    return new BackendStack(ascending);
  }

  /** Returns the stack without the back ends that cannot be used, having reported each with why. */
  BackendStack usable(BiConsumer<Backend, String> report) {
    List<Backend> usable = new ArrayList<>();
    for (Backend backend : ascending) {
      Optional<String> obstacle = backend.obstacle();
      obstacle.ifPresentOrElse(reason -> report.accept(backend, reason), () -> usable.add(backend));
    }
    return new BackendStack(usable);
  }

  /** Returns the kernels of the topmost back end over those below. */
  Kernels<?> kernels(DType dtype) {
    Kernels<?> kernels = null;
    for (Backend backend : ascending) {
      kernels = backend.kernels(dtype, kernels);
    }
    return present(kernels);
  }

  /** Returns the movement kernels of the topmost back end over those below. */
  Movement<?> movement(DType dtype) {
    Movement<?> movement = null;
    for (Backend backend : ascending) {
      movement = backend.movement(dtype, movement);
    }
    return present(movement);
  }

  private static <T> T present(@Nullable T kernels) {
    if (kernels == null) {
      throw new IllegalStateException(
          "no back end found, not even plain Java: is the service file of autograd-core on the"
              + " path?");
    }
    return kernels;
  }

  /** Returns the names of those that compute, the topmost first. */
  String description() {
    List<Backend> descending = new ArrayList<>(ascending);
    Collections.reverse(descending);
    return names(descending);
  }

  private static String names(List<Backend> backends) {
    return backends.stream()
        .filter(Backend::computes)
        .map(Backend::name)
        .collect(Collectors.joining(", "));
  }
}
