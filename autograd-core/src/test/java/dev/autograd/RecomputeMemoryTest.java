package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many results of a chain are alive at the worst moment of its sweep. */
class RecomputeMemoryTest {

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
          peak = Math.max(peak, distinctAlive());
          return g.mul(1);
        });
  }

  /** Storage that is used again counts once. */
  private long distinctAlive() {
    Set<Object> alive = Collections.newSetFromMap(new IdentityHashMap<>());
    results.stream().map(WeakReference::get).filter(Objects::nonNull).forEach(alive::add);
    return alive.size();
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

  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void aChainInPiecesKeepsTheRootOfWhatItKeepsWhole(int root) {
    int count = root * root;
    Tensor x = Tensor.ones(DType.F64, 8).withGrad();
    layers(x, count).sum().backward();
    assertThat(peak).isEqualTo(count);
    Tensor plain = x.grad();

    x.zeroGrad();
    results.clear();
    peak = 0;
    inPieces(x, root).sum().backward();

    assertThat(x.grad().array().hasSameBits(plain.array())).isTrue();
    // Results of the pieces, of one piece again, and what that one's tape had before it for as
    // many.
    assertThat(peak).isLessThanOrEqualTo(3L * root);
  }

  private Tensor inPieces(Tensor x, int root) {
    Tensor h = x;
    for (int i = 0; i < root; i++) {
      h = watched(Autograd.recompute(t -> layers(t, root), h));
    }
    return h;
  }
}
