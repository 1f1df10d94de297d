package dev.autograd.nn;

import dev.autograd.Replay;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.function.UnaryOperator;

/**
 * Dropout: in training, each element is set to 0 with probability p and otherwise divided by {@code
 * 1 - p}, so that its expectation stays ("inverted dropout"); in inference, nothing happens.
 *
 * <p>Which elements are dropped is a function of the seed, the number of the training pass and the
 * element's position alone, so that a run can be repeated. Pass 0 is the first one; {@link
 * #continueFrom} sets the number, to resume a run or to repeat a mask, as a check of gradients
 * must. Threads that train through one object at the same time share the numbering, in the order
 * they come; in a {@link TrainingPass} it depends on the shards alone.
 *
 * <p>The number is the {@linkplain #buffers() buffer} {@code passes}, in F64, so that it is saved
 * with a model. A layer that {@link #map} makes has a number of its own, which starts as a copy.
 *
 * <p>Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, Dropout: a simple way to
 * prevent neural networks from overfitting, JMLR 15, 2014. The bits come from the generator
 * SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014)
 * at a counter.
 */
public final class Dropout implements Layer {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final double probability;
  private final long seed;
  private final Buffer passes;

  private Dropout(double probability, long seed, Buffer passes) {
    this.probability = probability;
    this.seed = seed;
    this.passes = passes;
  }

  /**
   * Returns a layer that drops with a probability.
   *
   * @param probability from 0 (drops nothing) to less than 1
   * @param seed what the masks are made from; give each layer of a model its own
   * @throws IllegalArgumentException if the probability is outside [0, 1)
   */
  public static Dropout of(double probability, long seed) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "Dropout: the probability is "
              + probability
              + "; it must be at least 0 and below 1, where nothing would be left");
    }
    return new Dropout(probability, seed, Buffer.ofRun("passes", Tensor.scalar(0)));
  }

  /** Returns the input itself: this is inference. */
  @Override
  public Tensor forward(Tensor x) {
    return x;
  }

  /**
   * Returns the input itself in inference, or if nothing is to be dropped; in training, with the
   * mask of the next pass.
   */
  @Override
  public Tensor forward(Tensor x, Mode mode) {
    if (mode == Mode.INFERENCE || probability == 0) {
      return x;
    }
    long pass = Replay.draw(() -> TrainingPass.next(passes));
    // The mask is the left factor of chain(), so that dropping removes infinities and NaN as well.
    return mask(x, pass).chain(x);
  }

  private Tensor mask(Tensor x, long pass) {
    long start = mix(seed + mix(pass + GOLDEN_GAMMA));
    double kept = 1 / (1 - probability);
    double[] factors = new double[x.size()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = unit(mix(start + i * GOLDEN_GAMMA)) < probability ? 0 : kept;
    }
    Tensor mask = Tensor.wrap(x.shape(), factors);
    return x.dtype() == DType.F32 ? mask.to(DType.F32) : mask;
  }

  /** Returns the output function of SplitMix64. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns the upper 53 bits as a number in [0, 1). */
  private static double unit(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }

  /** Returns whether anything is dropped in training. */
  @Override
  public boolean dependsOnMode() {
    return probability > 0;
  }

  /** Returns the probability to drop an element. */
  public double probability() {
    return probability;
  }

  /** Returns what the masks are made from. */
  public long seed() {
    return seed;
  }

  /** Returns the number of training passes so far, which is the number of the next one. */
  public long passes() {
    return (long) passes.value().item();
  }

  /**
   * Makes the next training pass the given one.
   *
   * @throws IllegalArgumentException if it is beyond ±2⁵³, where a buffer would round it
   */
  public void continueFrom(long pass) {
    passes.assign(Tensor.scalar(pass));
  }

  @Override
  public Buffers buffers() {
    return Buffers.of(passes);
  }

  /** Returns a layer of the same masks, with a number of passes of its own. */
  @Override
  public Dropout map(UnaryOperator<Tensor> f) {
    return new Dropout(probability, seed, Once.of(f).buffer(passes, DType.F64));
  }

  /** Returns the settings, as in {@code Dropout(0.5, seed 7)}. */
  @Override
  public String toString() {
    return "Dropout(" + probability + ", seed " + seed + ")";
  }
}
