package dev.autograd.catalogue;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A graph of operations as a list of instructions, each on values made before: first the leaves,
 * some of them constants, then one value per instruction. What no instruction uses is an output,
 * and the loss is the sum of the sines of all outputs, so that no upstream gradient is uniform.
 *
 * <p>It can be evaluated by the library and by formulas, and prints itself as a Java program.
 */
final class RandomGraph {

  /** Values beyond this are scaled down, by a power of two. */
  private static final double LARGEST = 3;

  /** Those of two operands twice: they alone join branches, and most are of one. */
  private static final List<GraphOp> OPS =
      Arrays.stream(GraphOp.values())
          .flatMap(op -> Collections.nCopies(op.takesTwo() ? 2 : 1, op).stream())
          .toList();

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

  /** One call, and the power of two its result is multiplied by; 1 mostly. */
  record Instruction(GraphOp op, List<Integer> operands, List<Integer> numbers, double scale) {

    private int[] numberArray() {
      return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private Grid evaluate(List<Grid> values) {
      List<Grid> chosen = operands.stream().map(values::get).toList();
      Grid result = op.evaluate(chosen, numberArray());
      return scale == 1 ? result : result.map(v -> v * scale);
    }

    private Tensor run(List<Tensor> values, UnaryOperator<Tensor> edge) {
      List<Tensor> chosen = operands.stream().map(id -> edge.apply(values.get(id))).toList();
      Tensor result = op.call(chosen, numberArray());
      return scale == 1 ? result : result.mul(scale);
    }

    private String print() {
      List<String> names = operands.stream().map(RandomGraph::name).toList();
      return op.print(names, numberArray()) + (scale == 1 ? "" : ".mul(" + scale + ")");
    }
  }

  private final List<Grid> leaves;
  private final List<Boolean> constants;
  private final List<Instruction> instructions;

  private RandomGraph(List<Grid> leaves, List<Boolean> constants, List<Instruction> instructions) {
    this.leaves = leaves;
    this.constants = constants;
    this.instructions = instructions;
  }

  /**
   * Returns the graph that some numbers describe; every list of numbers describes one.
   *
   * @param sources one number per leaf; at least one
   * @param genes one per instruction
   */
  static RandomGraph of(List<Integer> sources, List<Gene> genes) {
    List<Grid> leaves = new ArrayList<>();
    List<Boolean> constants = new ArrayList<>();
    for (int source : sources) {
      Random random = new Random(source);
      Shape shape = SHAPES.get(source % SHAPES.size());
      leaves.add(Grid.generate(shape, i -> Math.round(100 * random.nextGaussian()) / 100.0));
      constants.add(!constants.isEmpty() && source / SHAPES.size() % 4 == 3);
    }
    List<Grid> values = new ArrayList<>(leaves);
    List<Instruction> instructions = new ArrayList<>();
    for (Gene gene : genes) {
      Instruction instruction = scaled(instruction(gene, values), values);
      instructions.add(instruction);
      values.add(instruction.evaluate(values));
    }
    return new RandomGraph(leaves, constants, instructions);
  }

  private static Instruction instruction(Gene gene, List<Grid> values) {
    GraphOp op = OPS.get(gene.op() % OPS.size());
    return op.choose(values, gene)
        .map(choice -> new Instruction(op, choice.operands(), choice.numbers(), 1))
        .orElseGet(
            () -> {
              int id = Fitting.newest(values, gene.first());
              return new Instruction(GraphOp.TANH, List.of(id), List.of(), 1);
            });
  }

  private static Instruction scaled(Instruction instruction, List<Grid> values) {
    double magnitude = instruction.evaluate(values).magnitude();
    double scale = 1;
    while (magnitude * scale > LARGEST) {
      scale /= 2;
    }
    return new Instruction(instruction.op(), instruction.operands(), instruction.numbers(), scale);
  }

  /** Returns the values that are differentiated by, in the order of the leaves. */
  List<Grid> variables() {
    return IntStream.range(0, leaves.size())
        .filter(i -> !constants.get(i))
        .mapToObj(leaves::get)
        .toList();
  }

  /** Returns what is computed, in order. */
  List<GraphOp> instructions() {
    return instructions.stream().map(Instruction::op).toList();
  }

  /** Returns the number of instructions on the longest path. */
  int depth() {
    int[] depths = new int[leaves.size() + instructions.size()];
    for (int i = 0; i < instructions.size(); i++) {
      int longest =
          instructions.get(i).operands().stream().mapToInt(id -> depths[id]).max().orElse(0);
      depths[leaves.size() + i] = longest + 1;
    }
    return Arrays.stream(depths).max().orElse(0);
  }

  /** Returns the number of operands that a gradient flows to. */
  int edges() {
    List<Boolean> tracked = new ArrayList<>(constants.stream().map(c -> !c).toList());
    int edges = 0;
    for (Instruction instruction : instructions) {
      List<Boolean> operands = instruction.operands().stream().map(tracked::get).toList();
      edges += (int) operands.stream().filter(t -> t).count();
      tracked.add(operands.contains(true));
    }
    return edges;
  }

  /** Returns the loss by formulas. */
  double evaluate(List<Grid> variables) {
    List<Grid> values = bound(variables, leaves);
    instructions.forEach(instruction -> values.add(instruction.evaluate(values)));
    double loss = 0;
    for (int id : outputs()) {
      loss += Arrays.stream(values.get(id).values()).map(Math::sin).sum();
    }
    return loss;
  }

  /** Returns all values by the library. */
  List<Tensor> run(List<Tensor> variables) {
    return run(variables, UnaryOperator.identity());
  }

  /** Returns all values by the library, with a function applied on each edge. */
  List<Tensor> run(List<Tensor> variables, UnaryOperator<Tensor> edge) {
    List<Tensor> own = leaves.stream().map(x -> x.tensor(DType.F64)).toList();
    List<Tensor> values = bound(variables, own);
    instructions.forEach(instruction -> values.add(instruction.run(values, edge)));
    return values;
  }

  /** Returns the leaves: variables where they are variable, their own values where constant. */
  private <T> List<T> bound(List<T> variables, List<T> own) {
    List<T> values = new ArrayList<>();
    Iterator<T> next = variables.iterator();
    for (int i = 0; i < leaves.size(); i++) {
      values.add(constants.get(i) ? own.get(i) : next.next());
    }
    return values;
  }

  /** Returns one number per output, computed by the library. */
  List<Tensor> losses(List<Tensor> values) {
    return outputs().stream().map(id -> values.get(id).sin().sum()).toList();
  }

  /** Returns the loss by the library. */
  Tensor loss(List<Tensor> values) {
    return losses(values).stream().reduce(Tensor::add).orElseThrow();
  }

  /** Returns the values that no instruction uses. */
  List<Integer> outputs() {
    boolean[] used = new boolean[leaves.size() + instructions.size()];
    instructions.forEach(instruction -> instruction.operands().forEach(id -> used[id] = true));
    return IntStream.range(0, used.length).filter(id -> !used[id]).boxed().toList();
  }

  /** Returns the same graph with its instructions in another order that computes operands first. */
  RandomGraph reordered(long seed) {
    Random random = new Random(seed);
    List<Integer> waiting =
        new ArrayList<>(IntStream.range(0, instructions.size()).boxed().toList());
    int[] places = new int[leaves.size() + instructions.size()];
    Arrays.setAll(places, id -> id < leaves.size() ? id : -1);
    List<Instruction> order = new ArrayList<>();
    while (!waiting.isEmpty()) {
      List<Integer> ready =
          waiting.stream()
              .filter(i -> instructions.get(i).operands().stream().allMatch(id -> places[id] >= 0))
              .toList();
      int chosen = ready.get(random.nextInt(ready.size()));
      Instruction old = instructions.get(chosen);
      List<Integer> operands = old.operands().stream().map(id -> places[id]).toList();
      places[leaves.size() + chosen] = leaves.size() + order.size();
      order.add(new Instruction(old.op(), operands, old.numbers(), old.scale()));
      waiting.remove((Integer) chosen);
    }
    return new RandomGraph(leaves, constants, order);
  }

  private static String name(int id) {
    return "v" + id;
  }

  /** Returns a Java program that computes the loss and prints the gradients. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        """

        import dev.autograd.Tensor;
        import dev.autograd.array.*;

        class Reproduction {
          public static void main(String[] arguments) {
        """);
    for (int id = 0; id < leaves.size(); id++) {
      line(
          text,
          "Tensor "
              + name(id)
              + " = "
              + print(leaves.get(id))
              + (constants.get(id) ? "" : ".withGrad()"));
    }
    for (int i = 0; i < instructions.size(); i++) {
      line(text, "Tensor " + name(leaves.size() + i) + " = " + instructions.get(i).print());
    }
    String sum =
        outputs().stream()
            .map(id -> name(id) + ".sin().sum()")
            .reduce((total, next) -> total + ".add(" + next + ")")
            .orElseThrow();
    line(text, "Tensor loss = " + sum);
    line(text, "loss.backward()");
    line(text, "System.out.println(loss)");
    for (int id = 0; id < leaves.size(); id++) {
      if (!constants.get(id)) {
        line(text, "System.out.println(" + name(id) + ".grad())");
      }
    }
    return text.append("  }\n}\n").toString();
  }

  private static void line(StringBuilder text, String statement) {
    text.append("    ").append(statement).append(";\n");
  }

  private static String print(Grid leaf) {
    String dims = join(Arrays.stream(leaf.shape().toArray()).boxed().toList());
    String values = join(Arrays.stream(leaf.values()).boxed().toList());
    return "Tensor.of(Shape.of(" + dims + "), " + values + ")";
  }

  private static String join(List<?> parts) {
    return parts.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
