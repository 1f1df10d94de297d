package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.nn.Buffer;
import dev.autograd.nn.Buffers;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  /** A model whose weight counts the steps down, and whose buffer counts the passes. */
  private record Counting(Parameter w, Buffer passes) implements Layer {

    @Override
    public Tensor forward(Tensor x) {
      return w.mul(x.mean());
    }

    @Override
    public Parameters parameters() {
      return Parameters.of(w);
    }

    @Override
    public Buffers buffers() {
      return Buffers.of(passes);
    }
  }

  private final Counting model =
      new Counting(Parameter.of("w", Tensor.scalar(0)), Buffer.of("passes", Tensor.scalar(0)));
  private final Optimizer sgd = Sgd.lr(1).over(model.parameters());

  /** Runs ten epochs of one step, in which "value" is what is given for each. */
  private History run(EarlyStopping rule, double... values) {
    return run(rule, new Callback() {}, values);
  }

  private History run(EarlyStopping rule, Callback callback, double... values) {
    DataLoader<Tensor> ones = DataLoader.of(Dataset.of(Tensor.of(1.0)), 1);
    int[] epoch = {0};
    Validation<Tensor> validation =
        Validation.of(ones, (Layer m, Tensor b) -> b)
            .loss("value", (y, b) -> Tensor.scalar(values[epoch[0]++]));
    return Trainer.of(
            model,
            sgd,
            (Tensor b) -> {
              model.passes().assign(model.passes().value().add(1));
              return model.forward(b);
            })
        .validate(validation)
        .callback(callback)
        .stopEarly(rule)
        .run(ones, values.length);
  }

  @Test
  void stopsAfterSoManyOthersAndPutsTheBestBack() {
    History history = run(EarlyStopping.on("value").patience(2), 5, 3, 4, 3, 1, 1);
    assertThat(history.epochs()).hasSize(4);
    assertThat(history.end()).isEqualTo(History.End.STOPPED);
    assertThat(history.reason())
        .isEqualTo("\"value\" has not improved for 2 epochs; its best was 3.0, in epoch 2");
    assertThat(model.w().item()).isEqualTo(-2);
    assertThat(model.passes().value().item()).isEqualTo(2);
    assertThat(sgd.steps()).isEqualTo(4);
  }

  @Test
  void anImprovementBeginsToCountAnew() {
    History history = run(EarlyStopping.on("value").patience(2), 5, 6, 4, 6, 3);
    assertThat(history.end()).isEqualTo(History.End.COMPLETED);
    assertThat(model.w().item()).isEqualTo(-5);
  }

  @Test
  void theBestIsPutBackAfterTheLastEpochToo() {
    run(EarlyStopping.on("value").patience(5), 5, 1, 4);
    assertThat(model.w().item()).isEqualTo(-2);
  }

  @Test
  void keepsTheLastIfAskedTo() {
    History history = run(EarlyStopping.on("value").patience(1).keepLast(), 1, 2, 3);
    assertThat(history.epochs()).hasSize(2);
    assertThat(history.reason()).contains("for 1 epoch; ");
    assertThat(model.w().item()).isEqualTo(-2);
  }

  @Test
  void risingValuesAreBetterIfTheRuleSaysSo() {
    History history = run(EarlyStopping.on("value").rising().patience(2), 1, 3, 2, 3, 5);
    assertThat(history.epochs()).hasSize(4);
    assertThat(model.w().item()).isEqualTo(-2);
  }

  @Test
  void anImprovementHasToExceedTheDifference() {
    EarlyStopping rule = EarlyStopping.on("value").patience(2).minDelta(1);
    assertThat(run(rule, 5, 4, 4, 0).epochs()).hasSize(3);
    assertThat(model.w().item()).isEqualTo(-1);
  }

  @Test
  void nanIsNoImprovement() {
    History history = run(EarlyStopping.on("value").patience(2), Double.NaN, Double.NaN, 1);
    assertThat(history.epochs()).hasSize(2);
    assertThat(history.reason()).isEqualTo("\"value\" has not improved for 2 epochs");
    assertThat(model.w().item()).isEqualTo(-2);
  }

  @Test
  void settingsAreChecked() {
    EarlyStopping rule = EarlyStopping.on("value");
    assertThatThrownBy(() -> rule.patience(0)).hasMessageContaining("patience is 0");
    assertThatThrownBy(() -> rule.minDelta(-1)).hasMessageContaining("minDelta is -1.0");
    assertThatThrownBy(() -> run(EarlyStopping.on("what"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no value \"what\"");
  }

  @Test
  void callbacksSeeThatAnEpochWasTheLastAndAtTheEndItsWeights() {
    List<String> seen = new ArrayList<>();
    Callback recorder =
        new Callback() {
          @Override
          public void afterEpoch(Training training) {
            seen.add(training.history().end() + " " + model.w().item());
          }

          @Override
          public void afterRun(Training training) {
            seen.add("end " + model.w().item());
          }
        };
    run(EarlyStopping.on("value").patience(1), recorder, 1, 2, 3);
    assertThat(seen).containsExactly("RUNNING -1.0", "STOPPED -2.0", "end -1.0");
  }
}
