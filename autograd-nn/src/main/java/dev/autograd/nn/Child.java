package dev.autograd.nn;

/**
 * A layer inside another one.
 *
 * @param path what the paths of its parameters start with, as in {@code "body"}
 * @param layer the layer, whether it has parameters or not
 */
public record Child(String path, Layer layer) {

  /** Returns what a layer prints; lambdas, which print an address, are a {@code function}. */
  static String text(Layer layer) {
    return layer.getClass().isSynthetic() ? "function" : layer.toString();
  }

  /** Returns what the layer prints. */
  @Override
  public String toString() {
    return text(layer);
  }
}
