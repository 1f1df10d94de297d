package dev.autograd.nn.train;

import dev.autograd.Gradients;
import dev.autograd.NonFiniteException;
import dev.autograd.ShapeException;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.ValueAndGradients;
import dev.autograd.nn.TrainingPass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes steps. A step has one part per batch and shard; its gradient is the sum of theirs, in
 * order, each weighted by its share of the rows.
 */
final class Stepper<B> implements AutoCloseable {

  private final Trainer<B> trainer;
  private final Workers workers;

  Stepper(Trainer<B> trainer) {
    this.trainer = trainer;
    workers = new Workers(trainer.threads());
  }

  /**
   * What a step was.
   *
   * @param loss the mean loss over the rows, before the step
   * @param rows the number of rows
   */
  record Result(double loss, long rows) {}

  /** A shard of a batch: its rows from {@code from} on and before {@code to}. */
  private record Part<B>(B batch, int shard, int shards, int from, int to) {

    int rows() {
      return to - from;
    }

    B rows(Batching<B> batching) {
      return shards == 1 ? batch : batching.slice(batch, from, to);
    }

    @Override
    public String toString() {
      return "shard "
          + (shard + 1)
          + " of "
          + shards
          + " has "
          + rows()
          + (rows() == 1 ? " row" : " rows");
    }
  }

  /**
   * Makes a step over batches, or none.
   *
   * @param seen is shown the gradients before anything changes
   * @param place says where the step is, should it fail
   * @throws DivergenceException if a loss or a gradient is not finite
   */
  Result step(
      List<B> batches, Consumer<Gradients> seen, Supplier<DivergenceException.Place> place) {
    List<Part<B>> parts = parts(batches);
    long rows = parts.stream().mapToLong(Part::rows).sum();
    TrainingPass pass = TrainingPass.over(parts.size());
    double loss =
        Tape.scope(
            () -> {
              List<ValueAndGradients> each = differentiate(pass, parts, rows);
              double sum = 0;
              for (ValueAndGradients one : each) {
                sum += one.value();
              }
              Gradients gradients =
                  Gradients.sum(each.stream().map(ValueAndGradients::gradients).toList());
              requireFinite(sum, gradients, parts, rows, place);
              seen.accept(gradients);
              trainer.optimizer().step(gradients);
              return sum;
            });
    pass.commit();
    return new Result(loss, rows);
  }

  private List<Part<B>> parts(List<B> batches) {
    List<Part<B>> parts = new ArrayList<>();
    for (B batch : batches) {
      int rows = trainer.batching().rows(batch);
      int shards = Math.min(trainer.shards(), rows);
      for (int i = 0; i < shards; i++) {
        int from = border(i, shards, rows);
        int to = border(i + 1, shards, rows);
        parts.add(new Part<>(batch, i, shards, from, to));
      }
    }
    return parts;
  }

  private static int border(int shard, int shards, int rows) {
    return (int) ((long) shard * rows / shards);
  }

  private List<ValueAndGradients> differentiate(TrainingPass pass, List<Part<B>> parts, long rows) {
    if (parts.size() == 1) {
      // On the tape of the step: nothing has to be copied out of one of its own.
      return List.of(pass.shard(0, () -> differentiate(parts.get(0), rows)));
    }
    return workers.run(
        parts.size(),
        i -> pass.shard(i, () -> Tape.scope(() -> differentiate(parts.get(i), rows))));
  }

  private ValueAndGradients differentiate(Part<B> part, long rows) {
    return trainer
        .optimizer()
        .differentiate(
            () -> {
              Tensor loss = loss(part);
              return part.rows() == rows ? loss : loss.mul((double) part.rows() / rows);
            });
  }

  private Tensor loss(Part<B> part) {
    B rows = part.rows(trainer.batching());
    try {
      return trainer.loss().apply(rows);
    } catch (ShapeException e) {
      if (trainer.shards() == 1) {
        throw e;
      }
      // Nobody would look for the reason in the number of shards.
      ShapeException shown =
          new ShapeException(
              e.getMessage()
                  + " ("
                  + part
                  + "; if that is too few, use dropLast() or fewer shards)");
      shown.initCause(e);
      throw shown;
    }
  }

  // ---------------------------------------------------------------- what is not finite

  private void requireFinite(
      double loss,
      Gradients gradients,
      List<Part<B>> parts,
      long rows,
      Supplier<DivergenceException.Place> place) {
    if (Double.isFinite(loss) && Double.isFinite(gradients.norm())) {
      return;
    }
    NonFinite model = new NonFinite(trainer.model());
    String what =
        Double.isFinite(loss) ? model.gradient(gradients).orElse("") : "the loss is " + loss;
    // The length of finite gradients may be beyond the range of a double.
    if (!what.isEmpty()) {
      throw new DivergenceException(place.get(), loss, what, origin(model, parts, rows));
    }
  }

  /**
   * Returns where it came from: by a second run, with the same random draws, that looks closely.
   */
  private String origin(NonFinite model, List<Part<B>> parts, long rows) {
    TrainingPass again = TrainingPass.over(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Part<B> part = parts.get(i);
      Tape tape = Tape.open(Tape.Option.CHECK_FINITE);
      try {
        again.shard(i, () -> differentiate(part, rows));
      } catch (NonFiniteException e) {
        return String.valueOf(e.getMessage());
      } finally {
        tape.close();
      }
    }
    return model
        .parameter()
        .or(
            () ->
                parts.stream().flatMap(part -> NonFinite.batch(part.batch()).stream()).findFirst())
        .orElse("no operation made it out of finite numbers when the step was run again");
  }

  @Override
  public void close() {
    workers.close();
  }
}
