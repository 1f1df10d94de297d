package dev.autograd.nn;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The parameters of a model, in order, each once, each with a path: {@code "0.weight"}, {@code
 * "enc.1.bias"}.
 *
 * <p>A parameter that several layers share is listed at its first path only, so that it is counted,
 * saved and updated once. The list is immutable; {@link #freeze}, {@link #unfreeze}, {@link
 * #zeroGrad} and {@link #load} change the parameters in it.
 */
public final class Parameters implements Iterable<Parameter> {

  private static final Parameters NONE = new Parameters(Map.of(), List.of());

  private final Map<String, Parameter> byPath;
  private final List<Child> children;

  private Parameters(Map<String, Parameter> byPath, List<Child> children) {
    this.byPath = byPath;
    this.children = children;
  }

  // ---------------------------------------------------------------- building

  /** Returns no parameters. */
  public static Parameters none() {
    return NONE;
  }

  /**
   * Returns those of the tensors that are parameters, with their names as paths; tensors that are
   * not are left out, as a layer rebuilt by {@link Layer#map} holds.
   *
   * @throws IllegalArgumentException if a parameter has no name, or two have the same
   */
  public static Parameters of(Tensor... tensors) {
    Map<String, Parameter> found = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      if (tensor instanceof Parameter parameter) {
        if (parameter.name().isEmpty()) {
          throw new IllegalArgumentException(
              "parameters: a parameter of shape "
                  + parameter.shape()
                  + " has no name, which would be its path; give one in Parameter.of(name, …)");
        }
        put(found, parameter.name(), parameter);
      }
    }
    return new Parameters(found, List.of());
  }

  /**
   * Returns parameters at paths of your choice, in the order of the map; one that is at several
   * paths is listed at the first.
   */
  public static Parameters of(Map<String, Parameter> byPath) {
    Map<String, Parameter> found = new LinkedHashMap<>();
    byPath.forEach((path, parameter) -> put(found, path, parameter));
    return new Parameters(found, List.of());
  }

  /**
   * Returns these and a layer's parameters, at {@code prefix + "." + path}.
   *
   * @throws IllegalArgumentException if the prefix is empty, or a path is already another
   *     parameter's
   */
  public Parameters and(String prefix, Layer layer) {
    return and(prefix, layer.parameters(), List.of(new Child(prefix, layer)));
  }

  /**
   * Returns these and others, at {@code prefix + "." + path}.
   *
   * @throws IllegalArgumentException if the prefix is empty, or a path is already another
   *     parameter's
   */
  public Parameters and(String prefix, Parameters others) {
    List<Child> below = new ArrayList<>();
    for (Child child : others.children) {
      below.add(new Child(prefix + "." + child.path(), child.layer()));
    }
    return and(prefix, others, below);
  }

  private Parameters and(String prefix, Parameters others, List<Child> entering) {
    if (prefix.isEmpty()) {
      throw new IllegalArgumentException("and: the prefix is empty; name the part it stands for");
    }
    Map<String, Parameter> joined = new LinkedHashMap<>(byPath);
    others.byPath.forEach((path, parameter) -> put(joined, prefix + "." + path, parameter));
    List<Child> all = new ArrayList<>(children);
    all.addAll(entering);
    return new Parameters(joined, List.copyOf(all));
  }

  private static void put(Map<String, Parameter> target, String path, Parameter parameter) {
    if (target.containsValue(parameter)) {
      return;
    }
    Parameter before = target.putIfAbsent(path, parameter);
    if (before != null) {
      throw new IllegalArgumentException(
          "parameters: two different ones have the path \""
              + path
              + "\", of shapes "
              + before.shape()
              + " and "
              + parameter.shape()
              + "; give them different names, or enter their layers with different prefixes");
    }
  }

  // ---------------------------------------------------------------- selecting

  /**
   * Returns those whose whole path matches a pattern, in which {@code *} stands for any characters
   * but dots, {@code **} for any, and all else for itself: {@code "encoder.**"}, {@code
   * "*.weight"}. A shared parameter is matched by its first path.
   */
  public Parameters matching(String glob) {
    Pattern pattern = Glob.compile(glob);
    return where(path -> pattern.matcher(path).matches());
  }

  /** Returns those whose path does not match a pattern; see {@link #matching}. */
  public Parameters except(String glob) {
    Pattern pattern = Glob.compile(glob);
    return where(path -> !pattern.matcher(path).matches());
  }

  private Parameters where(Predicate<String> wanted) {
    Map<String, Parameter> selected = new LinkedHashMap<>(byPath);
    selected.keySet().removeIf(wanted.negate());
    return new Parameters(selected, children);
  }

  /**
   * Returns the parameter at a path.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Parameter byPath(String path) {
    Parameter parameter = byPath.get(path);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "byPath: there is no parameter \"" + path + "\"; there are " + byPath.keySet());
    }
    return parameter;
  }

  /** Returns the paths, in order. */
  public List<String> paths() {
    return List.copyOf(byPath.keySet());
  }

  @Override
  public Iterator<Parameter> iterator() {
    return Collections.unmodifiableCollection(byPath.values()).iterator();
  }

  /** Returns the number of parameters: tensors, not numbers. */
  public int size() {
    return byPath.size();
  }

  /** Returns the number of numbers in all parameters. */
  public int count() {
    int total = 0;
    for (Parameter parameter : this) {
      total = Math.addExact(total, parameter.size());
    }
    return total;
  }

  /**
   * Returns the layers that entered with {@link #and(String, Layer)}, with or without parameters.
   */
  List<Child> children() {
    return children;
  }

  // ---------------------------------------------------------------- changing

  /** Stops their training; see {@link Parameter#freeze()}. */
  public void freeze() {
    forEach(Parameter::freeze);
  }

  /** Resumes their training. */
  public void unfreeze() {
    forEach(Parameter::unfreeze);
  }

  /** Removes their gradients; see {@link Tensor#zeroGrad()}. */
  public void zeroGrad() {
    forEach(Parameter::zeroGrad);
  }

  /** Returns copies of the current values, by path, in order; no tape owns them. */
  public Map<String, Tensor> snapshot() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    byPath.forEach((path, parameter) -> copies.put(path, StoredValues.copy(parameter)));
    return Collections.unmodifiableMap(copies);
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
    StoredValues.replacing(byPath, values).forEach((path, value) -> byPath(path).assign(value));
  }

  /** Returns one line per parameter, {@code 0.weight F64[16, 2]}, and their number. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    byPath.forEach(
        (path, parameter) ->
            text.append(path)
                .append(' ')
                .append(parameter.dtype())
                .append(parameter.shape())
                .append(parameter.frozen() ? " frozen" : "")
                .append(System.lineSeparator()));
    return text.append(count())
        .append(" numbers in ")
        .append(size())
        .append(" parameters")
        .toString();
  }
}
