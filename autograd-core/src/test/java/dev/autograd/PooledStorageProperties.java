package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Random programs that open and close tapes around their operations, sweeps and reads, once with
 * the tapes and once without: what can be read is the same, bit for bit. Storage that went back is
 * full of NaN while tests run, so that whatever reads it differs.
 */
class PooledStorageProperties {

  /** One step: what is done, and to which of the tensors so far. */
  private record Step(int action, int first, int second) {}

  private static final int ACTIONS = 20;

  @Provide
  Arbitrary<List<Step>> programs() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 40);
    return Combinators.combine(Arbitraries.integers().between(0, ACTIONS - 1), places, places)
        .as(Step::new)
        .list()
        .ofMinSize(10)
        .ofMaxSize(80);
  }

  @Property(tries = 400)
  void tapesChangeNoNumber(@ForAll("programs") List<Step> program) {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      Run pooled = new Run(dtype, true, List.of());
      pooled.run(program);
      Run plain = new Run(dtype, false, pooled.failed);
      plain.run(program);
      assertThat(pooled.seen).containsExactlyElementsOf(plain.seen);
    }
  }

  private static final class Run {

    final List<String> seen = new ArrayList<>();
    final List<Integer> failed = new ArrayList<>();

    private final boolean tapes;
    private final List<Integer> skipped;
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Tensor> leaves = new ArrayList<>();
    private final Deque<Tape> open = new ArrayDeque<>();

    Run(DType dtype, boolean tapes, List<Integer> skipped) {
      this.tapes = tapes;
      this.skipped = skipped;
      for (int i = 1; i <= 3; i++) {
        Tensor leaf =
            Tensor.arange(dtype, 12).mul(0.1 * i).sub(0.5).reshape(3, 4).detach().withGrad();
        leaves.add(leaf);
        tensors.add(leaf);
      }
    }

    void run(List<Step> program) {
      try {
        for (int i = 0; i < program.size(); i++) {
          if (!skipped.contains(i)) {
            tryStep(i, program.get(i));
          }
        }
      } finally {
        while (!open.isEmpty()) {
          open.pop().close();
        }
      }
    }

    private void tryStep(int number, Step step) {
      try {
        take(step);
      } catch (ClosedTapeException | ReleasedGraphException | NotTrackedException e) {
        failed.add(number);
      }
    }

    private void take(Step step) {
      Tensor a = tensors.get(step.first % tensors.size());
      Tensor b = tensors.get(step.second % tensors.size());
      Tensor leaf = leaves.get(step.second % leaves.size());
      switch (step.action) {
        case 0 -> add(a.mul(b));
        case 1 -> add(a.add(b));
        case 2 -> add(a.tanh());
        case 3 -> add(a.matmul(b.transpose()).matmul(a).mul(0.1));
        case 4 -> add(a.sum(0).reshape(1, 4).add(b));
        case 5 -> add(a.keep());
        case 6 -> add(a.reshape(4, 3).reshape(3, 4));
        case 7 -> add(a.sigmoid().detach());
        case 8 -> open();
        case 9, 10 -> close();
        case 11 -> a.sub(b).tanh().sum().backward(GradOptions.retainGraph());
        case 12 -> add(Autograd.grad(a.mul(b).sum(), leaf, GradOptions.retainGraph()));
        case 13 -> leaf.zeroGrad();
        case 14 -> add(leaf.hasGrad() ? leaf.grad() : a);
        case 15 -> add(custom(a));
        case 16 -> add(Autograd.recompute(t -> t.mul(b).sigmoid(), a));
        case 17 -> custom(leaf).add(leaf.mul(b)).sum().backward();
        case 18 -> Autograd.recompute(t -> t.tanh(), leaf).add(leaf.mul(b)).sum().backward();
        default -> seen.add(Arrays.toString(a.toDoubleArray()));
      }
    }

    private static Tensor custom(Tensor a) {
      return Tensor.custom("thrice", a.detach().mul(3), a, g -> g.mul(3));
    }

    private void add(Tensor made) {
      tensors.add(made);
    }

    private void open() {
      if (tapes) {
        open.push(Tape.open());
      }
    }

    private void close() {
      if (!open.isEmpty()) {
        open.pop().close();
      }
    }
  }
}
