package dev.autograd.testkit;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A graph of operations as a list of instructions, each on values made before: first the leaves,
 * some of them constants, then one value per instruction. What no instruction uses is an output,
 * and the loss is the sum of the sines of all outputs, so that no upstream gradient is uniform.
 *
 * <pre>{@code
 * RandomGraph graph = RandomGraph.draw(Vocabulary.standard(), seed, 60);
 * GradientCheck.ofList(graph::loss).at(graph.variables()).order(2).assertPasses();
 * String program = graph.toString();
 * }</pre>
 *
 * <p><b>Scale.</b> Every value is kept within ±3, and its slope along a random direction of all
 * variables between 1/20 and 2, by factors that are powers of two and by shifts; an instruction
 * whose curvature would be large, or that would lie at a kink, is replaced by the next that fits.
 * So a graph of 200 instructions is as well conditioned as one of 5, and differences of its values
 * mean something.
 *
 * <p><b>Shrinking.</b> A graph is described by numbers, all of which are valid: a tool that
 * shortens and lowers them, as jqwik does, finds a smaller one. {@link #smallest} goes further
 * where there is no such tool, or after it: it takes the graph apart.
 */
public final class RandomGraph {

  private final List<Leaf> leaves;
  private final List<Instruction> instructions;
  private final List<Integer> outputs;

  /**
   * Makes a graph of its parts.
   *
   * @param outputs the values in the loss, in the order they are summed
   */
  RandomGraph(List<Leaf> leaves, List<Instruction> instructions, List<Integer> outputs) {
    this.leaves = List.copyOf(leaves);
    this.instructions = List.copyOf(instructions);
    this.outputs = List.copyOf(outputs);
  }

  /**
   * Returns the graph that some numbers describe; every list of numbers describes one.
   *
   * @param vocabulary the operations it is made of
   * @param sources one number per leaf, 0 or more each; at least one
   * @param genes one per instruction
   * @throws IllegalArgumentException if there is no leaf, or a number is negative
   */
  public static RandomGraph of(Vocabulary vocabulary, List<Integer> sources, List<Gene> genes) {
    if (sources.isEmpty() || sources.stream().anyMatch(source -> source < 0)) {
      throw new IllegalArgumentException(
          "random graph: the leaves are " + sources + "; there must be one, and all 0 or more");
    }
    return Autograd.noGrad(() -> new Growth(vocabulary, sources).grow(genes));
  }

  /** Returns the graph that some numbers describe, of the library's operations. */
  public static RandomGraph of(List<Integer> sources, List<Gene> genes) {
    return of(Vocabulary.standard(), sources, genes);
  }

  /**
   * Returns a graph of 2 to 5 leaves and some number of instructions, the same one for the same
   * seed.
   */
  public static RandomGraph draw(Vocabulary vocabulary, long seed, int instructions) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> sources = new ArrayList<>();
    IntStream.range(0, 2 + random.nextInt(4)).forEach(i -> sources.add(number(random)));
    List<Gene> genes = new ArrayList<>();
    for (int i = 0; i < instructions; i++) {
      genes.add(new Gene(number(random), number(random), number(random), number(random)));
    }
    return of(vocabulary, sources, genes);
  }

  private static int number(SplittableRandom random) {
    return random.nextInt(Gene.RANGE);
  }

  List<Leaf> leaves() {
    return leaves;
  }

  List<Instruction> instructions() {
    return instructions;
  }

  /** Returns the values that are differentiated by, untracked, in the order of the leaves. */
  public List<Tensor> variables() {
    return leaves.stream().filter(leaf -> !leaf.constant()).map(Leaf::value).toList();
  }

  /** Returns the number of values: leaves and instructions. */
  public int size() {
    return leaves.size() + instructions.size();
  }

  /** Returns the operations, one per instruction, in order. */
  public List<GraphOp> ops() {
    return instructions.stream().map(Instruction::op).toList();
  }

  /** Returns the ids of a value's operands; none for a leaf. Leaves have the first ids. */
  public List<Integer> operands(int id) {
    return id < leaves.size() ? List.of() : instructions.get(id - leaves.size()).operands();
  }

  /** Returns whether a value is a constant leaf. */
  public boolean isConstant(int id) {
    return id < leaves.size() && leaves.get(id).constant();
  }

  /** Returns the ids of the values in the loss, which are those that no instruction uses. */
  public List<Integer> outputs() {
    return outputs;
  }

  /** Returns the number of instructions on the longest path. */
  public int depth() {
    int[] depths = new int[size()];
    for (int id = leaves.size(); id < depths.length; id++) {
      depths[id] = 1 + operands(id).stream().mapToInt(operand -> depths[operand]).max().orElse(0);
    }
    return Arrays.stream(depths).max().orElse(0);
  }

  /** Returns the number of operands that a gradient flows to. */
  public int edges() {
    boolean[] tracked = tracked();
    return IntStream.range(0, size())
        .map(id -> (int) operands(id).stream().filter(operand -> tracked[operand]).count())
        .sum();
  }

  /** Returns, per value, whether it depends on a variable. */
  boolean[] tracked() {
    boolean[] tracked = new boolean[size()];
    for (int id = 0; id < tracked.length; id++) {
      tracked[id] =
          id < leaves.size()
              ? !leaves.get(id).constant()
              : operands(id).stream().anyMatch(operand -> tracked[operand]);
    }
    return tracked;
  }

  /**
   * Returns all values, computed by the library: leaves first, then one per instruction.
   *
   * @param variables as many as {@link #variables()}, of the same shapes, tracked or not; constants
   *     get their element type
   */
  public List<Tensor> run(List<Tensor> variables) {
    return run(variables, Wiring.PLAIN);
  }

  /** Returns all values, with something on the edges between instructions; see {@link #run}. */
  public List<Tensor> run(List<Tensor> variables, Wiring wiring) {
    List<Tensor> values = new ArrayList<>(size());
    DType dtype = variables.isEmpty() ? DType.F64 : variables.get(0).dtype();
    Iterator<Tensor> next = variables.iterator();
    leaves.forEach(leaf -> values.add(leaf.constant() ? leaf.value().to(dtype) : next.next()));
    for (Instruction instruction : instructions) {
      values.add(instruction.apply(values, values.size(), wiring));
    }
    return values;
  }

  /**
   * Returns all values, computed by an engine: leaves first, then one per instruction.
   *
   * @param variables as many as {@link #variables()}
   */
  public <V> List<V> runOn(Engine<V> engine, List<V> variables) {
    List<V> values = new ArrayList<>(size());
    Iterator<V> next = variables.iterator();
    leaves.forEach(leaf -> values.add(leaf.constant() ? engine.leaf(leaf.value()) : next.next()));
    instructions.forEach(instruction -> values.add(instruction.applyOn(engine, values)));
    return values;
  }

  /** Returns one number per output: the sum of its sines. */
  public List<Tensor> losses(List<Tensor> variables) {
    List<Tensor> values = run(variables);
    return outputs.stream().map(id -> values.get(id).sin().sum()).toList();
  }

  /** Returns the sum of the losses, a function of the variables. */
  public Tensor loss(List<Tensor> variables) {
    return lossOf(run(variables));
  }

  /** Returns the sum of the losses of values that {@link #run} returned. */
  public Tensor lossOf(List<Tensor> values) {
    return outputs.stream().map(id -> values.get(id).sin().sum()).reduce(Tensor::add).orElseThrow();
  }

  /**
   * Returns the same graph with its instructions in another order that computes operands first. The
   * order of the outputs, in which the losses are summed, stays.
   */
  public RandomGraph reordered(long seed) {
    Random random = new Random(seed);
    List<Integer> waiting = new ArrayList<>();
    IntStream.range(leaves.size(), size()).forEach(waiting::add);
    int[] places = new int[size()];
    Arrays.setAll(places, id -> id < leaves.size() ? id : -1);
    List<Instruction> order = new ArrayList<>();
    while (!waiting.isEmpty()) {
      List<Integer> ready =
          waiting.stream()
              .filter(id -> operands(id).stream().allMatch(operand -> places[operand] >= 0))
              .toList();
      int chosen = ready.get(random.nextInt(ready.size()));
      places[chosen] = leaves.size() + order.size();
      order.add(
          instructions
              .get(chosen - leaves.size())
              .on(operands(chosen).stream().map(operand -> places[operand]).toList()));
      waiting.remove((Integer) chosen);
    }
    return new RandomGraph(leaves, order, outputs.stream().map(id -> places[id]).toList());
  }

  /**
   * Returns the same graph with each operation as another vocabulary has it, by name; operations
   * that it has not stay.
   */
  public RandomGraph with(Vocabulary vocabulary) {
    Map<String, GraphOp> named =
        vocabulary.ops().stream().collect(Collectors.toMap(GraphOp::name, Function.identity()));
    return new RandomGraph(
        leaves,
        instructions.stream()
            .map(each -> each.by(named.getOrDefault(each.op().name(), each.op())))
            .toList(),
        outputs);
  }

  /**
   * Returns the smallest part of this graph found that still fails: fewer outputs, and values in
   * place of the instructions that made them. This graph itself, if no part fails.
   *
   * @param fails whether a graph shows the failure; called many times, and not on graphs without
   *     variables
   */
  public RandomGraph smallest(Predicate<RandomGraph> fails) {
    return new Dissection(fails).smallest(this);
  }

  /** Returns a Java program that computes the loss and prints it and the gradients. */
  @Override
  public String toString() {
    return GraphProgram.of(this);
  }
}
