package dev.autograd.catalogue;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every operation of the library, found by reflection, with the calls it is tested by. A new
 * operation appears here by itself; if no family can make cases for it, {@link CatalogueTest}
 * fails.
 */
public final class Catalogue {

  /** What makes a tensor from tensors and still is no operation to be tested here. */
  static final Map<String, String> EXEMPT =
      Map.ofEntries(
          Map.entry("Tensor.custom(String, Tensor, Tensor, Pullback)", "the user's derivative"),
          Map.entry("Tensor.custom(String, Tensor, Tensor, WithOutput)", "the user's derivative"),
          Map.entry(
              "Tensor.custom(String, Tensor, Tensor, Pullback, Tensor, Pullback)",
              "the user's derivative"),
          Map.entry(
              "Tensor.custom(String, Tensor, Tensor, WithOutput, Tensor, WithOutput)",
              "the user's derivative"),
          Map.entry("Tensor.custom(String, Tensor, List, List)", "the user's derivative"),
          Map.entry("withAttribute(String, Object)", "returns the same tensor"),
          Map.entry("detach()", "cuts the graph on purpose"),
          Map.entry("keep()", "cuts the graph on purpose"),
          Map.entry("withGrad()", "makes a leaf"),
          Map.entry("retainGrad()", "returns the same tensor"),
          Map.entry("named(String)", "returns the same tensor"),
          Map.entry("map(DoubleUnaryOperator)", "has no derivative by contract"),
          Map.entry("grad()", "reads a stored gradient"));

  private static final List<Function<OpMethod, Stream<OpCase>>> FAMILIES =
      List.of(
          ElementwiseCases::of,
          SelectionCases::of,
          ReductionCases::of,
          StatisticsCases::of,
          LinearAlgebraCases::of,
          EinsumCases::of,
          MatrixPartsCases::of,
          ShapingCases::of,
          ArrangingCases::of,
          IndexingCases::of,
          JoiningCases::of,
          NormalizationCases::of,
          AttentionCases::of,
          LossCases::of,
          DistanceLossCases::of);

  private static final List<OpMethod> METHODS = findMethods();
  private static final List<OpCase> CASES = METHODS.stream().flatMap(Catalogue::makeCases).toList();

  private Catalogue() {}

  /** Returns every public method that makes a tensor from tensors, exempt ones included. */
  static List<OpMethod> methods() {
    return METHODS;
  }

  /** Returns all calls, operation by operation. */
  public static List<OpCase> cases() {
    return CASES;
  }

  /** Returns the calls of one method. */
  static List<OpCase> casesOf(OpMethod op) {
    return CASES.stream().filter(c -> c.op() == op).toList();
  }

  /** Returns the methods that have cases whose results have derivatives. */
  static Stream<OpMethod> differentiable() {
    return METHODS.stream()
        .filter(op -> !ElementwiseCases.isComparison(op))
        .filter(op -> !op.name().startsWith("arg") && !op.name().equals("oneHot"))
        .filter(op -> !casesOf(op).isEmpty());
  }

  private static Stream<OpCase> makeCases(OpMethod op) {
    return FAMILIES.stream().flatMap(family -> family.apply(op));
  }

  private static List<OpMethod> findMethods() {
    List<Class<?>> owners = new ArrayList<>(Arrays.asList(Tensor.class.getInterfaces()));
    for (Class<?> heir : List.of(Tensor.class, Losses.class)) {
      for (Class<?> type = heir; type != Object.class; type = type.getSuperclass()) {
        owners.add(type);
      }
    }
    return owners.stream()
        .flatMap(owner -> Arrays.stream(owner.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .filter(Catalogue::makesTensorFromTensors)
        .map(OpMethod::new)
        .sorted(Comparator.comparing(OpMethod::signature))
        .toList();
  }

  private static boolean makesTensorFromTensors(Method method) {
    boolean returnsTensors =
        method.getReturnType() == Tensor.class
            || (method.getReturnType() == List.class
                && method.getGenericReturnType().getTypeName().contains(Tensor.class.getName()));
    boolean readsTensors =
        !Modifier.isStatic(method.getModifiers())
            || Arrays.stream(method.getGenericParameterTypes())
                .anyMatch(type -> type.getTypeName().contains(Tensor.class.getName()));
    return returnsTensors && readsTensors;
  }
}
