package dev.autograd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a sweep starts with: the gradient of each root with respect to itself, or the user's. */
final class Seeds {

  private Seeds() {}

  /**
   * Returns one seed per root.
   *
   * @param asked the call, for messages
   */
  static List<Tensor> of(String asked, Collection<Tensor> roots, GradOptions options) {
    List<Tensor> seeds = new ArrayList<>(roots.size());
    for (Tensor root : roots) {
      if (!root.requiresGrad()) {
        throw new NotTrackedException(
            asked
                + ": the output is not tracked ("
                + root.describe()
                + "): nothing it was computed from has withGrad(), or detach() or noGrad() cut the"
                + " graph");
      }
      root.requireReadable();
      if (options.seed().isPresent()) {
        seeds.add(checked(asked, root, options.seed().get()));
      } else if (root.size() == 1) {
        seeds.add(one(root));
      } else {
        throw new ShapeException(
            asked
                + ": the output has shape "
                + root.shape()
                + "; pass a seed, or reduce it to a scalar with sum() or mean()");
      }
    }
    return seeds;
  }

  private static Tensor one(Tensor root) {
    if (root.isNumber()) {
      return Allocation.number(root.dtype(), 1);
    }
    return Allocation.tensor(Factories.full(root.dtype(), 1, root.shape()).array());
  }

  private static Tensor checked(String asked, Tensor root, Tensor seed) {
    if (!seed.shape().equals(root.shape())) {
      throw new ShapeException(
          asked
              + ": the output has shape "
              + root.shape()
              + " and the seed "
              + seed.shape()
              + "; they must be equal");
    }
    if (seed.dtype() != root.dtype()) {
      throw new DTypeException(
          asked
              + ": the output is "
              + root.dtype()
              + " and the seed "
              + seed.dtype()
              + "; convert the seed with to("
              + root.dtype()
              + ")");
    }
    return seed;
  }
}
