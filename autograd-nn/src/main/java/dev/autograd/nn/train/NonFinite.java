package dev.autograd.nn.train;

import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.data.Examples;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where the numbers of a model and of what it is given are NaN or infinite, in words. */
final class NonFinite {

  private final Map<Tensor, String> paths = new HashMap<>();
  private final Parameters parameters;

  NonFinite(Layer model) {
    parameters = model.parameters();
    parameters.paths().forEach(path -> paths.put(parameters.byPath(path), path));
  }

  /** Returns the first gradient that is not finite. */
  Optional<String> gradient(Gradients gradients) {
    for (Tensor input : gradients.inputs()) {
      String bad = gradients.reached(input) ? count(gradients.of(input)) : "";
      if (!bad.isEmpty()) {
        String path = paths.getOrDefault(input, input.name());
        return Optional.of("of the gradient of \"" + path + "\" " + bad);
      }
    }
    return Optional.empty();
  }

  /** Returns the first parameter that is not finite. */
  Optional<String> parameter() {
    for (Parameter parameter : parameters) {
      String bad = count(parameter);
      if (!bad.isEmpty()) {
        return Optional.of(
            "of the parameter \"" + paths.get(parameter) + "\" " + bad + " since an earlier step");
      }
    }
    return Optional.empty();
  }

  /** Returns which tensor of a batch is not finite. */
  static Optional<String> batch(Object batch) {
    if (batch instanceof Examples examples) {
      return given("the inputs", examples.inputs())
          .or(() -> given("the targets", examples.targets()));
    }
    return batch instanceof Tensor tensor ? given("the batch", tensor) : Optional.empty();
  }

  private static Optional<String> given(String what, Tensor tensor) {
    String bad = tensor.dtype().isFloating() ? count(tensor) : "";
    return bad.isEmpty() ? Optional.empty() : Optional.of("of " + what + " " + bad);
  }

  /** Returns how many elements are NaN or infinite; empty if all are finite. */
  private static String count(Tensor tensor) {
    int nan = 0;
    int infinite = 0;
    for (double element : tensor.toDoubleArray()) {
      nan += Double.isNaN(element) ? 1 : 0;
      infinite += Double.isInfinite(element) ? 1 : 0;
    }
    return nan + infinite == 0
        ? ""
        : nan + " of " + tensor.size() + " elements are NaN and " + infinite + " infinite";
  }
}
