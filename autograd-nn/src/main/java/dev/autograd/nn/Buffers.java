package dev.autograd.nn;

import dev.autograd.Tensor;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The buffers of a model, in order, each once, each with a path: {@code "1.runningMean"}. A buffer
 * that several layers share is listed at its first path only. The list is immutable; {@link #load}
 * changes the buffers in it.
 *
 * <p>What has to be saved of a model is {@link Layer#parameters()} and these; paths of one and of
 * the other do not collide unless a layer of yours gives a buffer the name of a parameter.
 */
public final class Buffers implements Iterable<Buffer> {

  private static final Buffers NONE = new Buffers(Map.of());

  private final Map<String, Buffer> byPath;

  private Buffers(Map<String, Buffer> byPath) {
    this.byPath = byPath;
  }

  /** Returns no buffers. */
  public static Buffers none() {
    return NONE;
  }

  /**
   * Returns buffers, with their names as paths.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public static Buffers of(Buffer... buffers) {
    Map<String, Buffer> found = new LinkedHashMap<>();
    for (Buffer buffer : buffers) {
      put(found, buffer.name(), buffer);
    }
    return new Buffers(found);
  }

  /**
   * Returns these and a layer's buffers, at {@code prefix + "." + path}.
   *
   * @throws IllegalArgumentException if the prefix is empty, or a path is already another buffer's
   */
  public Buffers and(String prefix, Layer layer) {
    return and(prefix, layer.buffers());
  }

  /**
   * Returns these and others, at {@code prefix + "." + path}.
   *
   * @throws IllegalArgumentException if the prefix is empty, or a path is already another buffer's
   */
  public Buffers and(String prefix, Buffers others) {
    if (prefix.isEmpty()) {
      throw new IllegalArgumentException("and: the prefix is empty; name the part it stands for");
    }
    Map<String, Buffer> joined = new LinkedHashMap<>(byPath);
    others.byPath.forEach((path, buffer) -> put(joined, prefix + "." + path, buffer));
    return new Buffers(joined);
  }

  private static void put(Map<String, Buffer> target, String path, Buffer buffer) {
    if (target.containsValue(buffer)) {
      return;
    }
    if (target.putIfAbsent(path, buffer) != null) {
      throw new IllegalArgumentException(
          "buffers: two different ones have the path \""
              + path
              + "\"; give them different names, or enter their layers with different prefixes");
    }
  }

  /**
   * Returns the buffer at a path.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Buffer byPath(String path) {
    Buffer buffer = byPath.get(path);
    if (buffer == null) {
      throw new IllegalArgumentException(
          "byPath: there is no buffer \"" + path + "\"; there are " + byPath.keySet());
    }
    return buffer;
  }

  /** Returns the paths, in order. */
  public List<String> paths() {
    return List.copyOf(byPath.keySet());
  }

  @Override
  public Iterator<Buffer> iterator() {
    return Collections.unmodifiableCollection(byPath.values()).iterator();
  }

  /** Returns the number of buffers. */
  public int size() {
    return byPath.size();
  }

  /** Returns the current values, by path, in order; they do not change any more. */
  public Map<String, Tensor> snapshot() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    byPath.forEach((path, buffer) -> values.put(path, buffer.value()));
    return Collections.unmodifiableMap(values);
  }

  /**
   * Replaces all values by copies of the given ones. Names, shapes and element types are checked
   * before the first value changes: a map that does not fit changes nothing.
   *
   * @throws IllegalArgumentException if a path is missing, or there is one too many
   * @throws dev.autograd.ShapeException if a shape differs
   * @throws dev.autograd.DTypeException if an element type differs
   */
  public void load(Map<String, Tensor> values) {
    StoredValues.replacing(snapshot(), values).forEach((path, value) -> byPath(path).assign(value));
  }

  /** Returns one line per buffer, {@code 1.runningMean F64[16]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    byPath.forEach(
        (path, buffer) ->
            text.append(path)
                .append(' ')
                .append(buffer.dtype())
                .append(buffer.shape())
                .append(System.lineSeparator()));
    return text.append(size()).append(" buffers").toString();
  }
}
