package dev.autograd.benchmarks.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;

/**
 * DJL's native Adam step, made to compute what PyTorch and the paper do. DJL adds ε to the root of
 * the second moment before that is corrected for its bias, and so arrives at other weights; given
 * {@code ε √(1 - β₂ᵗ)} instead of ε it does the same as they do, at the same cost.
 */
final class DjlAdam {

  private static final double RATE = 1e-4;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final NDManager manager;
  private final Map<NDArray, NDArray[]> moments = new HashMap<>();
  private int steps;

  /** Returns an optimiser whose memory belongs to a manager. */
  DjlAdam(NDManager manager) {
    this.manager = manager;
  }

  /** Says that the next updates belong to the next step. */
  void begin() {
    steps++;
  }

  /** Changes a parameter, and clears its gradient. */
  void update(NDArray parameter, NDArray gradient) {
    NDArray[] of = moments.computeIfAbsent(parameter, this::zeros);
    double first = 1 - Math.pow(BETA1, steps);
    double root = Math.sqrt(1 - Math.pow(BETA2, steps));
    parameter
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(parameter, gradient, of[0], of[1]),
            new NDList(parameter),
            (float) RATE,
            (float) (RATE * root / first),
            0,
            1,
            -1,
            (float) BETA1,
            (float) BETA2,
            (float) (EPSILON * root),
            true,
            false);
  }

  private NDArray[] zeros(NDArray parameter) {
    NDArray[] pair = {parameter.zerosLike(), parameter.zerosLike()};
    for (NDArray moment : pair) {
      moment.attach(manager);
    }
    return pair;
  }
}
