package dev.autograd.catalogue;

import dev.autograd.Domain;
import dev.autograd.Losses;
import dev.autograd.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One public method of the library that makes a tensor from tensors. */
public final class OpMethod {

  private static final Domain EVERYWHERE;

  static {
    try {
      EVERYWHERE = OpMethod.class.getDeclaredMethod("everywhere").getAnnotation(Domain.class);
    } catch (NoSuchMethodException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Method method;

  OpMethod(Method method) {
    this.method = method;
    // The statics of Tensor and Losses stand in classes that only these can see.
    method.setAccessible(true);
  }

  @Domain
  @SuppressWarnings("unused") // carries the defaults of the annotation
  private static void everywhere() {}

  /** Returns the name, as in {@code add}. */
  public String name() {
    return method.getName();
  }

  /**
   * Returns name and parameter types, as in {@code add(double)}; a family's name stands before
   * statics.
   */
  public String signature() {
    String types =
        Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", "));
    String heir = isLoss() ? "Losses." : isStatic() ? "Tensor." : "";
    return heir + name() + "(" + types + ")";
  }

  /** Returns the numbers on which the operation is smooth. */
  Domain domain() {
    Domain own = method.getAnnotation(Domain.class);
    return own == null ? EVERYWHERE : own;
  }

  /** Returns where the operation is smooth, in words; empty if everywhere. */
  public String smoothness() {
    Domain domain = domain();
    List<String> limits = new ArrayList<>();
    if (domain.from() > Double.NEGATIVE_INFINITY) {
      limits.add("above " + number(domain.from()));
    }
    if (domain.to() < Double.POSITIVE_INFINITY) {
      limits.add("below " + number(domain.to()));
    }
    for (double point : domain.except()) {
      limits.add("except at " + number(point));
    }
    if (domain.distinct()) {
      limits.add("where no two of the numbers compared are equal");
    }
    return String.join(", ", limits);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  boolean isStatic() {
    return Modifier.isStatic(method.getModifiers());
  }

  /** Returns where the method is declared. */
  public Class<?> owner() {
    return method.getDeclaringClass();
  }

  /** Returns whether this is one of the statics of {@link Losses}. */
  boolean isLoss() {
    return owner().isAssignableFrom(Losses.class);
  }

  /** Returns whether the last parameter has this type. */
  boolean endsWith(Class<?> type) {
    Class<?>[] types = method.getParameterTypes();
    return types.length > 0 && types[types.length - 1] == type;
  }

  /** Returns whether the parameters have exactly these types. */
  boolean takes(Class<?>... types) {
    return Arrays.equals(method.getParameterTypes(), types);
  }

  /**
   * Calls the method.
   *
   * @param arguments the receiver first, unless the method is static
   */
  Tensor call(Object... arguments) {
    return (Tensor) invoke(arguments);
  }

  /** Calls a method that returns several tensors. */
  List<?> callForList(Object... arguments) {
    return (List<?>) invoke(arguments);
  }

  private Object invoke(Object... arguments) {
    try {
      return isStatic()
          ? method.invoke(null, arguments)
          : method.invoke(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(signature(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(signature(), e);
    }
  }

  @Override
  public String toString() {
    return signature();
  }
}
