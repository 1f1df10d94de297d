package dev.autograd.nn.train;

import dev.autograd.nn.Layer;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Loading;
import dev.autograd.nn.optim.MovingAverage;
import dev.autograd.nn.optim.Optimizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of a trainer: what changes while it trains. */
final class Run<B> implements Training {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Trainer<B> trainer;
  private final DataLoader<B> data;
  private final int epochs;
  private final List<Callback> callbacks;
  private final Optional<CheckpointKeeper> keeper;
  private final List<Epoch> finished = new ArrayList<>();

  private Position position = Position.START;
  private History.End end = History.End.RUNNING;
  private String reason = "";
  private double lastLoss = Double.NaN;

  /** How many batches the step has that is being made; 0 when none is. */
  private int batchesAtWork;

  private long clock = System.nanoTime();

  Run(Trainer<B> trainer, DataLoader<B> data, int epochs) {
    this.trainer = trainer;
    this.data = data;
    this.epochs = epochs;
    callbacks = new ArrayList<>();
    // Before the others, so that they see that an epoch was the last, and at the end its weights.
    trainer
        .earlyStopping()
        .ifPresent(rule -> callbacks.add(new EarlyStop(rule, trainer.model(), trainer.average())));
    callbacks.addAll(trainer.callbacks());
    RunState state = RunState.of(trainer, data, callbacks);
    keeper = trainer.checkpoints().map(when -> new CheckpointKeeper(when, state));
  }

  // ---------------------------------------------------------------- the loop

  History run() {
    if (trainer.resuming()) {
      keeper.ifPresent(k -> k.restore().ifPresent(saved -> goOnFrom(saved, k)));
    }
    try (Interruption interruption = Interruption.watch(trainer.messages());
        Stepper<B> stepper = new Stepper<>(trainer)) {
      new CallbackList(callbacks).around(this, () -> train(stepper, interruption));
    }
    return history();
  }

  private void train(Stepper<B> stepper, Interruption interruption) {
    clock = System.nanoTime();
    while (position.epoch() <= epochs && goesOn(interruption)) {
      trainEpoch(stepper, interruption);
    }
    conclude();
  }

  private void goOnFrom(RunState.Progress saved, CheckpointKeeper from) {
    position = saved.position();
    finished.addAll(saved.epochs());
    reason = saved.reason();
    if (!reason.isEmpty()) {
      end = History.End.STOPPED;
      trainer
          .messages()
          .accept("training does not go on, because it was stopped: " + reason + from.howToBegin());
    }
  }

  private boolean goesOn(Interruption interruption) {
    if (end == History.End.RUNNING && interruption.requested()) {
      end = History.End.INTERRUPTED;
      reason = "it was interrupted";
    }
    return end == History.End.RUNNING;
  }

  private void trainEpoch(Stepper<B> stepper, Interruption interruption) {
    if (position.batch() < data.batches()) {
      trainBatches(stepper, interruption);
    }
    if (!goesOn(interruption)) {
      return;
    }
    Optional<Map<String, Double>> measured = measure(interruption);
    if (measured.isEmpty()) {
      return;
    }
    finished.add(
        new Epoch(
            position.epoch(),
            position.steps(),
            position.meanLoss(),
            measured.get(),
            optimizer().lr(),
            seconds()));
    trainer.plateaus().forEach(rule -> rule.observe(last()));
    callbacks.forEach(callback -> callback.afterEpoch(this));
    position = position.nextEpoch();
    clock = System.nanoTime();
    keeper.ifPresent(k -> k.afterEpoch(progress()));
  }

  private void trainBatches(Stepper<B> stepper, Interruption interruption) {
    try (Loading<B> batches = data.epoch(position.epoch(), position.batch())) {
      while (batches.hasNext() && goesOn(interruption)) {
        List<B> read = read(batches);
        if (!read.isEmpty()) {
          step(stepper, read);
        }
      }
    }
  }

  /** Returns the batches of the next step; none if the thread is interrupted meanwhile. */
  private List<B> read(Loading<B> batches) {
    List<B> read = new ArrayList<>();
    while (read.size() < trainer.accumulated() && batches.hasNext()) {
      Optional<B> next = Interruption.unlessInterrupted(batches::next);
      if (next.isEmpty()) {
        return List.of();
      }
      read.add(next.get());
    }
    return read;
  }

  private void step(Stepper<B> stepper, List<B> batches) {
    batchesAtWork = batches.size();
    Stepper.Result result =
        stepper.step(
            batches,
            gradients -> callbacks.forEach(callback -> callback.beforeStep(this, gradients)),
            this::place);
    lastLoss = result.loss();
    position = position.afterStep(batches.size(), result.rows(), result.loss());
    batchesAtWork = 0;
    trainer.average().ifPresent(MovingAverage::update);
    callbacks.forEach(callback -> callback.afterStep(this));
    keeper.ifPresent(k -> k.afterStep(progress()));
  }

  /** Returns where the present step is, for messages. */
  private DivergenceException.Place place() {
    return new DivergenceException.Place(
        position.epoch(),
        position.batch() + 1,
        position.steps() + 1,
        keeper.map(CheckpointKeeper::last).orElse("there is no checkpoint"));
  }

  /** Returns what the validations measure; nothing if the run is to end before they have. */
  private Optional<Map<String, Double>> measure(Interruption interruption) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Validation<?> validation : trainer.validations()) {
      // Mapped anew each time, with copies of the buffers as they are now.
      Layer measured = trainer.average().map(a -> model().map(a::of)).orElse(model());
      Optional<Map<String, Double>> some =
          validation.measure(measured, () -> !goesOn(interruption));
      if (some.isEmpty()) {
        return Optional.empty();
      }
      values.putAll(some.get());
    }
    return Optional.of(values);
  }

  private void conclude() {
    if (end == History.End.RUNNING) {
      end = History.End.COMPLETED;
    }
    keeper.ifPresent(k -> k.atEnd(progress()));
    if (end == History.End.INTERRUPTED) {
      trainer
          .messages()
          .accept(
              "training was interrupted in epoch "
                  + position.epoch()
                  + ", after step "
                  + position.steps()
                  + "; "
                  + keeper
                      .map(CheckpointKeeper::howToGoOn)
                      .orElse("nothing was saved, because no checkpoint(…) was asked for"));
    }
  }

  private RunState.Progress progress() {
    String why = end == History.End.STOPPED ? reason : "";
    return new RunState.Progress(position.seconds(seconds()), List.copyOf(finished), why);
  }

  private double seconds() {
    return position.seconds() + (System.nanoTime() - clock) / NANOS_PER_SECOND;
  }

  private Epoch last() {
    return finished.get(finished.size() - 1);
  }

  // ---------------------------------------------------------------- what callbacks see

  @Override
  public Layer model() {
    return trainer.model();
  }

  @Override
  public Optimizer optimizer() {
    return trainer.optimizer();
  }

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public int epoch() {
    return position.epoch();
  }

  @Override
  public int batches() {
    return data.batches();
  }

  @Override
  public int batch() {
    return position.batch();
  }

  @Override
  public boolean isLastStepOfEpoch() {
    return position.batch() + batchesAtWork >= data.batches();
  }

  @Override
  public long steps() {
    return position.steps();
  }

  @Override
  public double loss() {
    return lastLoss;
  }

  @Override
  public History history() {
    return new History(finished, end, reason);
  }

  @Override
  public void stop(String why) {
    if (why.isBlank()) {
      throw new IllegalArgumentException("stop: there is no reason; say why the run is to end");
    }
    if (end == History.End.RUNNING) {
      end = History.End.STOPPED;
      // As a checkpoint and a history in a file can have it.
      reason = new String(why.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
  }
}
