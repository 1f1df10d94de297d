package dev.autograd.testkit;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * A random graph while it grows. Besides each value it keeps the same value at points near by, on
 * both sides along random directions; from these it reads how steep and how curved the value is,
 * and normalises or refuses it.
 */
final class Growth {

  /** How many operations are tried for one gene. */
  private static final int TRIES = 8;

  /** From one try to the next, so that an operation's neighbours are not preferred. */
  private static final long STRIDE = 37;

  private static final int MOST_AXES = 4;
  private static final int DIRECTIONS = 2;
  private static final double STEP = 1e-3;

  private static final GraphOp FALLBACK = GraphOp.unary("neg", "a.neg()", a -> a.neg());

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(2, 3),
          Shape.SCALAR,
          Shape.of(3),
          Shape.of(3, 1),
          Shape.of(1),
          Shape.of(2, 2),
          Shape.of(2, 1, 3),
          Shape.of(3, 2));

  private final Vocabulary vocabulary;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<Instruction> instructions = new ArrayList<>();

  private final List<Tensor> values = new ArrayList<>();

  /** Which values some instruction has used. */
  private final BitSet used = new BitSet();

  /** Which values depend on a variable. */
  private final List<Boolean> varying = new ArrayList<>();

  /** Per direction, the values a step forwards and a step backwards. */
  private final List<List<Tensor>> nearby = new ArrayList<>();

  Growth(Vocabulary vocabulary, List<Integer> sources) {
    this.vocabulary = vocabulary;
    IntStream.range(0, 2 * DIRECTIONS).forEach(i -> nearby.add(new ArrayList<>()));
    for (int source : sources) {
      Random random = new Random(source);
      Shape shape = SHAPES.get(source % SHAPES.size());
      boolean constant = !leaves.isEmpty() && source / SHAPES.size() % 4 == 3;
      // Exact in single precision, and short when printed.
      Tensor value = tensor(shape, () -> Math.round(32 * random.nextGaussian()) / 32.0);
      leaves.add(new Leaf(value, constant));
      values.add(value);
      varying.add(!constant);
      for (int i = 0; i < DIRECTIONS; i++) {
        Tensor step = tensor(shape, () -> constant ? 0 : random.nextBoolean() ? STEP : -STEP);
        nearby.get(2 * i).add(value.add(step));
        nearby.get(2 * i + 1).add(value.sub(step));
      }
    }
  }

  private static Tensor tensor(Shape shape, DoubleSupplier element) {
    return Tensor.of(
        shape, IntStream.range(0, shape.size()).mapToDouble(i -> element.getAsDouble()).toArray());
  }

  RandomGraph grow(List<Gene> genes) {
    genes.forEach(this::add);
    List<Integer> outputs =
        IntStream.range(0, values.size()).filter(id -> !used.get(id)).boxed().toList();
    return new RandomGraph(leaves, instructions, outputs);
  }

  private void add(Gene gene) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      GraphOp op = vocabulary.op(gene.op() + attempt * STRIDE);
      Optional<Fitting.Choice> choice = op.choose(values, used, gene);
      if (choice.isPresent()
          && append(
              new Instruction(op, choice.get().operands(), choice.get().numbers(), 1, 0), true)) {
        return;
      }
    }
    int first = Fitting.first(values.size(), used, gene.first());
    append(new Instruction(FALLBACK, List.of(first), List.of(), 1, 0), false);
  }

  /** Appends an instruction, normalised; false if it was refused. */
  private boolean append(Instruction raw, boolean mayRefuse) {
    int id = values.size();
    boolean varies = raw.operands().stream().anyMatch(varying::get);
    Tensor y = raw.apply(values, id, Wiring.PLAIN);
    List<Tensor> around =
        nearby.stream().map(others -> raw.apply(others, id, Wiring.PLAIN)).toList();
    Instruction chosen = raw;
    if (mayRefuse) {
      if (!isSmall(y) || around.stream().anyMatch(near -> !near.shape().equals(y.shape()))) {
        return false;
      }
      Profile profile = Profile.of(y, around, STEP);
      double scale = profile.scale(varies);
      if (!profile.isAcceptable(scale, varies)) {
        return false;
      }
      chosen = raw.normalised(scale, profile.shift(scale));
    }
    instructions.add(chosen);
    chosen.operands().forEach(used::set);
    varying.add(varies);
    values.add(chosen.normalise(y));
    for (int i = 0; i < nearby.size(); i++) {
      nearby.get(i).add(chosen.normalise(around.get(i)));
    }
    return true;
  }

  private static boolean isSmall(Tensor y) {
    return y.size() > 0 && y.size() <= Fitting.LARGEST && y.rank() <= MOST_AXES;
  }
}
