package dev.autograd.nn.io;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Parameters;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The numbers that a model has learnt, by name, in a safetensors file. Names are the parameters'
 * paths; with a map of your own they are what you like, and {@link PyTorchNames} makes one.
 *
 * <pre>{@code
 * Weights.save(file, model.parameters());
 * Weights.load(file, model.parameters());
 * }</pre>
 *
 * <p><b>Loading</b> replaces the values of existing parameters; the model comes from your code, or
 * from a {@link ModelFile}. All tensors are read before the first parameter changes, so that
 * whatever fails changes nothing. F16, BF16 and F32 are widened to the parameter's type. F64 is not
 * rounded to F32 unasked: read the file, convert with {@link Tensor#to}, and use {@link
 * Parameters#load}.
 */
public final class Weights {

  private Weights() {}

  /**
   * Writes parameters by path, whole or not at all.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void save(Path file, Parameters parameters) {
    save(file, byPath(parameters));
  }

  /**
   * Writes tensors by name, whole or not at all.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void save(Path file, Map<String, ? extends Tensor> tensors) {
    Safetensors.write(file, tensors);
  }

  /**
   * Replaces the values of all parameters by those of the same paths in a file.
   *
   * @throws WeightsMismatchException if a name is missing or one too many, or a shape or a type
   *     does not fit
   * @throws FormatException if it is no safetensors file
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalStateException in the middle of a sweep
   */
  public static void load(Path file, Parameters parameters) {
    load(file, byPath(parameters));
  }

  /**
   * Replaces the values of all parameters by those of the same names in a file; see {@link
   * #load(Path, Parameters)}.
   */
  public static void load(Path file, Map<String, Parameter> parameters) {
    try (Safetensors opened = Safetensors.open(file)) {
      WeightsReport report = compare(opened, parameters);
      if (!report.isComplete()) {
        throw new WeightsMismatchException(file, report);
      }
      assign(opened, parameters, report.fitting());
    }
  }

  /**
   * Replaces the values of those parameters that have a fitting tensor of the same path in a file,
   * and returns what did not fit.
   *
   * @throws FormatException if it is no safetensors file
   * @throws UncheckedIOException if it cannot be read
   * @throws IllegalStateException in the middle of a sweep
   */
  public static WeightsReport loadWhatFits(Path file, Parameters parameters) {
    return loadWhatFits(file, byPath(parameters));
  }

  /**
   * Replaces the values of those parameters that have a fitting tensor of the same name in a file,
   * and returns what did not fit; see {@link #loadWhatFits(Path, Parameters)}.
   */
  public static WeightsReport loadWhatFits(Path file, Map<String, Parameter> parameters) {
    try (Safetensors opened = Safetensors.open(file)) {
      WeightsReport report = compare(opened, parameters);
      assign(opened, parameters, report.fitting());
      return report;
    }
  }

  private static Map<String, Parameter> byPath(Parameters parameters) {
    Map<String, Parameter> byPath = new LinkedHashMap<>();
    parameters.paths().forEach(path -> byPath.put(path, parameters.byPath(path)));
    return byPath;
  }

  private static WeightsReport compare(Safetensors file, Map<String, Parameter> parameters) {
    List<String> fitting = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, String> misfits = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          if (!file.names().contains(name)) {
            missing.add(name);
          } else if (fits(file, name, parameter)) {
            fitting.add(name);
          } else {
            misfits.put(
                name,
                "is "
                    + file.dtype(name)
                    + file.shape(name)
                    + ", not "
                    + parameter.dtype()
                    + parameter.shape());
          }
        });
    List<String> unexpected = new ArrayList<>(file.names());
    unexpected.removeAll(parameters.keySet());
    return new WeightsReport(fitting, missing, unexpected, misfits);
  }

  private static boolean fits(Safetensors file, String name, Parameter parameter) {
    boolean exact =
        file.dtype(name) == parameter.dtype()
            || (file.dtype(name) == DType.F32 && parameter.dtype() == DType.F64);
    return exact && file.shape(name).equals(parameter.shape());
  }

  private static void assign(
      Safetensors file, Map<String, Parameter> parameters, List<String> names) {
    Map<String, Parameter> wanted = new LinkedHashMap<>(parameters);
    wanted.keySet().retainAll(Set.copyOf(names));
    Map<Parameter, Tensor> values = new LinkedHashMap<>();
    wanted.forEach(
        (name, parameter) -> values.put(parameter, file.tensor(name, parameter.dtype())));
    values.forEach(Parameter::assign);
  }
}
