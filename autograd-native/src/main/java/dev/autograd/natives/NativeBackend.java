package dev.autograd.natives;

import dev.autograd.array.DType;
import dev.autograd.kernel.Backend;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Movement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The back end that multiplies matrices with native libraries, above vectors and plain Java. What
 * is used is logged at DEBUG; a library that is there but cannot be used, at WARN.
 */
public final class NativeBackend implements Backend {

  private @Nullable Libraries libraries;

  /** Makes the back end, which opens libraries when it is used; for the service loader. */
  public NativeBackend() {}

  NativeBackend(Libraries libraries) {
    this.libraries = libraries;
  }

  private synchronized Libraries libraries() {
    Libraries found = libraries;
    if (found == null) {
      found = Libraries.find(Platform.current(), loader());
      libraries = found;
    }
    return found;
  }

  private static ClassLoader loader() {
    ClassLoader own = NativeBackend.class.getClassLoader();
    return own == null ? ClassLoader.getSystemClassLoader() : own;
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  public int level() {
    return 20;
  }

  @Override
  public Optional<String> obstacle() {
    Libraries found = libraries();
    return found.layers().isEmpty()
        ? Optional.of(String.join("; ", found.obstacles()))
        : Optional.empty();
  }

  @Override
  @SuppressWarnings("unchecked")
  public Kernels<?> kernels(DType dtype, @Nullable Kernels<?> below) {
    Kernels<Object> kernels =
        (Kernels<Object>) Objects.requireNonNull(below, "the native back end needs one below it");
    Logger log = LoggerFactory.getLogger(NativeBackend.class);
    List<Layer> layers =
        libraries().layers().stream().filter(layer -> layer.dtype() == dtype).toList();
    for (Layer layer : layers) {
      kernels = layer.over(kernels);
    }
    log.debug("Native products: {}", layers);
    libraries().obstacles().forEach(obstacle -> log.warn("{}.", obstacle));
    return kernels;
  }

  @Override
  public Movement<?> movement(DType dtype, @Nullable Movement<?> below) {
    return Objects.requireNonNull(below, "the native back end needs one below it");
  }
}
