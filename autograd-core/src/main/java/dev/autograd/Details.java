package dev.autograd;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

  private static final Object[] NONE = {};

  /** Keys and values in turn: a map would be larger than the operation. */
  private Object[] attributes = NONE;

  /** Where a sweep leaves the gradient: always for leaves, on request for operations. */
  @Nullable GradientSlot gradient;

  /** The tape this vertex was made on, through its storage; null without an open tape. */
  @Nullable Lease lease;

  Details(@Nullable Lease lease) {
    this.lease = lease;
  }

  /** Whether the pullbacks are a user's, whose results are checked and whose errors are wrapped. */
  boolean custom;

  /** What is called with the complete gradient; null for none, as most have. */
  volatile @Nullable Hooks onGradient;

  /** What is called with the stored gradient after a sweep; null for none. */
  volatile @Nullable Hooks afterBackward;

  /** Per operand, what its elements were; noted under {@link Tape.Option#CHECK_FINITE} only. */
  private Numbers @Nullable [] numbers;

  /** Per operand, the version at recording if it is a parameter. */
  private long @Nullable [] versions;

  /** Makes sweeps leave the gradient here, if they do not yet. */
  synchronized void retainGradient() {
    if (gradient == null) {
      gradient = new GradientSlot();
    }
  }

  /** Returns the hooks on the gradient, to be added to. */
  synchronized Hooks onGradient() {
    Hooks known = onGradient;
    if (known == null) {
      known = new Hooks();
      onGradient = known;
    }
    return known;
  }

  /** Returns the hooks after a sweep, to be added to. */
  synchronized Hooks afterBackward() {
    Hooks known = afterBackward;
    if (known == null) {
      known = new Hooks();
      afterBackward = known;
    }
    return known;
  }

  /** Notes what the elements of an operand were, for messages. */
  void noteNumbers(int i, int count, Numbers operand) {
    if (numbers == null) {
      numbers = new Numbers[count];
    }
    numbers[i] = operand;
  }

  /** Returns what the elements of the operands were; empty unless it was noted. */
  List<Numbers> numbers() {
    return numbers == null ? List.of() : List.of(numbers);
  }

  String name() {
    String label = name;
    return label == null ? "" : label;
  }

  void rename(String label) {
    name = label;
  }

  Map<String, Object> attributes() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      map.put((String) attributes[i], attributes[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }

  void describe(String key, Object value) {
    int end = attributes.length;
    attributes = Arrays.copyOf(attributes, end + 2);
    attributes[end] = key;
    attributes[end + 1] = value;
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
