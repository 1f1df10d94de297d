package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.optim.Sgd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DivergenceTest {

  private record Weight(Parameter w) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return x.mul(w);
    }

    @Override
    public Parameters parameters() {
      return Parameters.of(w);
    }
  }

  private final Weight model = new Weight(Parameter.of("w", Tensor.scalar(1)));

  private Trainer<Tensor> trainer(Function<Tensor, Tensor> loss) {
    return Trainer.of(model, Sgd.lr(0.5).over(model.parameters()), loss);
  }

  private static DataLoader<Tensor> numbers(double... numbers) {
    return DataLoader.of(Dataset.of(Tensor.of(numbers)), 1);
  }

  private static DivergenceException divergence(Trainer<Tensor> trainer, DataLoader<Tensor> data) {
    return catchThrowableOfType(DivergenceException.class, () -> trainer.run(data, 2));
  }

  @Test
  void saysWhichOperationOfWhichStepMadeIt(@TempDir Path folder) {
    Path file = folder.resolve("run.safetensors");
    // Each step takes half of 1/w from w: 1, 0.5, -0.5.
    DivergenceException e =
        divergence(
            trainer(b -> model.forward(b).log().sum())
                .checkpoint(Checkpoints.in(file).everySteps(1)),
            numbers(1, 1, 1));
    assertThat(e.epoch()).isEqualTo(1);
    assertThat(e.batch()).isEqualTo(3);
    assertThat(e.step()).isEqualTo(3);
    assertThat(e.loss()).isNaN();
    assertThat(e)
        .hasMessageStartingWith("training: in epoch 1, batch 3 (step 3) the loss is NaN; ")
        .hasMessageContaining("where it came from: log: it made NaN out of numbers without one")
        .hasMessageContaining("DivergenceTest.saysWhichOperationOfWhichStepMadeIt(Divergence")
        .hasMessageContaining("the last checkpoint is " + file + ", of step 2")
        .hasMessageContaining("The model is as it was before this step");
    assertThat(model.w().item()).isEqualTo(-0.5);
  }

  @Test
  void saysWhichGradientIsNotFinite() {
    DivergenceException e =
        divergence(
            trainer(b -> Tensor.custom("bad", Tensor.scalar(3), model.w(), g -> g.div(0))),
            numbers(1));
    assertThat(e.loss()).isEqualTo(3);
    assertThat(e)
        .hasMessageContaining("of the gradient of \"w\" 0 of 1 elements are NaN and 1 infinite")
        .hasMessageContaining("the pullback of 'bad' for input 0 made")
        .hasMessageContaining("there is no checkpoint");
    assertThat(model.w().item()).isEqualTo(1);
  }

  @Test
  void saysThatItWasGiven() {
    assertThat(divergence(trainer(b -> model.forward(b).sum()), numbers(1, Double.NaN)))
        .hasMessageContaining("batch 2 (step 2) the loss is NaN")
        .hasMessageContaining("of the batch 1 of 1 elements are NaN and 0 infinite");
    model.w().assign(Tensor.scalar(Double.POSITIVE_INFINITY));
    assertThat(divergence(trainer(b -> model.forward(b).sum()), numbers(1)))
        .hasMessageContaining("the loss is Infinity")
        .hasMessageContaining(
            "of the parameter \"w\" 0 of 1 elements are NaN and 1 infinite since an earlier step");
  }

  @Test
  void changesNothingThatLayersRememberAndRepeatsTheirDraws() {
    Toy toy = new Toy();
    DataLoader<Examples> data = DataLoader.of(Toy.data(1), 11);
    toy.trainer().run(data, 2);
    Map<String, String> before = toy.bits();
    List<Double> losses = new ArrayList<>();
    Trainer<Examples> failing =
        Trainer.of(
                toy.model,
                toy.optimizer,
                (Examples b) -> {
                  Tensor loss = toy.loss(b);
                  losses.add(loss.item());
                  return loss.sub(1e9).log();
                })
            .shards(2)
            .threads(1);
    assertThatThrownBy(() -> failing.run(data, 1))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("log: it made NaN");
    assertThat(toy.bits()).isEqualTo(before);
    // Two shards, and the first of them again, with the same masks.
    assertThat(losses).hasSize(3);
    assertThat(losses.get(2)).isEqualTo(losses.get(0)).isNotEqualTo(losses.get(1));
  }

  @Test
  void hugeGradientsAreNoDivergence() {
    Parameter many = Parameter.of("many", Tensor.of(1.0, 1, 1, 1));
    History history =
        Trainer.of(
                x -> x,
                Sgd.lr(1e-308).over(List.of(many)),
                (Tensor b) -> many.mul(1.5e308).mul(Tensor.of(1.0, -1, 1, -1)).sum())
            .run(numbers(1), 1);
    assertThat(history.end()).isEqualTo(History.End.COMPLETED);
    assertThat(many.item(0)).isEqualTo(1 - 1e-308 * 1.5e308);
  }
}
