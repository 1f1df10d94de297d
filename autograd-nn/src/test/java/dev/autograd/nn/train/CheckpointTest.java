package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.nn.Dense;
import dev.autograd.nn.Layer;
import dev.autograd.nn.io.FormatException;
import dev.autograd.nn.io.Safetensors;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Sgd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("model.safetensors");
  }

  @Test
  void whatIsLoadedIsWhatWasSavedWithItsBits() {
    Toy trained = new Toy();
    trained.trainer().run(Toy.loader(), 2);
    Checkpoint.save(file, trained.model, trained.optimizer);
    Toy other = new Toy();
    Checkpoint.load(file, other.model, other.optimizer);
    assertThat(other.bits()).isEqualTo(trained.bits());
    assertThat(other.bits().keySet())
        .contains("model 0.weight", "buffers 3.passes", "buffers 1.runningMean")
        .contains("optimizer steps");
    trained.trainer().run(Toy.loader(), 1);
    other.trainer().run(Toy.loader(), 1);
    assertThat(other.bits()).isEqualTo(trained.bits());
  }

  @Test
  void theCheckpointOfARunIsOneOfItsModelToo() {
    Toy trained = new Toy();
    trained.trainer().checkpoint(Checkpoints.in(file)).run(Toy.loader(), 2);
    Toy other = new Toy();
    Checkpoint.load(file, other.model, other.optimizer);
    assertThat(other.bits()).isEqualTo(trained.bits());
  }

  @Test
  void refusesAnotherModelOrOptimizerAndChangesNothing() {
    Toy toy = new Toy();
    Checkpoint.save(file, toy.model, toy.optimizer);
    Layer wider = Dense.of(5, 8, new SplittableRandom(1));
    Optimizer adam = Adam.lr(0.1).over(wider.parameters());
    Map<String, String> before = Toy.bits(wider, adam);
    assertThatThrownBy(() -> Checkpoint.load(file, wider, adam))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": is of another model or optimiser: ")
        .hasMessageContaining("\"model.weight\" is not in the file, ")
        .hasMessageContaining(" more differences; nothing was changed");
    assertThat(Toy.bits(wider, adam)).isEqualTo(before);
    Optimizer sgd = Sgd.lr(0.1).momentum(0.9).over(toy.model.parameters());
    assertThatThrownBy(() -> Checkpoint.load(file, toy.model, sgd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"optimizer.0.weight.momentum\" is not in the file");
  }

  @Test
  void refusesOtherShapes() {
    Layer small = Dense.of(2, 3, new SplittableRandom(1));
    Layer large = Dense.of(3, 3, new SplittableRandom(1));
    Checkpoint.save(file, small, Adam.lr(1).over(small.parameters()));
    assertThatThrownBy(() -> Checkpoint.load(file, large, Adam.lr(1).over(large.parameters())))
        .hasMessageContaining("\"model.weight\" is F64[3, 3] here and F64[3, 2] in the file, ");
  }

  @Test
  void refusesWhatIsNoCheckpoint() throws IOException {
    Toy toy = new Toy();
    Map<String, String> before = toy.bits();
    Safetensors.write(file, toy.model.parameters().snapshot());
    assertThatThrownBy(() -> Checkpoint.load(file, toy.model, toy.optimizer))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("is no checkpoint; read weights with Weights.load");
    Safetensors.write(
        file, toy.model.parameters().snapshot(), Map.of("autograd.checkpoint", "2\n"));
    assertThatThrownBy(() -> Checkpoint.load(file, toy.model, toy.optimizer))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("is a checkpoint of form \"2 \", and this version reads form 1");
    Files.writeString(file, "no");
    assertThatThrownBy(() -> Checkpoint.load(file, toy.model, toy.optimizer))
        .isInstanceOf(FormatException.class);
    Files.delete(file);
    assertThatThrownBy(() -> Checkpoint.load(file, toy.model, toy.optimizer))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(toy.bits()).isEqualTo(before);
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> Checkpoints.in(file).everySteps(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("every -1 steps");
  }
}
