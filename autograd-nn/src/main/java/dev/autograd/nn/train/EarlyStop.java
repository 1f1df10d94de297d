package dev.autograd.nn.train;

import dev.autograd.Tensor;
import dev.autograd.nn.Layer;
import dev.autograd.nn.optim.MovingAverage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a run remembers for {@link EarlyStopping}: the best epoch, and its weights. */
final class EarlyStop implements Callback {

  private static final String BEST = "best";
  private static final String BEST_EPOCH = "epoch";
  private static final String OTHERS = "others";

  private final EarlyStopping rule;
  private final StateParts weights;
  private double best;
  private int bestEpoch;
  private int others;
  private Map<String, Tensor> bestWeights = Map.of();

  EarlyStop(EarlyStopping rule, Layer model, Optional<MovingAverage> average) {
    this.rule = rule;
    weights = StateParts.ofModel(model).and(average);
    best = rule.worst();
  }

  @Override
  public void afterEpoch(Training training) {
    Epoch epoch = training.history().last();
    double measured = epoch.value(rule.value());
    if (rule.improves(measured, best)) {
      best = measured;
      bestEpoch = epoch.number();
      others = 0;
      if (rule.restoresBest()) {
        bestWeights = weights.snapshot();
      }
      return;
    }
    others++;
    if (others >= rule.patience()) {
      training.stop(
          '"'
              + rule.value()
              + "\" has not improved for "
              + others
              + (others == 1 ? " epoch" : " epochs")
              + (bestEpoch == 0 ? "" : "; its best was " + best + ", in epoch " + bestEpoch));
    }
  }

  @Override
  public void afterRun(Training training) {
    History.End end = training.history().end();
    boolean over = end == History.End.COMPLETED || end == History.End.STOPPED;
    if (over && !bestWeights.isEmpty()) {
      weights.load(bestWeights);
    }
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(BEST, Tensor.scalar(best));
    state.put(BEST_EPOCH, Tensor.scalar((double) bestEpoch));
    state.put(OTHERS, Tensor.scalar((double) others));
    bestWeights.forEach((name, value) -> state.put(name, value));
    return state;
  }

  @Override
  public void load(Map<String, Tensor> state) {
    Map<String, Tensor> left = new LinkedHashMap<>(state);
    best = number(left, BEST);
    bestEpoch = (int) number(left, BEST_EPOCH);
    others = (int) number(left, OTHERS);
    bestWeights = left;
  }

  private static double number(Map<String, Tensor> state, String name) {
    return Objects.requireNonNull(state.remove(name), name).item();
  }
}
