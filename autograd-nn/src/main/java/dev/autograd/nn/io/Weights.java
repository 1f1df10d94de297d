package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Layer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a model has learnt and remembers, by name, in a safetensors file. Names are the paths of
 * {@link Layer#parameters()} and {@link Layer#buffers()}; with a {@link StateDict} they are those
 * of PyTorch, or what you like.
 *
 * <pre>{@code
 * Weights.save(file, model);
 * Weights.load(file, model);
 * Weights.load(file, PyTorchNames.of(model));
 * Weights.save(file, StateDict.of(model.parameters().matching("encoder.**")));
 * }</pre>
 *
 * <p><b>Loading</b> replaces the values of an existing model, which comes from your code, or from a
 * {@link ModelFile}. All tensors are read before the first value changes, so that whatever fails
 * changes nothing. F16, BF16 and F32 are widened to the type in the model. F64 is not rounded to
 * F32 unasked: read the file, convert with {@link Tensor#to}, and use {@link
 * dev.autograd.nn.Parameters#load} and {@link dev.autograd.nn.Buffers#load}.
 *
 * <p>Files are written with a checksum ({@link Safetensors#writeChecked}), and compared with the
 * one they have.
 */
public final class Weights {

  private Weights() {}

  /**
   * Writes the parameters and buffers of a layer by path, whole or not at all.
   *
   * @throws IllegalArgumentException if a parameter and a buffer have the same path
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void save(Path file, Layer model) {
    save(file, StateDict.of(model));
  }

  /**
   * Writes a state by its names, whole or not at all.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void save(Path file, StateDict state) {
    Safetensors.writeChecked(file, state.tensors(), Map.of());
  }

  /**
   * Replaces the values of all parameters and buffers of a layer by those of the same paths in a
   * file: all of them, or none. State of a run of training stays where the file has none.
   *
   * @throws WeightsMismatchException if a name is missing or one too many, or a shape or a type
   *     does not fit
   * @throws FormatException if it is no safetensors file, or damaged
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalStateException in the middle of a sweep
   */
  public static void load(Path file, Layer model) {
    load(file, StateDict.of(model));
  }

  /**
   * Replaces the values of a state by those of the same names in a file: all of them, or none; see
   * {@link #load(Path, Layer)}.
   */
  public static void load(Path file, StateDict state) {
    try (Safetensors opened = Safetensors.open(file)) {
      opened.verify();
      WeightsReport report = compare(opened, state);
      if (!report.isComplete()) {
        throw new WeightsMismatchException(file, report);
      }
      assign(opened, state, report.fitting());
    }
  }

  /**
   * Replaces the values of those parameters and buffers of a layer that have a fitting tensor of
   * the same path in a file, and returns what did not fit.
   *
   * @throws FormatException if it is no safetensors file, or damaged
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalStateException in the middle of a sweep
   */
  public static WeightsReport loadWhatFits(Path file, Layer model) {
    return loadWhatFits(file, StateDict.of(model));
  }

  /**
   * Replaces those values of a state that have a fitting tensor of the same name in a file, and
   * returns what did not fit; see {@link #loadWhatFits(Path, Layer)}.
   */
  public static WeightsReport loadWhatFits(Path file, StateDict state) {
    try (Safetensors opened = Safetensors.open(file)) {
      opened.verify();
      WeightsReport report = compare(opened, state);
      assign(opened, state, report.fitting());
      return report;
    }
  }

  private static WeightsReport compare(Safetensors file, StateDict state) {
    List<String> fitting = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, String> misfits = new LinkedHashMap<>();
    state
        .slots()
        .forEach(
            (name, slot) -> {
              if (!file.names().contains(name)) {
                if (!slot.isOptional()) {
                  missing.add(name);
                }
              } else if (fits(file, name, slot)) {
                fitting.add(name);
              } else {
                misfits.put(name, misfit(file, name, slot));
              }
            });
    List<String> unexpected = new ArrayList<>(file.names());
    unexpected.removeAll(state.slots().keySet());
    return new WeightsReport(fitting, missing, unexpected, misfits);
  }

  private static boolean fits(Safetensors file, String name, Slot slot) {
    boolean exact =
        file.dtype(name) == slot.dtype()
            || (file.dtype(name) == DType.F32 && slot.dtype() == DType.F64);
    return exact && file.shape(name).equals(slot.shape());
  }

  private static String misfit(Safetensors file, String name, Slot slot) {
    return "is " + file.dtype(name) + file.shape(name) + ", not " + slot.dtype() + slot.shape();
  }

  private static void assign(Safetensors file, StateDict state, List<String> names) {
    Map<String, Slot> wanted = new LinkedHashMap<>(state.slots());
    wanted.keySet().retainAll(Set.copyOf(names));
    Map<Slot, Tensor> values = new LinkedHashMap<>();
    wanted.forEach((name, slot) -> values.put(slot, file.tensor(name, slot.dtype())));
    values.forEach(Slot::assign);
  }
}
