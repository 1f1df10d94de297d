package dev.autograd.programs;

import static dev.autograd.array.DType.F64;
import static dev.autograd.nn.Mode.TRAINING;

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
import dev.autograd.nn.Dense;
import dev.autograd.nn.Dropout;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Mode;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Lbfgs;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Schedule;
import dev.autograd.nn.optim.Sgd;
import dev.autograd.nn.train.Checkpoint;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The programs of the contract: what users type must compile and run as it stands. They print to
 * {@code out}, which their tests read, and some return a result that they would otherwise drop.
 *
 * <p>Parts that do not exist yet, and what of the programs waits for them: {@code Checkpoint}
 * (saving and loading in 7).
 */
@SuppressWarnings("MissingOverride") // as users write records
final class Programs {

  private final PrintStream out;

  Programs(PrintStream out) {
    this.out = out;
  }

  // (1) first gradient
  void p1() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor y = x.mul(x).add(x.sin());
    y.backward();
    out.println(x.grad().item());
    out.println(Autograd.grad(Tensor::sin).apply(Tensor.scalar(0.5)).item());
  }

  // (2) Rosenbrock, descent and L-BFGS
  static Tensor rosen(Tensor x) {
    Tensor a = x.slice(0, 0, x.size() - 1), b = x.slice(0, 1, x.size());
    return b.sub(a.square()).square().mul(100).add(a.subFrom(1).square()).sum();
  }

  void p2() {
    Parameter x = Parameter.of("x", Tensor.of(-1.2, 1));
    for (int i = 0; i < 10_000; i++) x.assign(x.sub(Autograd.grad(rosen(x), x).mul(1e-3)));
    out.println(x);
    out.println(rosen(x).item());
    var result = Lbfgs.over(List.of(x)).tolerance(1e-10).run(() -> rosen(x), 200);
    out.println(result + " " + x);
  }

  // (3) logistic regression: by hand, by minimize, with a tape
  List<Parameter> p3(double[][] rows, double[] labels) {
    Tensor x = Tensor.of(rows), y = Tensor.of(labels);
    Parameter w = Parameter.of("w", Tensor.zeros(F64, rows[0].length)),
        b = Parameter.of("b", Tensor.scalar(0));
    Optimizer sgd = Sgd.lr(0.1).over(List.of(w, b));
    for (int i = 0; i < 100; i++) {
      Losses.bceWithLogits(x.matmul(w).add(b), y).backward();
      sgd.step();
      sgd.zeroGrad();
    }
    for (int i = 0; i < 100; i++) sgd.minimize(() -> Losses.bceWithLogits(x.matmul(w).add(b), y));
    for (int i = 0; i < 100; i++)
      Tape.scope(() -> sgd.step(Autograd.grad(Losses.bceWithLogits(x.matmul(w).add(b), y), w, b)));
    try (Tape tape = Tape.open()) { // only where the tape itself is wanted
      Losses.bceWithLogits(x.matmul(w).add(b), y).backward();
      out.println(tape);
    }
    return List.of(w, b);
  }

  // (4) every intermediate gradient
  Gradients p4(Tensor x, Tensor y, Parameter w1, Parameter b1, Parameter w2, Parameter b2) {
    Tensor z1 = x.matmul(w1.transpose()).add(b1).named("Z1"), a1 = z1.tanh().named("A1");
    Tensor z2 = a1.matmul(w2.transpose()).add(b2).named("Z2"), a2 = z2.sigmoid().named("A2");
    Tensor loss = Losses.bce(a2, y);
    Gradients d = Autograd.grad(loss, a2, z2, w2, b2, a1, z1, w1, b1);
    out.println(d.of(z2));
    for (Tensor t : d.inputs()) out.println("d" + t + " = " + d.of(t));
    return d;
  }

  // (5) tied-weights autoencoder
  record Tied(Tensor w, Tensor b, Tensor c) implements Layer {
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

  // (6) unrolled RNN
  record Rnn(Dense in, Dense back) {
    Tensor last(Tensor sequence, Tensor h0) { // [time, batch, features]
      Tensor h = h0;
      for (Tensor x : sequence.unstack(0)) h = in.forward(x).add(back.forward(h)).tanh();
      return h;
    }
  }

  // (7) loop, validation, checkpoint, schedule
  void p7(Sequential model, List<Tensor> xs, List<int[]> ys, Tensor vx, int[] vy, Path file) {
    Optimizer adam = Adam.lr(Schedule.cosine(1e-3, 1000).warmup(50)).over(model.parameters());
    for (int epoch = 0; epoch < 10; epoch++) {
      double sum = 0;
      for (int i = 0; i < xs.size(); i++) {
        Tensor x = xs.get(i);
        int[] y = ys.get(i);
        sum += adam.minimize(() -> Losses.crossEntropy(model.forward(x, Mode.TRAINING), y));
      }
      double valid = Autograd.noGrad(() -> Losses.crossEntropy(model.forward(vx), vy).item());
      out.printf("%d %.4f %.4f lr %.2g%n", epoch, sum / xs.size(), valid, adam.lr());
      Checkpoint.save(file, model, adam);
    }
    Checkpoint.load(file, model, adam);
  }

  // (8) two optimisers
  static void p8(Layer g, Layer d, Tensor real, RandomGenerator rng) {
    Optimizer og = Adam.lr(2e-4).betas(0.5, 0.999).over(g.parameters()),
        od = Adam.lr(2e-4).betas(0.5, 0.999).over(d.parameters());
    Tensor one = Tensor.ones(F64, 64, 1), zero = Tensor.zeros(F64, 64, 1);
    Tensor fake = g.forward(Tensor.normal(rng, F64, 64, 16));
    od.minimize(
        () ->
            Losses.bceWithLogits(d.forward(real), one)
                .add(Losses.bceWithLogits(d.forward(fake.detach()), zero)));
    og.minimize(() -> Losses.bceWithLogits(d.forward(fake), one));
  }

  // (9) gradient penalty; MAML
  static Tensor p9penalty(Layer critic, Tensor real, Tensor fake, RandomGenerator rng) {
    Tensor t = Tensor.uniform(rng, F64, 64, 1);
    Tensor x = real.mul(t).add(fake.mul(t.subFrom(1))).detach().withGrad();
    Tensor g = Autograd.grad(critic.forward(x).sum(), x, GradOptions.createGraph());
    return g.square().sum(1).sqrt().sub(1).square().mean();
  }

  static Tensor p9maml(Layer model, Tensor xs, Tensor ys, Tensor xq, Tensor yq) {
    Gradients g =
        Autograd.grad(
            Losses.mse(model.forward(xs), ys), model.parameters(), GradOptions.createGraph());
    Layer adapted = model.map(p -> p.sub(g.of(p).mul(0.01)));
    return Losses.mse(adapted.forward(xq), yq);
  }

  // (10) Newton-CG; Hessian and standard errors (f is a negative log-likelihood)
  Tensor p10(UnaryOperator<Tensor> f, Tensor x) {
    UnaryOperator<Tensor> hv = Autograd.hvp(f, x);
    Tensor g = Autograd.valueAndGrad(f, x).grad(),
        p = g.neg(),
        r = p,
        s = Tensor.zeros(F64, x.size());
    for (int k = 0; k < x.size(); k++) {
      Tensor hp = hv.apply(p);
      double rr = r.dot(r).item(), a = rr / p.dot(hp).item();
      s = s.add(p.mul(a));
      Tensor next = r.sub(hp.mul(a));
      p = next.add(p.mul(next.dot(next).item() / rr));
      r = next;
    }
    Tensor se = Autograd.hessian(f, x).inverse().diagonal().sqrt();
    out.println(se);
    return x.add(s);
  }

  // (11) ODE through RK4
  static Tensor rk4(BinaryOperator<Tensor> f, Tensor y, double t, double h) {
    Tensor k1 = f.apply(y, Tensor.scalar(t));
    Tensor k2 = f.apply(y.add(k1.mul(h / 2)), Tensor.scalar(t + h / 2));
    Tensor k3 = f.apply(y.add(k2.mul(h / 2)), Tensor.scalar(t + h / 2));
    Tensor k4 = f.apply(y.add(k3.mul(h)), Tensor.scalar(t + h));
    return y.add(k1.add(k2.mul(2)).add(k3.mul(2)).add(k4).mul(h / 6));
  }

  static Parameter p11(double[] observed) {
    Parameter theta = Parameter.of("theta", Tensor.of(1.0, 0.5));
    Supplier<Tensor> misfit =
        () -> {
          Tensor a = theta.at(0), b = theta.at(1), y = Tensor.scalar(1), sum = Tensor.scalar(0);
          for (int i = 0; i < observed.length; i++) {
            y = rk4((s, t) -> a.mul(s).mul(b.mul(s).subFrom(1)), y, i * 0.1, 0.1);
            sum = sum.add(y.sub(observed[i]).square());
          }
          return sum;
        };
    Lbfgs.over(List.of(theta)).run(misfit, 100);
    return theta;
  }

  // (12) custom op, checked
  static Tensor cbrt(Tensor x) {
    return Tensor.custom("cbrt", x.map(Math::cbrt), x, (g, y) -> g.div(y.square().mul(3)));
  }

  static void p12(Layer model, Tensor x, Tensor y) {
    GradientCheck.of(Programs::cbrt).at(Tensor.of(-2.0, 0.5, 3.0)).order(2).assertPasses();
    GradientCheck.of((a, b) -> a.matmul(b))
        .at(Tensor.eye(F64, 3), Tensor.eye(F64, 3))
        .assertPasses();
    GradientCheck.of(Tensor::tanh).at(x).assertPasses();
    GradientCheck.of(() -> Losses.bce(model.forward(x), y)).at(model.parameters()).assertPasses();
  }

  // (13) four threads by hand
  static void p13(
      Layer model, List<Tensor> xs, List<Tensor> ys, Optimizer opt, ExecutorService pool)
      throws Exception {
    List<Callable<ValueAndGradients>> jobs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Tensor x = xs.get(i), y = ys.get(i);
      jobs.add(
          () -> Autograd.valueAndGrad(() -> Losses.mse(model.forward(x), y), model.parameters()));
    }
    List<Gradients> parts = new ArrayList<>();
    for (Future<ValueAndGradients> f : pool.invokeAll(jobs)) parts.add(f.get().gradients());
    opt.step(Gradients.sum(parts).mul(0.25));
  }

  // (14) freezing, groups, clipping
  static void p14(Layer model, Tensor x, Tensor y) {
    Parameters all = model.parameters();
    all.matching("embedding.**").freeze();
    Optimizer opt =
        Optimizer.all(
            Sgd.lr(1e-4).over(all.matching("encoder.**")),
            Sgd.lr(1e-2).momentum(0.9).over(all.except("encoder.**")));
    Gradients g = Autograd.grad(Losses.mse(model.forward(x), y), all);
    opt.step(g.clipNorm(1.0));
  }

  // layers, axes, slices
  Tensor layers(RandomGenerator rng) {
    Sequential m =
        Sequential.of(
            Dense.of(2, 16, rng),
            Tensor::tanh,
            x -> x.leakyRelu(0.1),
            Dropout.of(0.5, 7),
            Dense.of(16, 1, rng),
            Tensor::sigmoid);
    Tensor s = m.forward(Tensor.of(new double[][] {{0, 1}, {1, 0}}));
    Tensor shown =
        s.sub(s.max(Axes.of(1).keep()))
            .exp()
            .slice(Slice.all(), Slice.range(0, 1))
            .log()
            .where(s.gt(0), 0);
    out.println(shown);
    return s;
  }

  // the three lines of the overview
  static double overview(Layer model, Tensor x, Tensor t) {
    Optimizer sgd = Sgd.lr(0.1).momentum(0.9).over(model.parameters());
    return sgd.minimize(() -> Losses.bceWithLogits(model.forward(x, TRAINING), t));
  }
}
