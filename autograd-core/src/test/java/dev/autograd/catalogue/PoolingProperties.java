package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Pooling;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Poolings of random sizes, strides, paddings and dilations, by looking at each window. */
class PoolingProperties {

  /** What is pooled, with equal elements here and there, and how; the options fit. */
  private record Drawn(Grid x, Pooling options, Grid direction) {}

  private static Drawn draw(long seed) {
    Random random = new Random(seed);
    Pooling options =
        Pooling.of(1 + random.nextInt(3), 1 + random.nextInt(3))
            .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
            .padding(random.nextInt(2), random.nextInt(2))
            .dilation(1 + random.nextInt(2), 1 + random.nextInt(2));
    options = random.nextBoolean() ? options.ceilMode() : options;
    Shape shape = Shape.of(1 + random.nextInt(2), 2 + random.nextInt(6), 2 + random.nextInt(6));
    return new Drawn(Samples.signed(shape, seed), options, Samples.signed(shape, seed + 1));
  }

  @Provide
  Arbitrary<Drawn> drawn() {
    return Arbitraries.longs().map(PoolingProperties::draw).filter(PoolingProperties::fits);
  }

  private static boolean fits(Drawn drawn) {
    try {
      drawn.x.tensor(DType.F64).avgPool2d(drawn.options);
      return true;
    } catch (ShapeException e) {
      return false;
    }
  }

  @Property(tries = 250)
  void valuesAgreeWithTheDefinition(@ForAll("drawn") Drawn drawn) {
    Tensor x = drawn.x.tensor(DType.F64);
    Pooling options = drawn.options;
    Pooling excluding = options.excludePadding();
    String what = drawn.toString();

    assertThat(Grid.of(x.maxPool2d(options)).values())
        .as(what)
        .containsExactly(PoolingCases.max(2, drawn.x, options).values());
    Closeness.assertClose(
        what, Grid.of(x.avgPool2d(options)), PoolingCases.average(2, drawn.x, options), 1e-14);
    Closeness.assertClose(
        what, Grid.of(x.avgPool2d(excluding)), PoolingCases.average(2, drawn.x, excluding), 1e-14);
  }

  /**
   * The gradient of a linear map is its transpose, and a maximum is linear where no two are equal.
   */
  @Property(tries = 250)
  void gradientsAreTransposes(@ForAll("drawn") Drawn drawn) {
    Tensor x = drawn.x.tensor(DType.F64).withGrad();
    Tensor y = x.avgPool2d(drawn.options.excludePadding());
    Grid seed = Samples.signed(y.shape(), 1);
    y.backward(seed.tensor(DType.F64));

    Grid along = PoolingCases.average(2, drawn.direction, drawn.options.excludePadding());
    assertThat(Grid.of(x.grad()).dot(drawn.direction)).isCloseTo(along.dot(seed), within(1e-12));
  }

  @Property(tries = 250)
  void theGradientOfAMaximumIsAllAtItsFirstPlace(@ForAll("drawn") Drawn drawn) {
    Tensor x = drawn.x.tensor(DType.F64).withGrad();
    Tensor y = x.maxPool2d(drawn.options);
    Grid seed = Samples.signed(y.shape(), 1);
    y.backward(seed.tensor(DType.F64));

    // Each element replaced by a number that tells its place: among equals the first has most.
    Shape shape = drawn.x.shape();
    int size = drawn.x.size();
    Grid ranked = drawn.x;
    for (int i = 0; i < size; i++) {
      ranked = ranked.with(i, drawn.x.flat(i) + (size - i) * 1e-9);
    }
    Grid winners = PoolingCases.max(2, ranked, drawn.options);
    double[] expected = new double[size];
    for (int j = 0; j < winners.size(); j++) {
      for (int i = 0; i < size; i++) {
        expected[i] += ranked.flat(i) == winners.flat(j) ? seed.flat(j) : 0;
      }
    }
    assertThat(Grid.of(x.grad()).values()).containsExactly(Grid.of(shape, expected).values());
  }
}
