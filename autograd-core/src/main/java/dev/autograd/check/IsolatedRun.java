package dev.autograd.check;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Inspection;
import dev.autograd.Node;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A run of a function in which no operation sees what another has made: each gets leaves with the
 * numbers of the first run, or numbers moved from there, so that it can be differentiated, and
 * followed along a line, by itself. One run serves all operations.
 *
 * <p>Leaves are numbered: first the function's inputs, then the results of its operations, in order
 * of recording.
 */
final class IsolatedRun {

  /** Stands for an operand that is not differentiated. */
  static final int CONSTANT = -1;

  private final List<Block> leaves = new ArrayList<>();
  private final List<Node> operations = new ArrayList<>();
  private final List<Tensor> results = new ArrayList<>();
  private final List<Tensor> handed = new ArrayList<>();
  private final List<List<Integer>> operands = new ArrayList<>();
  private final List<double[]> quantities = new ArrayList<>();
  private final List<Map<Integer, double[]>> gradients = new ArrayList<>();
  private final List<String> sources = new ArrayList<>();
  private final List<List<Tensor>> constants = new ArrayList<>();
  private final List<double[]> constantValues = new ArrayList<>();

  private IsolatedRun() {}

  /**
   * What is run.
   *
   * @param order of the derivatives to look at
   */
  record Plan(Subject subject, List<Block> inputs, int order, long seed) {

    /** Returns the run at the given inputs, with the gradient of each operation. */
    IsolatedRun first() {
      IsolatedRun run = new IsolatedRun();
      Tape.scope(
          () -> {
            run.execute(this, null, Map.of(), 0);
            run.differentiate(this, true);
          });
      return run;
    }

    /**
     * Returns a run in which leaves have moved.
     *
     * @param directions per leaf that moves, how far per unit of the way
     * @throws RuntimeException if the function does something else there
     */
    IsolatedRun moved(IsolatedRun first, Map<Integer, double[]> directions, double way) {
      IsolatedRun run = new IsolatedRun();
      Tape.scope(
          () -> {
            run.execute(this, first, directions, way);
            run.differentiate(this, false);
          });
      return run;
    }
  }

  /** Returns how many operations ran. */
  int size() {
    return operations.size();
  }

  Node operation(int i) {
    return operations.get(i);
  }

  String source(int i) {
    return sources.get(i);
  }

  /** Returns the leaves that the operands of an operation are, or {@link #CONSTANT}. */
  List<Integer> operands(int i) {
    return operands.get(i);
  }

  /** Returns the numbers of an operation whose derivative is looked at. */
  double[] quantity(int i) {
    return quantities.get(i);
  }

  /** Returns the gradient of the projected numbers by each leaf among the operands. */
  Map<Integer, double[]> gradient(int i) {
    return gradients.get(i);
  }

  List<Block> leaves() {
    return leaves;
  }

  /** Returns the weights of an operation's projection, the same in every run. */
  static double[] weights(Plan plan, int operation, int size) {
    return size == 1
        ? new double[] {1}
        : new Random(plan.seed() + operation)
            .doubles(size, -1, 1)
            .map(w -> (float) (w + Math.copySign(0.5, w)))
            .toArray();
  }

  private void execute(
      Plan plan, @Nullable IsolatedRun first, Map<Integer, double[]> directions, double way) {
    List<Block> inputs = plan.inputs();
    double[][] values = new double[inputs.size()][];
    for (int k = 0; k < values.length; k++) {
      values[k] = moved(inputs.get(k), directions.get(k), way);
      leaves.add(inputs.get(k));
    }
    Run run =
        Inspection.intercept(
            (operation, tensors, result) -> {
              int number = inputs.size() + operations.size();
              if (first != null && !first.runs(operations.size(), operation)) {
                throw new IllegalStateException("the function does something else here");
              }
              operations.add(operation);
              results.add(result);
              constants.add(constants(tensors));
              sources.add(first == null ? Inspection.sourceLine() : "");
              Block leaf = first == null ? block(result) : first.leaves.get(number);
              leaves.add(leaf);
              Tensor numbers =
                  Tensor.wrap(result.shape(), moved(leaf, directions.get(number), way));
              handed.add(numbers.to(result.dtype()).withGrad());
              return handed.get(handed.size() - 1);
            },
            () -> plan.subject().run(values));
    number(run.inputs());
    constants.forEach(tensors -> constantValues.add(joined(tensors)));
  }

  private static List<Tensor> constants(List<? extends Tensor> operands) {
    return operands.stream().<Tensor>map(x -> x).filter(x -> !x.requiresGrad()).toList();
  }

  /**
   * Returns whether the operands of an operation that are not differentiated have the same numbers
   * in another run. Otherwise they were computed from the inputs, unseen, and the operation is not
   * a function of its other operands alone.
   */
  boolean hasConstantsOf(IsolatedRun other, int i) {
    return Arrays.equals(constantValues.get(i), other.constantValues.get(i));
  }

  private boolean runs(int i, Node operation) {
    return i < operations.size()
        && operations.get(i).op().equals(operation.op())
        && operations.get(i).shape().equals(operation.shape());
  }

  private static Block block(Tensor result) {
    Precision precision = result.dtype() == DType.F32 ? Precision.SINGLE : Precision.DOUBLE;
    return new Block("", "", result.shape(), precision, result.toDoubleArray());
  }

  private static double[] moved(Block block, double @Nullable [] direction, double way) {
    double[] values = block.values().clone();
    for (int i = 0; direction != null && i < values.length; i++) {
      values[i] = block.precision().round(values[i] + way * direction[i]);
    }
    return values;
  }

  private void number(List<Tensor> inputs) {
    Map<Node, Integer> numbers = new HashMap<>();
    for (Tensor leaf : inputs) {
      numbers.put(node(leaf), numbers.size());
    }
    for (Tensor leaf : handed) {
      numbers.put(node(leaf), numbers.size());
    }
    handed.addAll(0, inputs);
    for (Node operation : operations) {
      operands.add(
          operation.inputs().stream()
              .map(operand -> numbers.getOrDefault(operand, CONSTANT))
              .toList());
    }
  }

  private static Node node(Tensor leaf) {
    List<Node> nodes = leaf.nodes();
    return nodes.get(nodes.size() - 1);
  }

  private void differentiate(Plan plan, boolean withGradients) {
    for (int i = 0; i < operations.size(); i++) {
      int operation = i;
      List<Integer> numbers =
          operands.get(i).stream().filter(leaf -> leaf != CONSTANT).distinct().toList();
      List<Tensor> variables = numbers.stream().map(handed::get).toList();
      List<Tensor> quantity = List.of(results.get(i));
      for (int order = 1; order < plan.order(); order++) {
        quantity = sweep(plan, operation, quantity, variables, true);
      }
      quantities.add(joined(quantity));
      if (withGradients) {
        List<Tensor> gradient = sweep(plan, operation, quantity, variables, false);
        Map<Integer, double[]> parts = new LinkedHashMap<>();
        for (int k = 0; k < numbers.size(); k++) {
          parts.put(numbers.get(k), gradient.get(k).toDoubleArray());
        }
        gradients.add(parts);
      }
    }
    // Runs are kept for their numbers only.
    results.clear();
    handed.clear();
    constants.clear();
  }

  private static List<Tensor> sweep(
      Plan plan, int operation, List<Tensor> results, List<Tensor> variables, boolean record) {
    int size = results.stream().mapToInt(Tensor::size).sum();
    double[] weights = weights(plan, operation, size);
    Tensor projection = Tensor.scalar(0);
    int offset = 0;
    for (Tensor result : results) {
      double[] part = Arrays.copyOfRange(weights, offset, offset + result.size());
      offset += result.size();
      Tensor weighted =
          result.mul(Tensor.wrap(result.shape(), part).to(result.dtype())).sum().to(DType.F64);
      projection = projection.add(weighted);
    }
    if (!projection.requiresGrad()) {
      return variables.stream().map(x -> x.detach().mul(0)).toList();
    }
    GradOptions how = record ? GradOptions.createGraph() : GradOptions.retainGraph();
    Gradients gradients = Autograd.grad(projection, variables, how.allowUnused());
    return variables.stream().map(gradients::of).toList();
  }

  private static double[] joined(List<Tensor> parts) {
    return parts.stream().flatMapToDouble(part -> Arrays.stream(part.toDoubleArray())).toArray();
  }
}
