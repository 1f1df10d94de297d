package dev.autograd.testkit;

import static dev.autograd.testkit.Formula.indicator;
import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Bugs of operations that keep something between calls. */
final class MemoryBugs {

  private static final Tensor X = normal(151, 4);

  private static final UnaryOperator<Tensor> SQUARE =
      op(x -> x.square(), (g, x) -> g.mul(x).mul(2));

  private static final UnaryOperator<Tensor> DROPOUT =
      op(x -> x.mul(mask(1)), (g, x) -> g.mul(mask(1)));

  private MemoryBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        bug("value of the latest call", "reads what the latest call saved", Latest::new, SQUARE),
        bug("value of the first call", "reads what the first call saved", First::new, SQUARE),
        bug(
            "buffer used again",
            "saves its input in an array that the next call overwrites",
            Buffer::new,
            SQUARE),
        bug(
            "output overwritten",
            "reads its output from an array that the next call overwrites",
            Overwritten::new,
            op(x -> x.exp(), (g, x) -> g.mul(x.exp()))),
        bug(
            "gradient remembered",
            "returns the slope of the first sweep ever after",
            Remembered::new,
            SQUARE),
        bug(
            "gradient never cleared",
            "adds every sweep to the sweeps before",
            NeverCleared::new,
            SQUARE),
        bug(
            "gradient with noise",
            "is off by a new random 1e-7 in every sweep",
            Noisy::new,
            SQUARE),
        bug(
            "every other sweep",
            "is right in every other sweep and doubled in the rest",
            Alternating::new,
            SQUARE),
        bug(
            "mask drawn anew",
            "draws another dropout mask for the gradient",
            () -> op(x -> x.mul(mask(1)), (g, x) -> g.mul(mask(2))),
            DROPOUT));
  }

  private static PlantedBug bug(
      String name,
      String mistake,
      Supplier<UnaryOperator<Tensor>> wrong,
      UnaryOperator<Tensor> right) {
    return new PlantedBug(
        name,
        BugFamily.MEMORY,
        mistake,
        () -> Formula.ofList(wrong.get()),
        () -> Formula.ofList(right),
        List.of(X),
        1);
  }

  private static Tensor mask(long seed) {
    return indicator(Tensor.uniform(new Random(seed), DType.F64, 4).gt(0.5)).mul(2);
  }

  private static Tensor square(Tensor x, UnaryOperator<Tensor> gradient) {
    return Tensor.custom("planted", x.detach().square(), x, gradient::apply);
  }

  private static final class Latest implements UnaryOperator<Tensor> {
    private Tensor saved = Tensor.scalar(0);

    @Override
    public Tensor apply(Tensor x) {
      saved = x.detach();
      return square(x, g -> g.mul(saved).mul(2));
    }
  }

  private static final class First implements UnaryOperator<Tensor> {
    private @Nullable Tensor saved;

    @Override
    public Tensor apply(Tensor x) {
      Tensor first = saved == null ? x.detach() : saved;
      saved = first;
      return square(x, g -> g.mul(first).mul(2));
    }
  }

  private static final class Buffer implements UnaryOperator<Tensor> {
    private final double[] buffer = new double[X.size()];

    @Override
    public Tensor apply(Tensor x) {
      System.arraycopy(x.toDoubleArray(), 0, buffer, 0, buffer.length);
      Tensor saved = Tensor.wrap(x.shape(), buffer);
      return square(x, g -> g.mul(saved).mul(2));
    }
  }

  private static final class Overwritten implements UnaryOperator<Tensor> {
    private final double[] buffer = new double[X.size()];

    @Override
    public Tensor apply(Tensor x) {
      Tensor value = x.map(Math::exp);
      System.arraycopy(value.toDoubleArray(), 0, buffer, 0, buffer.length);
      Tensor saved = Tensor.wrap(x.shape(), buffer);
      return Tensor.custom("planted", value, x, g -> g.mul(saved));
    }
  }

  private static final class Remembered implements UnaryOperator<Tensor> {
    private @Nullable Tensor gradient;

    @Override
    public Tensor apply(Tensor x) {
      return square(
          x,
          g -> {
            Tensor first = gradient == null ? g.mul(x).mul(2).detach().keep() : gradient;
            gradient = first;
            return first;
          });
    }
  }

  private static final class NeverCleared implements UnaryOperator<Tensor> {
    private Tensor gradient = Tensor.scalar(0);

    @Override
    public Tensor apply(Tensor x) {
      return square(
          x,
          g -> {
            gradient = gradient.add(g.mul(x).mul(2)).detach().keep();
            return gradient;
          });
    }
  }

  private static final class Noisy implements UnaryOperator<Tensor> {
    private final Random random = new Random(152);

    @Override
    public Tensor apply(Tensor x) {
      return square(x, g -> g.mul(x).mul(2).mul(1 + 1e-7 * random.nextDouble()));
    }
  }

  private static final class Alternating implements UnaryOperator<Tensor> {
    private int sweeps;

    @Override
    public Tensor apply(Tensor x) {
      return square(x, g -> g.mul(x).mul(2 * (1 + sweeps++ % 2)));
    }
  }
}
