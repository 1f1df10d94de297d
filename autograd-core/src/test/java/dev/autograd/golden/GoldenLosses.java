package dev.autograd.golden;

import dev.autograd.LossOptions;
import dev.autograd.Losses;
import java.util.Map;

/** The losses beside those of binary and class labels. */
final class GoldenLosses {

  private GoldenLosses() {}

  static void addTo(Map<String, GoldenOps.Op> table) {
    table.put("l1", (in, a) -> Losses.l1(in.get(0), in.get(1), a.reduction()));
    table.put(
        "huber",
        (in, a) -> Losses.huber(in.get(0), in.get(1), a.number("delta", 1), a.reduction()));
    table.put(
        "smooth_l1",
        (in, a) -> Losses.smoothL1(in.get(0), in.get(1), a.number("beta", 1), a.reduction()));
    table.put(
        "kl_div",
        (in, a) -> {
          LossOptions options = LossOptions.of(a.reduction());
          if (a.flag("log_target")) {
            options = options.targetInLogarithms();
          }
          return Losses.klDiv(in.get(0), in.get(1), options);
        });
    table.put(
        "nll",
        (in, a) -> {
          LossOptions options = LossOptions.of(a.reduction());
          if (in.size() > 2) {
            options = options.weight(in.get(2));
          }
          if (a.has("ignore_index")) {
            options = options.ignoreIndex(a.integer("ignore_index"));
          }
          return Losses.nll(in.get(0), in.get(1), options);
        });
  }
}
