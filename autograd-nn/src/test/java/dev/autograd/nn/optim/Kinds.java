package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Every optimiser and every variant that has arithmetic of its own, with unusual settings. */
final class Kinds {

  private static final double RATE = 0.05;

  private Kinds() {}

  static Map<String, Function<Iterable<Parameter>, Optimizer>> all() {
    Map<String, Function<Iterable<Parameter>, Optimizer>> kinds = new LinkedHashMap<>();
    kinds.put("sgd", Sgd.lr(Schedule.cosine(0.1, 30)).weightDecay(0.01)::over);
    kinds.put("momentum", Sgd.lr(RATE).momentum(0.9).dampening(0.1)::over);
    kinds.put("nesterov", Sgd.lr(RATE).momentum(0.9).nesterov().weightDecay(0.01)::over);
    kinds.put("adagrad", Adagrad.lr(RATE).initialSum(0.1).weightDecay(0.01)::over);
    kinds.put("rmsProp", RmsProp.lr(RATE).alpha(0.9)::over);
    kinds.put("rmsProp momentum", RmsProp.lr(RATE).momentum(0.5).weightDecay(0.01)::over);
    kinds.put("rmsProp centered", RmsProp.lr(RATE).alpha(0.9).epsilon(0.1).centered()::over);
    kinds.put(
        "rmsProp centered momentum",
        RmsProp.lr(RATE).alpha(0.9).epsilon(0.1).momentum(0.5).centered()::over);
    kinds.put("adam", Adam.lr(Schedule.constant(RATE).warmup(20))::over);
    kinds.put("amsgrad", Adam.lr(RATE).betas(0.9, 0.9).amsgrad()::over);
    kinds.put("adamW", AdamW.lr(RATE).weightDecay(0.2)::over);
    kinds.put("adamW amsgrad", AdamW.lr(RATE).betas(0.9, 0.9).amsgrad()::over);
    kinds.put("adamax", Adamax.lr(RATE).betas(0.8, 0.9).weightDecay(0.01)::over);
    kinds.put("nadam", NAdam.lr(RATE).momentumDecay(0.1).weightDecay(0.01)::over);
    kinds.put("lion", Lion.lr(0.01).weightDecay(0.2)::over);
    return kinds;
  }
}
