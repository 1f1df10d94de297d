package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scenarios 37 and 38: the same bits everywhere, and no memory that nobody can need. */
class ScenarioDeterminismTest {

  /** What a Java process of its own runs: it prints the bits that training from a seed leaves. */
  static final class Training {

    private Training() {}

    public static void main(String[] arguments) {
      System.out.println(bits(1));
    }

    /** Returns the bits of the weights and gradients after a few steps in both element types. */
    static String bits(int seed) {
      return Stream.of(F64, F32)
          .flatMapToLong(dtype -> bits(seed, dtype))
          .mapToObj(HexFormat.of()::toHexDigits)
          .collect(Collectors.joining(" "));
    }

    private static LongStream bits(int seed, DType dtype) {
      SplittableRandom random = new SplittableRandom(seed);
      Parameter w = Parameter.of("w", Tensor.normal(random, dtype, 20, 30));
      Parameter v = Parameter.of("v", Tensor.normal(random, dtype, 30));
      Tensor x = Tensor.uniform(random, dtype, 50, 20);
      Tensor t = x.sum(1).sin().exp();
      for (int step = 0; step < 5; step++) {
        Tensor p = x.matmul(w).tanh().softmax(1).matmul(v).sigmoid();
        p.sub(t).square().mean().add(p.log().sum(0).logSumExp()).backward();
        for (Parameter parameter : List.of(w, v)) {
          parameter.assign(parameter.sub(parameter.grad().mul(0.1)));
        }
      }
      return Stream.of(w.grad(), v.grad(), w, v)
          .flatMapToDouble(tensor -> java.util.Arrays.stream(tensor.toDoubleArray()))
          .mapToLong(Double::doubleToRawLongBits);
    }
  }

  /** What runs under a small heap: steps whose garbage is a hundred times as large. */
  static final class ManySteps {

    private ManySteps() {}

    public static void main(String[] arguments) {
      Parameter w = Parameter.of("w", Tensor.ones(F64, 1000));
      for (int step = 0; step < 100_000; step++) {
        Tape.scope(
            () -> {
              w.square().sum().backward();
              w.assign(w.sub(w.grad().mul(1e-6)));
              w.zeroGrad();
            });
      }
      System.out.println(w.version());
    }
  }

  @Test
  void scenario37TheSameSeedGivesTheSameBitsTwice() {
    assertThat(Training.bits(1)).isEqualTo(Training.bits(1)).isNotEqualTo(Training.bits(2));
  }

  @Test
  void scenario37OnOneToSixteenThreads() throws Exception {
    String bits = Training.bits(1);
    for (int threads = 1; threads <= 16; threads *= 2) {
      assertThat(InParallel.times(threads, () -> Training.bits(1)))
          .isEqualTo(Collections.nCopies(threads, bits));
    }
  }

  @Test
  void scenario37InAnotherJavaProcess() throws IOException, InterruptedException {
    assertThat(ChildJvm.run(Training.class)).isEqualTo(Training.bits(1));
  }

  @Test
  void scenario38SavedIntermediatesAreUnreachableAfterBackward() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor[] root = new Tensor[1];
    WeakReference<Object> saved = recordAndSweep(x, root);
    for (int i = 0; i < 20 && saved.get() != null; i++) {
      System.gc();
    }
    assertThat(saved.get()).isNull();
    assertThat(root[0].requiresGrad()).isTrue();
  }

  private static WeakReference<Object> recordAndSweep(Tensor x, Tensor[] root) {
    Tensor saved = x.exp();
    root[0] = saved.mul(saved).sum();
    root[0].backward();
    return new WeakReference<>(saved.unguarded().data());
  }

  @Test
  void scenario38AHundredThousandStepsUnderASmallHeap() throws IOException, InterruptedException {
    assertThat(ChildJvm.run(ManySteps.class, "-Xmx24m")).isEqualTo("100000");
  }
}
