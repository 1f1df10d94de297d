package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import dev.autograd.array.NaiveIndex;
import dev.autograd.array.NdArray;
import dev.autograd.array.Runs;
import dev.autograd.array.Shape;
import dev.autograd.array.Slice;
import dev.autograd.array.Strides;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Moving elements by random plans, for every element type, against index arithmetic. */
class MovementProperties {

  private static final int MARGIN = 3;
  private static final int BLOCK = 20;

  @Property(tries = 300)
  void gatherReadsWhatThePlanNames(
      @ForAll DType dtype, @ForAll @IntRange(max = 5) int rank, @ForAll long seed) {
    Random random = new Random(seed);
    Shape block = randomShape(rank, random);
    Strides plan = repeated(cut(block, random), random);
    NdArray x = random(dtype, block, random);
    int n = plan.shape().size();
    NdArray out = random(dtype, Shape.of(n + MARGIN), random);
    NdArray before = out.copy();
    Backends.movement(dtype).gather(x.data(), out.data(), plan);
    for (int i = 0; i < n + MARGIN; i++) {
      double expected = i < n ? x.doubleAt(NaiveIndex.ofPlan(i, plan)) : before.doubleAt(i);
      assertThat(out.doubleAt(i)).isEqualTo(expected);
    }
  }

  @Property(tries = 300)
  void scatterWritesWhatThePlanNamesAndNothingElse(
      @ForAll DType dtype, @ForAll @IntRange(max = 5) int rank, @ForAll long seed) {
    Random random = new Random(seed);
    Shape block = randomShape(rank, random);
    Strides plan = cut(block, random);
    int n = plan.shape().size();
    NdArray x = random(dtype, Shape.of(n), random);
    NdArray out = random(dtype, Shape.of(block.size() + MARGIN), random);
    double[] expected = doubles(out);
    for (int i = 0; i < n; i++) {
      expected[NaiveIndex.ofPlan(i, plan)] = x.doubleAt(i);
    }
    Backends.movement(dtype).scatter(x.data(), out.data(), plan);
    assertThat(doubles(out)).containsExactly(expected);
  }

  @Property(tries = 300)
  void scatterAddAddsWhereThePlanNames(
      @ForAll Precision precision, @ForAll @IntRange(max = 5) int rank, @ForAll long seed) {
    Random random = new Random(seed);
    Shape block = randomShape(rank, random);
    Strides plan = cut(block, random);
    int n = plan.shape().size();
    NdArray x = random(precision.dtype, Shape.of(n), random);
    NdArray target = random(precision.dtype, Shape.of(block.size() + MARGIN), random);
    double[] expected = doubles(target);
    for (int i = 0; i < n; i++) {
      int at = NaiveIndex.ofPlan(i, plan);
      expected[at] = precision.round(expected[at] + x.doubleAt(i));
    }
    precision.kernels().scatterAdd(x.data(), target.data(), plan);
    assertThat(doubles(target)).containsExactly(expected);
  }

  @Property(tries = 300)
  void runsAreReadAndWrittenWhereTheyBegin(@ForAll DType dtype, @ForAll long seed) {
    Random random = new Random(seed);
    Runs plan = randomRuns(random);
    int n = plan.count() * plan.length();
    NdArray x = random(dtype, Shape.of(BLOCK), random);
    NdArray out = random(dtype, Shape.of(n + MARGIN), random);
    double[] read = doubles(out);
    double[] written = doubles(x);
    NdArray target = x.copy();
    for (int i = 0; i < n; i++) {
      int place = plan.start(i / plan.length()) + i % plan.length();
      written[place] = out.doubleAt(i);
      read[i] = x.doubleAt(place);
    }
    Backends.movement(dtype).scatter(out.data(), target.data(), plan);
    Backends.movement(dtype).gather(x.data(), out.data(), plan);
    assertThat(doubles(target)).containsExactly(written);
    assertThat(doubles(out)).containsExactly(read);
  }

  @Property(tries = 300)
  void runsAreAddedOneAfterTheOther(@ForAll Precision precision, @ForAll long seed) {
    Random random = new Random(seed);
    Runs plan = randomRuns(random);
    int n = plan.count() * plan.length();
    NdArray x = random(precision.dtype, Shape.of(n), random);
    NdArray target = random(precision.dtype, Shape.of(BLOCK), random);
    double[] expected = doubles(target);
    for (int i = 0; i < n; i++) {
      int place = plan.start(i / plan.length()) + i % plan.length();
      expected[place] = precision.round(expected[place] + x.doubleAt(i));
    }
    precision.kernels().scatterAdd(x.data(), target.data(), plan);
    assertThat(doubles(target)).containsExactly(expected);
  }

  /** Returns runs anywhere in a block, overlapping and repeating. */
  private static Runs randomRuns(Random random) {
    int length = random.nextInt(3) == 0 ? 1 : random.nextInt(12);
    int[] starts = random.ints(random.nextInt(9), 0, BLOCK - length + 1).toArray();
    return new Runs(starts, length);
  }

  private static double[] doubles(NdArray block) {
    return IntStream.range(0, block.size()).mapToDouble(block::doubleAt).toArray();
  }

  private static Shape randomShape(int rank, Random random) {
    int[] dims = new int[rank];
    Arrays.setAll(dims, axis -> random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(5));
    if (rank > 0 && random.nextInt(3) == 0) {
      dims[rank - 1] *= 20;
    }
    return Shape.of(dims);
  }

  /** Returns a random part of a block, its axes in random order. */
  private static Strides cut(Shape block, Random random) {
    Slice[] slices = new Slice[block.rank()];
    for (int axis = 0; axis < slices.length; axis++) {
      slices[axis] = randomSlice(block.dim(axis), random);
    }
    Strides plan = Strides.of(block).slice(slices);
    List<Integer> order = new ArrayList<>(IntStream.range(0, plan.shape().rank()).boxed().toList());
    if (random.nextBoolean()) {
      Collections.shuffle(order, random);
    }
    return plan.permute(order.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Slice randomSlice(int size, Random random) {
    if (size == 0 || random.nextInt(3) == 0) {
      return Slice.all();
    }
    int from = random.nextInt(size);
    return switch (random.nextInt(3)) {
      case 0 -> Slice.at(from);
      case 1 -> Slice.range(from, from + random.nextInt(size - from + 1));
      default -> Slice.from(from).step(1 + random.nextInt(3));
    };
  }

  /** Returns the plan, sometimes repeated along a new outermost axis. */
  private static Strides repeated(Strides plan, Random random) {
    if (random.nextBoolean()) {
      return plan;
    }
    int[] dims = new int[plan.shape().rank() + 1];
    dims[0] = 1 + random.nextInt(3);
    for (int axis = 1; axis < dims.length; axis++) {
      int size = plan.shape().dim(axis - 1);
      dims[axis] = size == 1 ? 1 + random.nextInt(4) : size;
    }
    return plan.broadcastTo(Shape.of(dims));
  }

  private static NdArray random(DType dtype, Shape shape, Random random) {
    double[] values = random.doubles(shape.size(), -100, 100).toArray();
    if (dtype == DType.BOOL) {
      Arrays.setAll(values, i -> values[i] < 0 ? 0 : 1);
    }
    return new NdArray(shape, DType.F64, values).to(dtype);
  }
}
