package dev.autograd.nn;

import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.ValueAndGradients;
import dev.autograd.array.Axes;
import dev.autograd.array.Slice;
import dev.autograd.check.GradientCheck;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Schedule;
import dev.autograd.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Programs as users write them against the public interface: that they compile is half of the test.
 * The numbers are those of the programs in the description of the interface.
 */
class ContractProgramsTest {

  @Test
  void program3LogisticRegressionByHandByMinimizeAndByGradients() {
    double[][] rows = {{1, 0.5}, {0.2, -1}, {-1, 0.3}, {-0.5, -0.8}};
    double[] labels = {1, 1, 0, 0};
    Tensor x = Tensor.of(rows);
    Tensor y = Tensor.of(labels);
    List<double[]> results = new ArrayList<>();
    for (int way = 0; way < 3; way++) {
      Parameter w = Parameter.of("w", Tensor.zeros(F64, rows[0].length));
      Parameter b = Parameter.of("b", Tensor.scalar(0));
      Optimizer sgd = Sgd.lr(0.1).over(List.of(w, b));
      for (int i = 0; i < 100; i++) {
        if (way == 0) {
          Losses.bceWithLogits(x.matmul(w).add(b), y).backward();
          sgd.step();
          sgd.zeroGrad();
        } else if (way == 1) {
          sgd.minimize(() -> Losses.bceWithLogits(x.matmul(w).add(b), y));
        } else {
          Tape.scope(
              () -> sgd.step(Autograd.grad(Losses.bceWithLogits(x.matmul(w).add(b), y), w, b)));
        }
      }
      assertThat(sgd.steps()).isEqualTo(100);
      assertThat(Losses.bceWithLogits(x.matmul(w).add(b), y).item()).isLessThan(0.35);
      results.add(w.toDoubleArray());
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  private record Tied(Tensor w, Tensor b, Tensor c) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return x.matmul(w).add(b).tanh().matmul(w.transpose()).add(c);
    }

    @Override
    public Parameters parameters() {
      return Parameters.of(w, b, c);
    }

    @Override
    public Tied map(UnaryOperator<Tensor> f) {
      return new Tied(f.apply(w), f.apply(b), f.apply(c));
    }
  }

  @Test
  void program5TiedAutoencoder() {
    Random random = new Random(5);
    Tied model =
        new Tied(
            Parameter.of("w", Tensor.normal(random, F64, 4, 2).mul(0.5)),
            Parameter.of("b", Tensor.zeros(F64, 2)),
            Parameter.of("c", Tensor.zeros(F64, 4)));
    Tensor x = Tensor.normal(random, F64, 16, 2).matmul(Tensor.normal(random, F64, 2, 4));
    Optimizer adam = Adam.lr(0.02).over(model.parameters());
    double first = adam.minimize(() -> Losses.mse(model.forward(x, Mode.TRAINING), x));
    double last = first;
    for (int i = 0; i < 300; i++) {
      last = adam.minimize(() -> Losses.mse(model.forward(x, Mode.TRAINING), x));
    }
    assertThat(last).isLessThan(first / 4);
    assertThat(model.map(Tensor::detach).parameters().size()).isZero();
  }

  private record Rnn(Dense in, Dense back) {
    Tensor last(Tensor sequence, Tensor h0) {
      Tensor h = h0;
      for (Tensor x : sequence.unstack(0)) {
        h = in.forward(x).add(back.forward(h)).tanh();
      }
      return h;
    }
  }

  @Test
  void program6UnrolledRnn() {
    Random random = new Random(6);
    Rnn rnn = new Rnn(Dense.of(3, 4, random), Dense.of(4, 4, random));
    Tensor h = rnn.last(Tensor.normal(random, F64, 7, 2, 3), Tensor.zeros(F64, 2, 4));
    Parameters all = Parameters.none().and("in", rnn.in()).and("back", rnn.back());
    Gradients g = Autograd.grad(h.square().sum(), all);
    assertThat(g.inputs()).hasSize(4).allMatch(g::reached);
  }

  @Test
  void program7LoopWithValidationAndSchedule() {
    Random random = new Random(7);
    Sequential model =
        Sequential.of(
            Dense.of(2, 8, random), Tensor::relu, Dropout.of(0.1, 3), Dense.of(8, 2, random));
    Tensor vx = Tensor.normal(random, F64, 64, 2);
    int[] vy = new int[64];
    for (int i = 0; i < vy.length; i++) {
      vy[i] = vx.item(i, 0) > vx.item(i, 1) ? 1 : 0;
    }
    Optimizer adam = Adam.lr(Schedule.cosine(5e-2, 200).warmup(10)).over(model.parameters());
    assertThat(adam.lr()).isCloseTo(5e-3, within(1e-17));
    for (int i = 0; i < 200; i++) {
      adam.minimize(() -> Losses.crossEntropy(model.forward(vx, Mode.TRAINING), vy));
    }
    double valid = Autograd.noGrad(() -> Losses.crossEntropy(model.forward(vx), vy).item());
    assertThat(valid).isLessThan(0.2);
    assertThat(adam.lr()).isZero();
  }

  @Test
  void program8TwoOptimisersDoNotLeakIntoEachOther() {
    Random rng = new Random(8);
    Layer g = Sequential.of(Dense.of(16, 8, rng), Tensor::tanh, Dense.of(8, 2, rng));
    Layer d = Sequential.of(Dense.of(2, 8, rng), Tensor::tanh, Dense.of(8, 1, rng));
    Optimizer og = Adam.lr(2e-4).betas(0.5, 0.999).over(g.parameters());
    Optimizer od = Adam.lr(2e-4).betas(0.5, 0.999).over(d.parameters());
    Tensor real = Tensor.normal(rng, F64, 64, 2);
    Tensor one = Tensor.ones(F64, 64, 1);
    Tensor zero = Tensor.zeros(F64, 64, 1);
    Tensor fake = g.forward(Tensor.normal(rng, F64, 64, 16));
    double[] generator = g.parameters().byPath("0.weight").toDoubleArray();
    od.minimize(
        () ->
            Losses.bceWithLogits(d.forward(real), one)
                .add(Losses.bceWithLogits(d.forward(fake.detach()), zero)));
    assertThat(g.parameters().byPath("0.weight").toDoubleArray()).isEqualTo(generator);
    double[] discriminator = d.parameters().byPath("0.weight").toDoubleArray();
    og.minimize(() -> Losses.bceWithLogits(d.forward(fake), one));
    assertThat(d.parameters().byPath("0.weight").toDoubleArray()).isEqualTo(discriminator);
    assertThat(g.parameters().byPath("0.weight").toDoubleArray()).isNotEqualTo(generator);
    assertThat(d.parameters()).noneMatch(Tensor::hasGrad);
  }

  private static Tensor penalty(Layer critic, Tensor real, Tensor fake, RandomGenerator rng) {
    Tensor t = Tensor.uniform(rng, F64, 64, 1);
    Tensor x = real.mul(t).add(fake.mul(t.subFrom(1))).detach().withGrad();
    Tensor g = Autograd.grad(critic.forward(x).sum(), x, GradOptions.createGraph());
    return g.square().sum(1).sqrt().sub(1).square().mean();
  }

  @Test
  void program9GradientPenaltyTrainsTowardsSlopeOne() {
    Random rng = new Random(9);
    Layer critic = Sequential.of(Dense.of(2, 8, rng), Tensor::tanh, Dense.of(8, 1, rng));
    Tensor real = Tensor.normal(rng, F64, 64, 2);
    Tensor fake = Tensor.normal(rng, F64, 64, 2);
    Optimizer adam = Adam.lr(0.05).over(critic.parameters());
    double before = adam.minimize(() -> penalty(critic, real, fake, new Random(1)));
    double after = before;
    for (int i = 0; i < 100; i++) {
      after = adam.minimize(() -> penalty(critic, real, fake, new Random(1)));
    }
    assertThat(after).isLessThan(before / 10);
  }

  private static Tensor maml(Layer model, Tensor xs, Tensor ys, Tensor xq, Tensor yq) {
    Gradients g =
        Autograd.grad(
            Losses.mse(model.forward(xs), ys), model.parameters(), GradOptions.createGraph());
    Layer adapted = model.map(p -> p.sub(g.of(p).mul(0.01)));
    return Losses.mse(adapted.forward(xq), yq);
  }

  @Test
  void program9MamlLearnsThroughTheInnerStep() {
    Random rng = new Random(10);
    Layer model = Sequential.of(Dense.of(1, 8, rng), Tensor::tanh, Dense.of(8, 1, rng));
    Tensor xs = Tensor.normal(rng, F64, 10, 1);
    Tensor xq = Tensor.normal(rng, F64, 10, 1);
    Optimizer adam = Adam.lr(0.02).over(model.parameters());
    double before = adam.minimize(() -> maml(model, xs, xs.sin(), xq, xq.sin()));
    double after = before;
    for (int i = 0; i < 100; i++) {
      after = adam.minimize(() -> maml(model, xs, xs.sin(), xq, xq.sin()));
    }
    assertThat(after).isLessThan(before / 4);
  }

  private static Tensor cbrt(Tensor x) {
    return Tensor.custom("cbrt", x.map(Math::cbrt), x, (g, y) -> g.div(y.square().mul(3)));
  }

  @Test
  void program12CustomOpInsideAModelPassesTheCheck() {
    Random rng = new Random(12);
    Layer model =
        Sequential.of(
            Dense.of(2, 3, rng), ContractProgramsTest::cbrt, Dense.of(3, 1, rng), Tensor::sigmoid);
    Tensor x = Tensor.normal(rng, F64, 4, 2);
    Tensor y = Tensor.of(new double[][] {{0}, {1}, {1}, {0}});
    GradientCheck.of(() -> Losses.bce(model.forward(x), y)).at(model.parameters()).assertPasses();
  }

  private static void fourThreads(
      Layer model, List<Tensor> xs, List<Tensor> ys, Optimizer opt, ExecutorService pool)
      throws Exception {
    List<Callable<ValueAndGradients>> jobs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Tensor x = xs.get(i);
      Tensor y = ys.get(i);
      jobs.add(
          () -> Autograd.valueAndGrad(() -> Losses.mse(model.forward(x), y), model.parameters()));
    }
    List<Gradients> parts = new ArrayList<>();
    for (Future<ValueAndGradients> f : pool.invokeAll(jobs)) {
      parts.add(f.get().gradients());
    }
    opt.step(Gradients.sum(parts).mul(0.25));
  }

  @Test
  void program13FourThreadsByHandMakeTheStepOfTheWholeBatch() throws Exception {
    Random rng = new Random(13);
    Layer model = Sequential.of(Dense.of(3, 4, rng), Tensor::tanh, Dense.of(4, 1, rng));
    Layer twin = model.map(t -> Parameter.of(t.name(), t));
    Tensor x = Tensor.normal(rng, F64, 32, 3);
    Tensor y = Tensor.normal(rng, F64, 32, 1);
    List<Tensor> xs = new ArrayList<>();
    List<Tensor> ys = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      xs.add(x.slice(0, 8 * i, 8 * i + 8));
      ys.add(y.slice(0, 8 * i, 8 * i + 8));
    }
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      fourThreads(model, xs, ys, Sgd.lr(0.1).over(model.parameters()), pool);
    } finally {
      pool.shutdownNow();
    }
    Sgd.lr(0.1).over(twin.parameters()).minimize(() -> Losses.mse(twin.forward(x), y));
    for (String path : twin.parameters().paths()) {
      Tensor whole = twin.parameters().byPath(path);
      assertThat(model.parameters().byPath(path).allClose(whole, 1e-12, 1e-14)).isTrue();
    }
  }

  private record Translator(Dense embedding, Sequential encoder, Dense head) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return head.forward(encoder.forward(embedding.forward(x)));
    }

    @Override
    public Parameters parameters() {
      return Parameters.none()
          .and("embedding", embedding)
          .and("encoder", encoder)
          .and("head", head);
    }
  }

  @Test
  void program14FreezingGroupsAndClipping() {
    Random rng = new Random(14);
    Layer model =
        new Translator(
            Dense.of(3, 4, rng),
            Sequential.of(Dense.of(4, 4, rng), Tensor::tanh),
            Dense.of(4, 1, rng));
    Tensor x = Tensor.normal(rng, F64, 8, 3);
    Tensor y = Tensor.normal(rng, F64, 8, 1).mul(100);
    Parameters all = model.parameters();
    double[] frozen = all.byPath("embedding.weight").toDoubleArray();
    double[] slow = all.byPath("encoder.0.bias").toDoubleArray();
    double[] fast = all.byPath("head.bias").toDoubleArray();

    all.matching("embedding.**").freeze();
    Optimizer opt =
        Optimizer.all(
            Sgd.lr(1e-4).over(all.matching("encoder.**")),
            Sgd.lr(1e-2).momentum(0.9).over(all.except("encoder.**")));
    Gradients g = Autograd.grad(Losses.mse(model.forward(x), y), all);
    opt.step(g.clipNorm(1.0));

    assertThat(g.norm()).isGreaterThan(1);
    assertThat(g.reached(all.byPath("embedding.weight"))).isFalse();
    assertThat(all.byPath("embedding.weight").toDoubleArray()).isEqualTo(frozen);
    assertThat(distance(all.byPath("encoder.0.bias"), slow)).isBetween(1e-12, 1e-4);
    assertThat(distance(all.byPath("head.bias"), fast)).isBetween(1e-4, 1e-2);
  }

  private static double distance(Tensor now, double[] before) {
    return now.sub(Tensor.of(before)).square().sum().sqrt().item();
  }

  @Test
  void layersAxesAndSlices() {
    RandomGenerator rng = new Random(15);
    Sequential m =
        Sequential.of(
            Dense.of(2, 16, rng),
            Tensor::tanh,
            x -> x.leakyRelu(0.1),
            Dropout.of(0.5, 7),
            Dense.of(16, 1, rng),
            Tensor::sigmoid);
    Tensor s = m.forward(Tensor.of(new double[][] {{0, 1}, {1, 0}}));
    Tensor one =
        s.sub(s.max(Axes.of(1).keep()))
            .exp()
            .slice(Slice.all(), Slice.range(0, 1))
            .log()
            .where(s.gt(0), 0);
    assertThat(one.toDoubleArray()).containsExactly(new double[] {0, 0}, within(0.0));
  }
}
