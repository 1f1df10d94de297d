package dev.autograd.nn.train;

import dev.autograd.Tensor;
import dev.autograd.nn.Layer;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.optim.MovingAverage;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.PlateauSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The training loop: epochs over the batches of a loader, a step of an optimiser for each, and what
 * one wants to happen around it. Immutable: each setting returns another trainer; {@link #run}
 * trains.
 *
 * <pre>{@code
 * History history =
 *     Trainer.of(
 *             model,
 *             Adam.lr(1e-3).over(model.parameters()),
 *             (Examples b) ->
 *                 Losses.crossEntropy(model.forward(b.inputs(), Mode.TRAINING), b.targets()))
 *         .validate(
 *             Validation.of(heldOut)
 *                 .loss("held-out loss", (y, b) -> Losses.crossEntropy(y, b.targets())))
 *         .stopEarly(EarlyStopping.on("held-out loss").patience(5))
 *         .checkpoint(Checkpoints.in(Path.of("run.safetensors")).everySteps(500))
 *         .resume()
 *         .callback(Progress.of(System.out::println))
 *         .run(DataLoader.of(data, 64).shuffle(42), 20);
 * }</pre>
 *
 * <p><b>All or nothing.</b> A step whose loss, gradients or update fail changes neither parameters
 * nor what layers remember; only what a layer of yours throws in a {@link
 * dev.autograd.nn.TrainingPass#effect} comes too late for that. A loss or a gradient that is NaN or
 * infinite ends the run by a {@link DivergenceException}, which says where it came from.
 *
 * <p><b>Exact resume.</b> With {@link #checkpoint} and {@link #resume}, a run that was killed at
 * any moment and started again ends with the same bits in weights, buffers, optimiser and history
 * (but for its seconds) as one that was not. This holds if all randomness comes from the loader's
 * seed and from layers that keep their state in {@linkplain Layer#buffers() buffers}, as the
 * library's do; a random generator that a loss draws from has no state that could be saved.
 *
 * <p><b>Interruption.</b> When the virtual machine shuts down (Ctrl-C) or the thread is
 * interrupted, the run ends after its present step, or batch of validation, writes its checkpoint
 * and a line on how to go on ({@link #messages}), and returns. The shutdown waits for that, 30
 * seconds at most: for that long in vain if a callback calls {@code System.exit}, so let it {@link
 * Training#stop} the run. A thread's interrupt stays set.
 *
 * <p><b>Data-parallel training.</b> {@link #shards} cuts each batch into so many parts, whose
 * gradients are computed by several {@link #threads}. The gradient is that of the batch's mean,
 * summed in the order of the shards, so that it has the same bits for any number of threads. Layers
 * see one shard at a time: a {@link dev.autograd.nn.BatchNorm} normalises each by itself, and
 * random draws are numbered by shard (see {@link dev.autograd.nn.TrainingPass}). The loss must be
 * safe to call on several threads: a layer or a loss of yours that changes something must do so
 * through {@code TrainingPass}.
 *
 * @param <B> the class of batches
 */
public final class Trainer<B> {

  private final Layer model;
  private final Optimizer optimizer;
  private final Function<B, Tensor> loss;

  // Each setting changes a copy that nobody else has seen yet.
  private Batching<B> batching = new StandardBatching<>();
  private List<Validation<?>> validations = List.of();
  private List<Callback> callbacks = List.of();
  private Optional<EarlyStopping> earlyStopping = Optional.empty();
  private List<PlateauRule> plateaus = List.of();
  private Optional<MovingAverage> average = Optional.empty();
  private Optional<Checkpoints> checkpoints = Optional.empty();
  private boolean resuming;
  private int shards = 1;
  private int threads;
  private int accumulated = 1;
  private Consumer<String> messages = System.err::println;

  private Trainer(Layer model, Optimizer optimizer, Function<B, Tensor> loss) {
    this.model = model;
    this.optimizer = optimizer;
    this.loss = loss;
  }

  private Trainer(Trainer<B> other) {
    this(other.model, other.optimizer, other.loss);
    batching = other.batching;
    validations = other.validations;
    callbacks = other.callbacks;
    earlyStopping = other.earlyStopping;
    plateaus = other.plateaus;
    average = other.average;
    checkpoints = other.checkpoints;
    resuming = other.resuming;
    shards = other.shards;
    threads = other.threads;
    accumulated = other.accumulated;
    messages = other.messages;
  }

  /**
   * Returns a trainer.
   *
   * @param model what checkpoints hold and validations measure
   * @param optimizer makes the steps
   * @param loss the mean loss of a batch's rows, one number, in {@link
   *     dev.autograd.nn.Mode#TRAINING}
   */
  public static <B> Trainer<B> of(Layer model, Optimizer optimizer, Function<B, Tensor> loss) {
    return new Trainer<>(model, optimizer, loss);
  }

  private Trainer<B> with(Consumer<Trainer<B>> setting) {
    Trainer<B> copy = new Trainer<>(this);
    setting.accept(copy);
    return copy;
  }

  private static <T> List<T> and(List<T> before, T one) {
    List<T> all = new ArrayList<>(before);
    all.add(one);
    return List.copyOf(all);
  }

  // ---------------------------------------------------------------- settings

  /** Returns this with another way to count and cut batches; needed for classes of yours. */
  public Trainer<B> batching(Batching<B> rows) {
    return with(copy -> copy.batching = rows);
  }

  /** Returns this with one more validation, after each epoch. */
  public Trainer<B> validate(Validation<?> validation) {
    return with(copy -> copy.validations = and(validations, validation));
  }

  /** Returns this with one more callback, called after those before it. */
  public Trainer<B> callback(Callback callback) {
    return with(copy -> copy.callbacks = and(callbacks, callback));
  }

  /** Returns this with an end before the last epoch if a value no longer improves. */
  public Trainer<B> stopEarly(EarlyStopping rule) {
    return with(copy -> copy.earlyStopping = Optional.of(rule));
  }

  /**
   * Returns this with a learning rate that is told a value after each epoch; its state is kept in
   * checkpoints.
   *
   * @param schedule the one that the optimiser was made with
   * @param value a name that {@link Epoch#value} knows
   */
  public Trainer<B> plateau(PlateauSchedule schedule, String value) {
    return with(copy -> copy.plateaus = and(plateaus, new PlateauRule(schedule, value)));
  }

  /**
   * Returns this with averages that are updated after each step, kept in checkpoints, and measured
   * by validations in place of the parameters, with the model's buffers.
   */
  public Trainer<B> average(MovingAverage averages) {
    return with(copy -> copy.average = Optional.of(averages));
  }

  /** Returns this with checkpoints. */
  public Trainer<B> checkpoint(Checkpoints when) {
    return with(copy -> copy.checkpoints = Optional.of(when));
  }

  /**
   * Returns this so that a run goes on from its checkpoint, if the file exists. {@link #run} then
   * throws an {@link IllegalArgumentException} if it is of another model, optimiser, or of other
   * settings, and a {@link dev.autograd.nn.io.FormatException} if it is damaged; nothing was
   * changed then.
   *
   * <p>A run that a callback or early stopping has ended stays so: it makes no step, and a message
   * says why. Delete the file to begin again, or begin with its weights by {@link Checkpoint#load}.
   */
  public Trainer<B> resume() {
    return with(copy -> copy.resuming = true);
  }

  /**
   * Returns this with batches that are cut into so many shards, as equal as can be; one of fewer
   * rows into shards of one row. A {@link dev.autograd.nn.BatchNorm} needs more than one value per
   * channel in each shard: leave out a small last batch by {@link DataLoader#dropLast}.
   *
   * @throws IllegalArgumentException if the number is below 1
   */
  public Trainer<B> shards(int perBatch) {
    int number = atLeastOne("shards", perBatch);
    return with(copy -> copy.shards = number);
  }

  /**
   * Returns this with so many threads for the shards, the calling one included; without this, as
   * many as there are shards and processors. Results do not depend on it.
   *
   * @throws IllegalArgumentException if the number is below 1
   */
  public Trainer<B> threads(int most) {
    int number = atLeastOne("threads", most);
    return with(copy -> copy.threads = number);
  }

  /**
   * Returns this with one step for so many batches, along the gradient of the mean over all their
   * rows (gradient accumulation); at the end of an epoch, for those that are left.
   *
   * @throws IllegalArgumentException if the number is below 1
   */
  public Trainer<B> accumulate(int batches) {
    int number = atLeastOne("accumulate", batches);
    return with(copy -> copy.accumulated = number);
  }

  /**
   * Returns this with messages on how runs end and go on that go there, and not to standard error.
   */
  public Trainer<B> messages(Consumer<String> lines) {
    return with(copy -> copy.messages = lines);
  }

  private static int atLeastOne(String setting, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "Trainer: " + setting + " is " + value + "; it must be at least 1");
    }
    return value;
  }

  // ---------------------------------------------------------------- running

  /**
   * Trains until the run has so many epochs, or is stopped, and returns its history. Epochs are
   * numbered from 1, for people and for {@link DataLoader#epoch(long)} alike.
   *
   * @param data the batches
   * @param epochs the number of epochs, those before the run was resumed included
   * @throws IllegalArgumentException if the number is below 1, the loader has no batch, the
   *     settings do not fit each other (a value that nothing measures, callbacks or measures of one
   *     name, a checkpoint in no directory, {@link #resume} without one), or the checkpoint to go
   *     on from is of another run
   * @throws DivergenceException if a loss or a gradient is NaN or infinite
   * @throws RuntimeException what the loader, the loss, a validation or a callback throws
   */
  public History run(DataLoader<B> data, int epochs) {
    atLeastOne("epochs", epochs);
    atLeastOne("the loader's number of batches", data.batches());
    Prerequisites.require(this);
    return new Run<>(this, data, epochs).run();
  }

  // ---------------------------------------------------------------- for the run

  Layer model() {
    return model;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  Function<B, Tensor> loss() {
    return loss;
  }

  Batching<B> batching() {
    return batching;
  }

  List<Validation<?>> validations() {
    return validations;
  }

  List<Callback> callbacks() {
    return callbacks;
  }

  Optional<EarlyStopping> earlyStopping() {
    return earlyStopping;
  }

  List<PlateauRule> plateaus() {
    return plateaus;
  }

  Optional<MovingAverage> average() {
    return average;
  }

  Optional<Checkpoints> checkpoints() {
    return checkpoints;
  }

  boolean resuming() {
    return resuming;
  }

  int shards() {
    return shards;
  }

  /** Returns how many threads do the shards. */
  int threads() {
    int wanted = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    return Math.min(wanted, shards);
  }

  int accumulated() {
    return accumulated;
  }

  Consumer<String> messages() {
    return messages;
  }
}
