package dev.autograd;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What only some vertices have, kept apart because scalar graphs hold millions that have none of
 * it.
 */
final class Details {

  /**
   * The label; null for none, so that an object seen half-made by another thread reads as empty.
   */
  private @Nullable String name;

  private @Nullable Map<String, Object> attributes;

  /** Where a sweep leaves the gradient: always for leaves, on request for operations. */
  @Nullable GradientSlot gradient;

  /** The tape this vertex was made on, through its storage; null without an open tape. */
  @Nullable Lease lease;

  /** Whether the pullbacks are a user's, whose results are checked and whose errors are wrapped. */
  boolean custom;

  /** Per operand, the version at recording if it is a parameter. */
  private long @Nullable [] versions;

  String name() {
    String label = name;
    return label == null ? "" : label;
  }

  void rename(String label) {
    name = label;
  }

  Map<String, Object> attributes() {
    return attributes == null ? Map.of() : Collections.unmodifiableMap(attributes);
  }

  void describe(String key, Object value) {
    if (attributes == null) {
      attributes = new LinkedHashMap<>(4);
    }
    attributes.put(key, value);
  }

  void rememberVersion(int i, int operands, long version) {
    if (versions == null) {
      versions = new long[operands];
    }
    versions[i] = version;
  }

  /** Returns the remembered versions, one per operand; null if none is a parameter. */
  long @Nullable [] versions() {
    return versions;
  }
}
