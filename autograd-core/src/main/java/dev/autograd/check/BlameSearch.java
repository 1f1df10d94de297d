package dev.autograd.check;

import dev.autograd.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The search for operations whose own pullbacks are wrong. All operations are isolated from each
 * other, moved at once, each along a random direction of its operands, and compared with their own
 * gradients; those that disagree are then looked at operand by operand. So the search costs a few
 * dozen runs of the function, however many operations it has.
 */
final class BlameSearch {

  /** Operands of more elements are moved along random directions. */
  private static final int FEW = 64;

  private static final int DIRECTIONS = 3;

  private final IsolatedRun.Plan plan;
  private final IsolatedRun first;
  private final Settings settings;
  private final Precision precision;
  private final Random random;

  private BlameSearch(Examined examined, int order, Settings settings) {
    this.plan = new IsolatedRun.Plan(examined.values(), examined.blocks(), order, settings.seed());
    this.first = plan.first();
    this.settings = settings;
    this.precision = examined.valuePrecision();
    this.random = new Random(settings.seed());
  }

  /** Returns what is to blame, in order of recording; nothing if no operation is, by itself. */
  static List<Blame> run(Examined examined, int order, Settings settings) {
    return new BlameSearch(examined, order, settings).search();
  }

  private List<Blame> search() {
    Map<Integer, double[]> everywhere = new HashMap<>();
    for (int leaf = 0; leaf < first.leaves().size(); leaf++) {
      everywhere.put(leaf, direction(leaf));
    }
    Moves moves = new Moves(everywhere, 1, List.of());
    List<Blame> blames = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      if (judged(i, moves, List.of(), 0).verdict() != Verdict.CORRECT) {
        blames.addAll(blames(i));
      }
    }
    return blames;
  }

  private double[] direction(int leaf) {
    Block block = first.leaves().get(leaf);
    double[] direction = new double[block.values().length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = (float) random.nextGaussian() * Steps.scale(block, i);
    }
    return direction;
  }

  private List<Blame> blames(int operation) {
    List<Blame> blames = new ArrayList<>();
    List<Integer> operands = first.operands(operation);
    for (int leaf : first.gradient(operation).keySet()) {
      lines(leaf)
          .map(line -> judged(operation, line.moves(), line.index(), line.number()))
          .filter(element -> element.verdict() == Verdict.WRONG)
          .max(Comparator.comparingDouble(CheckedElement::severity))
          .ifPresent(worst -> blames.add(blame(operation, operands, leaf, worst)));
    }
    return blames;
  }

  private Blame blame(int operation, List<Integer> operands, int leaf, CheckedElement worst) {
    Node node = first.operation(operation);
    List<Integer> which =
        IntStream.range(0, operands.size()).filter(i -> operands.get(i) == leaf).boxed().toList();
    return new Blame(node.op(), which, first.source(operation), plan.order(), worst);
  }

  /** Moves of one leaf, and what the report calls them. */
  private record LeafLine(Moves moves, List<Integer> index, int number) {}

  private Stream<LeafLine> lines(int leaf) {
    Block block = first.leaves().get(leaf);
    int size = block.values().length;
    if (size <= FEW) {
      return IntStream.range(0, size)
          .mapToObj(
              element -> {
                double[] unit = new double[size];
                unit[element] = 1;
                Moves moves =
                    new Moves(
                        Map.of(leaf, unit),
                        Steps.scale(block, element),
                        Steps.longer(block, element));
                return new LeafLine(moves, Block.index(block.shape(), element), -1);
              });
    }
    return IntStream.range(0, DIRECTIONS)
        .mapToObj(
            n ->
                new LeafLine(new Moves(Map.of(leaf, direction(leaf)), 1, List.of()), List.of(), n));
  }

  private CheckedElement judged(int operation, Moves moves, List<Integer> index, int number) {
    double claimed = 0;
    double size = 0;
    for (Map.Entry<Integer, double[]> part : first.gradient(operation).entrySet()) {
      double[] gradient = part.getValue();
      double[] direction = moves.directions.get(part.getKey());
      Block block = first.leaves().get(part.getKey());
      for (int i = 0; i < gradient.length; i++) {
        claimed += direction == null ? 0 : gradient[i] * direction[i];
        double own = Math.abs(gradient[i]) * Steps.scale(block, i);
        size = Double.isFinite(own) ? Math.max(size, own) : size;
      }
    }
    double natural = Math.max(size, Double.MIN_NORMAL) / moves.scale;
    double rounding = precision == Precision.SINGLE ? 64 * precision.epsilon() * natural : 0;
    return new Judge(
            moves.line(operation, index, number),
            precision,
            precision,
            settings.tolerance(),
            claimed,
            rounding,
            new Importance(natural, natural, natural))
        .verdict();
  }

  /** Runs in which the same leaves move, by different ways; each serves all operations. */
  private final class Moves {

    private final Map<Integer, double[]> directions;
    private final double scale;
    private final List<Double> longer;
    private final Map<Double, IsolatedRun> runs = new HashMap<>();
    private final Set<Double> elsewhere = new HashSet<>();

    Moves(Map<Integer, double[]> directions, double scale, List<Double> longer) {
      this.directions = directions;
      this.scale = scale;
      this.longer = longer;
    }

    private @Nullable IsolatedRun at(double way) {
      if (elsewhere.contains(way)) {
        return null;
      }
      IsolatedRun known = runs.get(way);
      if (known == null) {
        try {
          known = plan.moved(first, directions, way);
          runs.put(way, known);
        } catch (RuntimeException theFunctionDoesSomethingElse) {
          elsewhere.add(way);
          return null;
        }
      }
      return known;
    }

    Line line(int operation, List<Integer> index, int number) {
      double[] from = first.quantity(operation);
      double[] weights = IsolatedRun.weights(plan, operation, from.length);
      return new Line() {
        @Override
        public List<Integer> index() {
          return index;
        }

        @Override
        public int direction() {
          return number;
        }

        @Override
        public double scale() {
          return scale;
        }

        @Override
        public List<Double> longer() {
          return longer;
        }

        @Override
        public Extrapolation.@Nullable Change apply(double way) {
          IsolatedRun run = at(way);
          return run == null || !run.hasConstantsOf(first, operation)
              ? null
              : change(from, run.quantity(operation), weights, way);
        }
      };
    }

    private Extrapolation.@Nullable Change change(
        double[] from, double[] to, double[] weights, double way) {
      double sum = 0;
      double deviation = 0;
      for (int j = 0; j < from.length; j++) {
        sum += weights[j] * (to[j] - from[j]);
        double last = precision.lastPlace(Math.max(Math.abs(to[j]), Math.abs(from[j])));
        deviation = Math.hypot(deviation, weights[j] * last);
      }
      return Double.isFinite(sum) ? new Extrapolation.Change(sum, deviation, Math.abs(way)) : null;
    }
  }
}
