package dev.autograd.nn.train;

import dev.autograd.Autograd;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.nn.Layer;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.data.Loading;
import dev.autograd.nn.metrics.Metric;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What is measured of a model on data it does not learn from: its outputs are computed once per
 * batch, in inference and without recording, and every measure sees them. Immutable.
 *
 * <pre>{@code
 * Validation<Examples> validation =
 *     Validation.of(DataLoader.of(heldOut, 256))
 *         .loss("held-out loss", (y, b) -> Losses.crossEntropy(y, b.targets()))
 *         .metric("accuracy", Accuracy.of(Classes::ofScores), Examples::targets);
 * Map<String, Double> values = validation.measure(model);
 * }</pre>
 *
 * @param <B> the class of batches
 */
public final class Validation<B> {

  private final DataLoader<B> data;
  private final BiFunction<Layer, B, Tensor> outputs;
  private final Batching<B> batching;
  private final Map<String, Measure<B>> measures;

  private Validation(
      DataLoader<B> data,
      BiFunction<Layer, B, Tensor> outputs,
      Batching<B> batching,
      Map<String, Measure<B>> measures) {
    this.data = data;
    this.outputs = outputs;
    this.batching = batching;
    this.measures = measures;
  }

  /** Returns a validation, without measures yet, of the outputs for the inputs of examples. */
  public static Validation<Examples> of(DataLoader<Examples> data) {
    return of(data, (model, batch) -> model.forward(batch.inputs()));
  }

  /**
   * Returns a validation, without measures yet.
   *
   * @param outputs what a model makes of a batch
   */
  public static <B> Validation<B> of(DataLoader<B> data, BiFunction<Layer, B, Tensor> outputs) {
    return new Validation<>(data, outputs, new StandardBatching<>(), Map.of());
  }

  /** Returns this with another way to count the rows of batches; needed for classes of yours. */
  public Validation<B> batching(Batching<B> rows) {
    return new Validation<>(data, outputs, rows, measures);
  }

  /**
   * Returns this with a loss, whose mean over all rows is the value.
   *
   * @param name what it is called in the {@link History}
   * @param loss the mean loss of a batch's rows, one number, of its outputs and the batch
   * @throws IllegalArgumentException if the name is taken, empty or no line of Unicode
   */
  public Validation<B> loss(String name, BiFunction<Tensor, B, Tensor> loss) {
    return measure(name, new MeanOverRows<>(loss));
  }

  /**
   * Returns this with a metric, such as {@code Accuracy.of(Classes::ofScores)}.
   *
   * @param name what it is called in the {@link History}
   * @param metric the metric of no rows
   * @param targets what is true for each row of a batch
   * @throws IllegalArgumentException if the name is taken, empty or no line of Unicode
   */
  public <M extends Metric<M>> Validation<B> metric(
      String name, M metric, Function<B, Tensor> targets) {
    return measure(name, new MetricMeasure<>(metric, targets));
  }

  /**
   * Returns this with a measure of yours.
   *
   * @param name what it is called in the {@link History}
   * @throws IllegalArgumentException if the name is taken, empty or no line of Unicode
   */
  public Validation<B> measure(String name, Measure<B> measure) {
    Map<String, Measure<B>> all = new LinkedHashMap<>(measures);
    // Half a surrogate pair could not be written to the history, nor to a checkpoint.
    boolean isText = StandardCharsets.UTF_8.newEncoder().canEncode(name);
    boolean isLine = !name.isBlank() && name.chars().noneMatch(c -> c == '\n' || c == '\r');
    boolean taken = Epoch.COLUMNS.contains(name) || measures.containsKey(name);
    if (!isText || !isLine || taken) {
      throw new IllegalArgumentException(
          "Validation: \""
              + name
              + "\" cannot be the name of a measure: it must be one line of Unicode, and none of "
              + Epoch.COLUMNS
              + " and the other names "
              + measures.keySet());
    }
    all.put(name, measure);
    return new Validation<>(data, outputs, batching, all);
  }

  /** Returns the names of the measures, in order. */
  List<String> names() {
    return List.copyOf(measures.keySet());
  }

  /** Returns the values for a model, by name, in order. */
  public Map<String, Double> measure(Layer model) {
    return measure(model, () -> false).orElseThrow();
  }

  /** Returns the values for a model; nothing if it was asked to stop before the last batch. */
  Optional<Map<String, Double>> measure(Layer model, BooleanSupplier stops) {
    List<Measure.Sum<B>> sums = new ArrayList<>();
    measures.values().forEach(measure -> sums.add(measure.begin()));
    // Any epoch has the same rows.
    try (Loading<B> batches = data.epoch(1)) {
      while (batches.hasNext()) {
        if (stops.getAsBoolean()) {
          return Optional.empty();
        }
        Optional<B> batch = Interruption.unlessInterrupted(batches::next);
        if (batch.isEmpty()) {
          return Optional.empty();
        }
        Tape.scope(() -> Autograd.noGrad(() -> add(batch.get(), model, sums)));
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    int i = 0;
    for (String name : measures.keySet()) {
      values.put(name, sums.get(i++).value());
    }
    return Optional.of(values);
  }

  private void add(B batch, Layer model, List<Measure.Sum<B>> sums) {
    Tensor y = outputs.apply(model, batch);
    sums.forEach(sum -> sum.add(y, batch, batching.rows(batch)));
  }
}
