package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many results of a chain are alive at the worst moment of its sweep. */
class RecomputeMemoryTest {

  private static final int LAYERS = 16;
  private static final int PIECE = 4;

  private final List<WeakReference<Object>> results = new ArrayList<>();
  private long peak;

  private Tensor layer(Tensor x) {
    Tensor y = watched(x.tanh());
    return Tensor.custom(
        "probe",
        y.detach(),
        y,
        g -> {
          System.gc();
          peak = Math.max(peak, results.stream().filter(result -> result.get() != null).count());
          return g.mul(1);
        });
  }

  private Tensor watched(Tensor result) {
    results.add(new WeakReference<>(result.unguarded().data()));
    return result;
  }

  private Tensor layers(Tensor x, int count) {
    Tensor h = x;
    for (int i = 0; i < count; i++) {
      h = layer(h);
    }
    return h;
  }

  @Test
  void aChainInPiecesKeepsTheRootOfWhatItKeepsWhole() {
    Tensor x = Tensor.ones(DType.F64, 8).withGrad();
    layers(x, LAYERS).sum().backward();
    assertThat(peak).isEqualTo(LAYERS);
    Tensor plain = x.grad();

    x.zeroGrad();
    results.clear();
    peak = 0;
    inPieces(x).sum().backward();

    assertThat(x.grad().array().hasSameBits(plain.array())).isTrue();
    assertThat(peak).isLessThanOrEqualTo(LAYERS / PIECE + PIECE + 1);
  }

  private Tensor inPieces(Tensor x) {
    Tensor h = x;
    for (int i = 0; i < LAYERS / PIECE; i++) {
      h = watched(Autograd.recompute(t -> layers(t, PIECE), h));
    }
    return h;
  }
}
