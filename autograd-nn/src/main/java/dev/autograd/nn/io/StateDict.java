package dev.autograd.nn.io;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.nn.Buffer;
import dev.autograd.nn.Buffers;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model has learnt and what it remembers, by the names that a file has for it: its
 * parameters and its buffers by path, those of your choice by names of your choice, or by the names
 * of PyTorch ({@link PyTorchNames}).
 *
 * <pre>{@code
 * StateDict state = StateDict.of(model);          // [0.weight, 0.bias, 1.runningMean, ...]
 * Weights.save(file, state);
 * Weights.load(file, state);                      // into the model
 * }</pre>
 *
 * <p>It holds no numbers: it is a view of the model, and immutable itself. What several layers
 * share is there once, by its first name. State of a run of training ({@link Buffer#isRunState()})
 * is written, and left as it is where a file has none.
 */
public final class StateDict {

  private final Map<String, Slot> slots;

  private StateDict(Map<String, Slot> slots) {
    this.slots = slots;
  }

  /**
   * Returns the parameters and buffers of a layer, by path.
   *
   * @throws IllegalArgumentException if a parameter and a buffer have the same path
   */
  public static StateDict of(Layer layer) {
    Buffers buffers = layer.buffers();
    Builder builder = new Builder();
    builder.putAll("", layer.parameters());
    buffers.paths().forEach(path -> builder.put(path, buffers.byPath(path)));
    return builder.build();
  }

  /** Returns parameters by path, without the buffers of their layers. */
  public static StateDict of(Parameters parameters) {
    Builder builder = new Builder();
    builder.putAll("", parameters);
    return builder.build();
  }

  /** Returns parameters by names of your choice, in the order of the map. */
  public static StateDict of(Map<String, Parameter> byName) {
    Builder builder = new Builder();
    byName.forEach(builder::put);
    return builder.build();
  }

  /** Returns the names: first of what is learnt, then of what is remembered. */
  public List<String> names() {
    return List.copyOf(slots.keySet());
  }

  /** Returns the places by name, parameters first. */
  Map<String, Slot> slots() {
    return slots;
  }

  /** Returns the tensors as they are written, by name. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    slots.forEach((name, slot) -> tensors.put(name, slot.value()));
    return tensors;
  }

  /** Returns one line per name, {@code 0.weight F64[16, 2]}. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    slots.forEach((name, slot) -> lines.add(name + " " + slot.dtype() + slot.shape()));
    return String.join(System.lineSeparator(), lines);
  }

  /** Collects places, each name once. */
  static final class Builder {

    // Apart, so that parameters, which refuse to change in a sweep, are assigned first.
    private final Map<String, Slot> learnt = new LinkedHashMap<>();
    private final Map<String, Slot> remembered = new LinkedHashMap<>();

    /** Adds a parameter, unless it is there by another name. */
    void put(String name, Parameter parameter) {
      Slot slot = Slot.of(parameter);
      if (!learnt.containsValue(slot)) {
        put(learnt, name, slot, "parameter");
      }
    }

    /** Adds parameters by path, behind a prefix, but for those that are there by another name. */
    void putAll(String prefix, Parameters parameters) {
      parameters.paths().forEach(path -> put(prefix + path, parameters.byPath(path)));
    }

    /** Adds parameters that are one tensor in the file, unless they are there by another name. */
    void putJoined(String name, Parameter... parts) {
      Slot slot = Slot.joined(parts);
      if (!learnt.containsValue(slot)) {
        put(learnt, name, slot, "parameter");
      }
    }

    /** Adds a buffer, and returns whether it was not there by another name. */
    boolean put(String name, Buffer buffer) {
      Slot slot = Slot.of(buffer);
      boolean isNew = !remembered.containsValue(slot);
      if (isNew) {
        put(remembered, name, slot, "buffer");
      }
      return isNew;
    }

    /** Adds what a file may hold and this library does not need. */
    void putIgnored(String name, Tensor written) {
      put(remembered, name, Slot.ignored(written), "buffer");
    }

    private void put(Map<String, Slot> target, String name, Slot slot, String kind) {
      Slot other = learnt.getOrDefault(name, remembered.get(name));
      if (other != null) {
        throw new IllegalArgumentException(
            "state: the name \""
                + name
                + "\" is that of a "
                + (learnt.containsKey(name) ? "parameter" : "buffer")
                + " of shape "
                + other.shape()
                + " and of a "
                + kind
                + " of shape "
                + slot.shape()
                + "; rename one of them, or its layer");
      }
      target.put(name, slot);
    }

    StateDict build() {
      Map<String, Slot> all = new LinkedHashMap<>(learnt);
      all.putAll(remembered);
      return new StateDict(Collections.unmodifiableMap(all));
    }
  }
}
