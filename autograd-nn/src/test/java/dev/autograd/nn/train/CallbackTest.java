package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import dev.autograd.nn.data.Examples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallbackTest {

  @TempDir Path folder;
  private final List<String> calls = new ArrayList<>();

  /** Notes beginning and end, and throws there if it is to. */
  private final class Noting implements Callback {

    private final String name;
    private final List<RuntimeException> atBeginning;
    private final List<RuntimeException> atEnd;

    Noting(String name, List<RuntimeException> atBeginning, List<RuntimeException> atEnd) {
      this.name = name;
      this.atBeginning = atBeginning;
      this.atEnd = atEnd;
    }

    @Override
    public void beforeRun(Training training) {
      calls.add(name + " begins");
      throwAny(atBeginning);
    }

    @Override
    public void afterRun(Training training) {
      calls.add(name + " ends");
      throwAny(atEnd);
    }

    private static void throwAny(List<RuntimeException> failures) {
      for (RuntimeException failure : failures) {
        throw failure;
      }
    }
  }

  private Callback noting(String name) {
    return new Noting(name, List.of(), List.of());
  }

  /** Remembers a number, and refuses negative ones. */
  private static final class Remembering implements Callback {

    private final String name;
    private final Map<String, Tensor> later;
    private Map<String, Tensor> state;

    Remembering(String name, Map<String, Tensor> first, Map<String, Tensor> later) {
      this.name = name;
      this.later = later;
      state = first;
    }

    Remembering(String name, double number) {
      this(name, Map.of("n", Tensor.scalar(number)), Map.of("n", Tensor.scalar(number)));
    }

    @Override
    public void afterStep(Training training) {
      state = later;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Map<String, Tensor> state() {
      return state;
    }

    @Override
    public void load(Map<String, Tensor> given) {
      state = given;
      if (given.values().stream().anyMatch(number -> number.item() < 0)) {
        throw new IllegalArgumentException("the number is negative");
      }
    }

    double number() {
      return state.values().stream().mapToDouble(Tensor::item).sum();
    }
  }

  // ---------------------------------------------------------------- beginning and end

  @Test
  void whoeverHasBegunHearsOfTheEnd() {
    RuntimeException failure = new IllegalStateException("at the beginning");
    Trainer<Examples> trainer =
        new Toy()
            .trainer()
            .callback(noting("first"))
            .callback(new Noting("second", List.of(failure), List.of()))
            .callback(noting("third"));
    assertThatThrownBy(() -> run(trainer)).isSameAs(failure);
    assertThat(calls).containsExactly("first begins", "second begins", "first ends");
  }

  @Test
  void whatIsThrownAtTheEndHidesNothing() {
    RuntimeException inTheRun = new IllegalStateException("in the run");
    RuntimeException atTheEnd = new IllegalStateException("at the end");
    RuntimeException later = new IllegalStateException("at another end");
    Trainer<Examples> trainer =
        new Toy()
            .trainer()
            .callback(new Noting("first", List.of(), List.of(atTheEnd)))
            .callback(new Noting("second", List.of(), List.of(later)))
            .callback(new Noting("third", List.of(), List.of(inTheRun)));
    Trainer<Examples> failing =
        trainer.callback(
            Callback.onStep(
                t -> {
                  throw inTheRun;
                }));
    assertThatThrownBy(() -> run(failing)).isSameAs(inTheRun).hasSuppressedException(atTheEnd);
    assertThat(inTheRun.getSuppressed()).containsExactly(atTheEnd, later);
    assertThat(calls).endsWith("first ends", "second ends", "third ends");
    assertThatThrownBy(() -> run(trainer)).isSameAs(atTheEnd);
  }

  private static void run(Trainer<Examples> trainer) {
    trainer.run(Toy.loader(), 1);
  }

  // ---------------------------------------------------------------- states

  @Test
  void namesTellStatesApartThatComeLater() {
    Map<String, Tensor> later = Map.of("n", Tensor.scalar(1));
    Trainer<Examples> trainer =
        new Toy()
            .trainer()
            .callback(new Remembering("same", Map.of(), later))
            .callback(new Remembering("same", Map.of(), later));
    assertThatThrownBy(() -> run(trainer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two callbacks are called \"same\"");
  }

  @Test
  void noNameBeginsAnother() {
    Trainer<Examples> trainer = new Toy().trainer().callback(new Remembering("a.b", 1));
    assertThatThrownBy(() -> run(trainer.callback(new Remembering("a", 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a.b\" and \"a\" have a state");
    assertThatThrownBy(() -> run(trainer.callback(new Remembering("a.b.c", 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a.b\" and \"a.b.c\" have a state");
    run(trainer.callback(new Remembering("a.bc", 2)));
  }

  @Test
  void callbacksWithoutStateMayShareAName() {
    run(new Toy().trainer().callback(noting("first")).callback(noting("second")));
    assertThat(calls).hasSize(4);
  }

  @Test
  void statesComeBack() {
    Checkpoints when = Checkpoints.in(folder.resolve("run.safetensors"));
    Map<String, Tensor> later = Map.of("n", Tensor.scalar(3));
    run(
        new Toy()
            .trainer()
            .checkpoint(when)
            .callback(new Remembering("a", Map.of(), later))
            .callback(new Remembering("b", 4)));
    Remembering a = new Remembering("a", Map.of(), Map.of());
    Remembering b = new Remembering("b", 0);
    run(new Toy().trainer().checkpoint(when).resume().callback(a).callback(b));
    assertThat(a.number()).isEqualTo(3);
    assertThat(b.number()).isEqualTo(4);
  }

  @Test
  void aRefusedResumeChangesNoCallback() {
    Checkpoints when = Checkpoints.in(folder.resolve("run.safetensors"));
    run(
        new Toy()
            .trainer()
            .checkpoint(when)
            .callback(new Remembering("a", 3))
            .callback(new Remembering("b", -4)));
    Remembering a = new Remembering("a", 1);
    Toy toy = new Toy();
    Map<String, String> before = toy.bits();
    Trainer<Examples> here = toy.trainer().checkpoint(when).resume().callback(a);
    assertThatThrownBy(() -> run(here))
        .hasMessageContaining("[b.n] of callbacks that are not here");
    assertThat(a.number()).isEqualTo(1);
    Remembering b = new Remembering("b", 2);
    assertThatThrownBy(() -> run(here.callback(b).callback(new Remembering("c", 2))))
        .hasMessageContaining("there is nothing of the callback \"c\" in the file");
    assertThat(a.number()).isEqualTo(1);
    assertThatThrownBy(() -> run(here.callback(b)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the number is negative");
    assertThat(a.number()).isEqualTo(1);
    assertThat(b.number()).isEqualTo(2);
    assertThat(toy.bits()).isEqualTo(before);
  }
}
