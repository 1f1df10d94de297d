package dev.autograd.nn.optim;

import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradients of several losses, added up in place: their sum needs the memory of one, however many
 * there are, and no tape owns it.
 */
final class GradientSum {

  private final Map<Parameter, Parameter> sums = new LinkedHashMap<>();

  void add(Gradients gradients) {
    List<Update> additions = new ArrayList<>();
    for (Tensor input : gradients.inputs()) {
      if (input instanceof Parameter p && gradients.reached(p)) {
        Tensor g = gradients.of(p);
        Parameter sum = sums.get(p);
        if (sum == null) {
          sums.put(p, Parameter.of(p.name(), g));
        } else {
          additions.add(Update.of(sum, g, -1, 0)); // a descent at rate -1 adds
        }
      }
    }
    Parameter.update(additions);
  }

  /** Returns the sums of the parameters that any of the losses reached. */
  Gradients total() {
    return Gradients.from(sums);
  }
}
