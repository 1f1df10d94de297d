package dev.autograd.nn;

import dev.autograd.Tensor;

/**
 * Which layers behave differently in training, as far as can be known: those whose class overrides
 * {@link Layer#forward(Tensor, Mode)} and does not say otherwise, and those that hold one.
 */
final class ModeDependence {

  private static final ClassValue<Boolean> OVERRIDES_FORWARD =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          try {
            return type.getMethod("forward", Tensor.class, Mode.class).getDeclaringClass()
                != Layer.class;
          } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is no layer", e);
          }
        }
      };

  private ModeDependence() {}

  static boolean of(Layer layer) {
    return OVERRIDES_FORWARD.get(layer.getClass())
        || layer.parameters().children().stream().anyMatch(child -> child.layer().dependsOnMode());
  }

  /** Returns if no child of a layer that does not pass the mode on depends on it. */
  static void requireNone(Layer layer) {
    for (Child child : layer.parameters().children()) {
      if (child.layer().dependsOnMode()) {
        throw new UnsupportedOperationException(
            "forward: "
                + layer.getClass().getName()
                + " was asked to train, but does not pass the mode on to \""
                + child.path()
                + "\" ("
                + child.layer().getClass().getName()
                + "), which depends on it; override forward(Tensor, Mode) and call the children"
                + " with that mode");
      }
    }
  }
}
