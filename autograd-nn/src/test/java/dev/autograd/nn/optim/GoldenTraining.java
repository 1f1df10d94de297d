package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One recorded trajectory: a model as a list of instructions, an optimiser, losses and weights. */
final class GoldenTraining {

  private static final double TOLERANCE = 1e-9;

  private final JsonNode recorded;
  private final Map<String, Parameter> weights = new LinkedHashMap<>();
  private final Map<String, Tensor> data = new LinkedHashMap<>();

  GoldenTraining(JsonNode recorded) {
    this.recorded = recorded;
  }

  String id() {
    return recorded.path("id").asText();
  }

  String optimizer() {
    return recorded.path("op").asText();
  }

  @Override
  public String toString() {
    return id();
  }

  void check() {
    for (JsonNode input : recorded.path("inputs")) {
      String name = input.path("name").asText();
      if (input.path("grad").asBoolean()) {
        weights.put(name, Parameter.of(name, tensor(input)));
      } else {
        data.put(name, tensor(input));
      }
    }
    Optimizer optimizer = makeOptimizer();
    int steps = recorded.path("steps").asInt();
    assertThat(recorded.path("losses")).hasSize(steps + 1);
    for (int k = 1; k <= steps; k++) {
      useBatch(k - 1);
      checkLoss(k - 1, optimizer.minimize(this::loss));
      checkWeights(k);
    }
    useBatch(steps);
    checkLoss(steps, loss().item());
  }

  private void useBatch(int step) {
    JsonNode batches = recorded.path("batches");
    if (!batches.isEmpty()) {
      JsonNode batch = batches.get(step % batches.size());
      batch.fieldNames().forEachRemaining(name -> data.put(name, tensor(batch.path(name))));
    }
  }

  private void checkLoss(int step, double loss) {
    assertThat(loss)
        .as("loss after %d steps", step)
        .isCloseTo(recorded.path("losses").get(step).asDouble(), within(TOLERANCE));
  }

  private void checkWeights(int step) {
    JsonNode after = recorded.path("params_after").path(Integer.toString(step));
    after
        .fieldNames()
        .forEachRemaining(
            name ->
                assertThat(operand(name).toDoubleArray())
                    .as("%s after step %d", name, step)
                    .containsExactly(numbers(after.path(name)), within(TOLERANCE)));
  }

  // ---------------------------------------------------------------- the model

  private Tensor loss() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (JsonNode instruction : recorded.path("instrs")) {
      JsonNode names = instruction.get(2);
      Tensor[] x = new Tensor[names.size()];
      Arrays.setAll(
          x,
          i ->
              Optional.ofNullable(values.get(names.get(i).asText()))
                  .orElseGet(() -> operand(names.get(i).asText())));
      values.put(instruction.get(0).asText(), apply(instruction.get(1).asText(), x));
    }
    return Optional.ofNullable(values.get(recorded.path("out").asText())).orElseThrow();
  }

  private Tensor operand(String name) {
    Tensor found = weights.containsKey(name) ? weights.get(name) : data.get(name);
    return Optional.ofNullable(found).orElseThrow();
  }

  private static Tensor apply(String op, Tensor[] x) {
    return switch (op) {
      case "linear" -> x[0].linear(x[1], x[2]);
      case "tanh" -> x[0].tanh();
      case "sigmoid" -> x[0].sigmoid();
      case "gelu" -> x[0].gelu();
      case "bce" -> Losses.bce(x[0], x[1]);
      case "bce_with_logits" -> Losses.bceWithLogits(x[0], x[1]);
      case "mse" -> Losses.mse(x[0], x[1]);
      case "cross_entropy" -> Losses.crossEntropy(x[0], classes(x[1]));
      default -> throw new IllegalArgumentException("no op " + op);
    };
  }

  private static int[] classes(Tensor target) {
    return Arrays.stream(target.toDoubleArray()).mapToInt(value -> (int) value).toArray();
  }

  private static Tensor tensor(JsonNode node) {
    return Tensor.of(
        Shape.of(Arrays.stream(numbers(node.path("shape"))).mapToInt(d -> (int) d).toArray()),
        numbers(node.path("data")));
  }

  private static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    Arrays.setAll(values, i -> array.get(i).asDouble());
    return values;
  }

  // ---------------------------------------------------------------- the optimiser

  private Optimizer makeOptimizer() {
    double rate = hyper("lr", 0);
    return switch (optimizer()) {
      case "sgd" -> Sgd.lr(rate).weightDecay(hyper("weight_decay", 0)).over(weights.values());
      case "momentum" -> momentum(rate).over(weights.values());
      case "nesterov" -> momentum(rate).nesterov().over(weights.values());
      case "adam" -> adam(rate).over(weights.values());
      case "adamw" -> adamW(rate).over(weights.values());
      case "rmsprop" -> rmsProp(rate).over(weights.values());
      case "adagrad" -> adagrad(rate).over(weights.values());
      default -> throw new IllegalArgumentException("no optimiser " + optimizer());
    };
  }

  private Sgd momentum(double rate) {
    return Sgd.lr(rate)
        .momentum(hyper("momentum", 0))
        .dampening(hyper("dampening", 0))
        .weightDecay(hyper("weight_decay", 0));
  }

  private Adam adam(double rate) {
    Adam adam =
        Adam.lr(rate)
            .betas(hyper("beta1", 0.9), hyper("beta2", 0.999))
            .epsilon(hyper("eps", 1e-8))
            .weightDecay(hyper("weight_decay", 0));
    return recorded.path("hyper").path("amsgrad").asBoolean() ? adam.amsgrad() : adam;
  }

  private AdamW adamW(double rate) {
    return AdamW.lr(rate)
        .betas(hyper("beta1", 0.9), hyper("beta2", 0.999))
        .epsilon(hyper("eps", 1e-8))
        .weightDecay(hyper("weight_decay", 0.01));
  }

  private RmsProp rmsProp(double rate) {
    RmsProp rmsProp =
        RmsProp.lr(rate)
            .alpha(hyper("alpha", 0.99))
            .epsilon(hyper("eps", 1e-8))
            .momentum(hyper("momentum", 0))
            .weightDecay(hyper("weight_decay", 0));
    return recorded.path("hyper").path("centered").asBoolean() ? rmsProp.centered() : rmsProp;
  }

  private Adagrad adagrad(double rate) {
    return Adagrad.lr(Schedule.inverseTime(rate, hyper("lr_decay", 0)))
        .initialSum(hyper("initial_accumulator", 0))
        .epsilon(hyper("eps", 1e-10))
        .weightDecay(hyper("weight_decay", 0));
  }

  private double hyper(String name, double otherwise) {
    return recorded.path("hyper").path(name).asDouble(otherwise);
  }
}
