package dev.autograd.programs;

import static dev.autograd.array.DType.F64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import dev.autograd.check.GradientCheckError;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Dropout;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.io.Safetensors;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Sgd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the programs of the contract on small data and looks at what comes out. */
class ProgramsTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Programs programs = new Programs(new PrintStream(printed, true, UTF_8));
  private final SplittableRandom random = new SplittableRandom(42);

  private List<String> lines() {
    return printed.toString(UTF_8).lines().toList();
  }

  /** Asserts that a parameter's gradient of a loss is its slope, element by element. */
  private static void assertSlopes(Supplier<Tensor> loss, Tensor gradient, Parameter p) {
    double[] values = p.toDoubleArray();
    double h = 1e-5;
    for (int i = 0; i < values.length; i++) {
      double[] shifted = values.clone();
      shifted[i] = values[i] + h;
      p.assign(Tensor.of(p.shape(), shifted));
      double up = loss.get().item();
      shifted[i] = values[i] - h;
      p.assign(Tensor.of(p.shape(), shifted));
      double down = loss.get().item();
      assertThat(gradient.toDoubleArray()[i])
          .as("%s, element %d", p.name(), i)
          .isCloseTo((up - down) / (2 * h), within(1e-7));
    }
    p.assign(Tensor.of(p.shape(), values));
  }

  @Test
  void p1FirstGradient() {
    programs.p1();
    assertThat(Double.parseDouble(lines().get(0))).isCloseTo(6 + Math.cos(3), within(1e-15));
    assertThat(Double.parseDouble(lines().get(1))).isCloseTo(Math.cos(0.5), within(1e-15));
  }

  @Test
  void p2Rosenbrock() {
    double x = -1.2;
    double y = 1;
    Tensor gradient = Autograd.grad(Programs::rosen).apply(Tensor.of(x, y));
    assertThat(gradient.item(0)).isCloseTo(-400 * x * (y - x * x) - 2 * (1 - x), within(1e-12));
    assertThat(gradient.item(1)).isCloseTo(200 * (y - x * x), within(1e-12));
    programs.p2();
    for (int i = 0; i < 10_000; i++) {
      double u = y - x * x;
      double dx = -400 * x * u - 2 * (1 - x);
      x -= 1e-3 * dx;
      y -= 1e-3 * 200 * u;
    }
    assertThat(lines().get(0)).startsWith("x = ");
    double expected = 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
    assertThat(Double.parseDouble(lines().get(1)))
        .isLessThan(1e-3)
        .isCloseTo(expected, within(1e-9));
    assertThat(lines().get(2)).startsWith("Result[stop=GRADIENT, ").endsWith(" x = [1. 1.]");
  }

  @Test
  void p3LogisticRegression() {
    double[][] rows = {{0, 1}, {1, 0.5}, {2, -1}, {-1, 2}, {0.3, 0.2}};
    double[] labels = {0, 1, 1, 0, 1};
    List<Parameter> trained = programs.p3(rows, labels);
    double[] w = new double[2];
    double b = 0;
    for (int step = 0; step < 300; step++) {
      double[] dw = new double[2];
      double db = 0;
      for (int i = 0; i < 5; i++) {
        double z = rows[i][0] * w[0] + rows[i][1] * w[1] + b;
        double d = (1 / (1 + Math.exp(-z)) - labels[i]) / 5;
        dw[0] += d * rows[i][0];
        dw[1] += d * rows[i][1];
        db += d;
      }
      w[0] -= 0.1 * dw[0];
      w[1] -= 0.1 * dw[1];
      b -= 0.1 * db;
    }
    assertThat(trained.get(0).toDoubleArray()).containsExactly(w, within(1e-12));
    assertThat(trained.get(1).item()).isCloseTo(b, within(1e-12));
    assertThat(trained.get(0).version()).isEqualTo(300);
    assertThat(trained.get(0).hasGrad()).isTrue();
    assertThat(String.join("\n", lines()))
        .contains("matmul(")
        .contains("bceWithLogits(")
        .contains("\"w\"");
  }

  @Test
  void p4EveryIntermediateGradient() {
    Tensor x = Tensor.normal(random, F64, 5, 3);
    Tensor y = Tensor.uniform(random, F64, 5, 1).gt(0.5).to(F64);
    Parameter w1 = Parameter.of("W1", Tensor.normal(random, F64, 4, 3));
    Parameter b1 = Parameter.of("b1", Tensor.normal(random, F64, 4));
    Parameter w2 = Parameter.of("W2", Tensor.normal(random, F64, 1, 4));
    Parameter b2 = Parameter.of("b2", Tensor.normal(random, F64, 1));
    Gradients d = programs.p4(x, y, w1, b1, w2, b2);

    Tensor a1 = x.matmul(w1.detach().transpose()).add(b1.detach()).tanh();
    Tensor a2 = a1.matmul(w2.detach().transpose()).add(b2.detach()).sigmoid();
    Tensor dz2 = a2.sub(y).div(5);
    Tensor dz1 = dz2.matmul(w2.detach()).mul(a1.square().subFrom(1));
    List<Tensor> byHand =
        List.of(
            a2.sub(y).div(a2.mul(a2.subFrom(1))).div(5),
            dz2,
            dz2.transpose().matmul(a1),
            dz2.sum(0),
            dz2.matmul(w2.detach()),
            dz1,
            dz1.transpose().matmul(x),
            dz1.sum(0));
    for (int i = 0; i < 8; i++) {
      Tensor input = d.inputs().get(i);
      assertThat(d.of(input).allClose(byHand.get(i), 1e-12, 1e-14)).as(input.name()).isTrue();
    }
    assertThat(d.inputs())
        .extracting(Tensor::name)
        .containsExactly("A2", "Z2", "W2", "b2", "A1", "Z1", "W1", "b1");
    assertThat(lines()).anyMatch(line -> line.startsWith("dZ1 = "));
    assertThat(lines()).anyMatch(line -> line.startsWith("dA2 = "));
  }

  @Test
  void p5TiedWeights() {
    Parameter w = Parameter.of("w", Tensor.normal(random, F64, 6, 2).mul(0.5));
    Programs.Tied model =
        new Programs.Tied(
            w, Parameter.of("b", Tensor.zeros(F64, 2)), Parameter.of("c", Tensor.zeros(F64, 6)));
    assertThat(model.parameters()).hasSize(3);
    Tensor x = Tensor.normal(random, F64, 8, 1).mul(Tensor.normal(random, F64, 6));
    Supplier<Tensor> loss = () -> Losses.mse(model.forward(x), x);
    assertSlopes(loss, Autograd.grad(loss.get(), w), w);

    Optimizer adam = Adam.lr(0.02).over(model.parameters());
    double before = loss.get().item();
    for (int i = 0; i < 300; i++) {
      adam.minimize(loss);
    }
    assertThat(loss.get().item()).isLessThan(0.2 * before);
    Programs.Tied doubled = model.map(t -> t.mul(2));
    assertThat(doubled.w().allClose(w.mul(2), 0, 0)).isTrue();
    assertThat(doubled.parameters()).isEmpty();
  }

  @Test
  void p6UnrolledRnn() {
    Dense in = Dense.of(3, 2, random);
    Dense back = Dense.of(2, 2, random);
    Programs.Rnn rnn = new Programs.Rnn(in, back);
    Tensor sequence = Tensor.normal(random, F64, 7, 4, 3);
    Tensor last = rnn.last(sequence, Tensor.zeros(F64, 4, 2));
    Tensor h = Tensor.zeros(F64, 4, 2);
    for (int t = 0; t < 7; t++) {
      Tensor x = sequence.select(0, t);
      h =
          x.matmul(in.weight().transpose())
              .add(in.bias())
              .add(h.matmul(back.weight().transpose()))
              .add(back.bias())
              .tanh();
    }
    assertThat(last.allClose(h, 1e-13, 1e-14)).isTrue();
    Supplier<Tensor> loss = () -> rnn.last(sequence, Tensor.zeros(F64, 4, 2)).square().sum();
    Parameter recurrent = (Parameter) back.weight();
    assertSlopes(loss, Autograd.grad(loss.get(), recurrent), recurrent);
  }

  @Test
  void p7LoopWithValidationCheckpointAndSchedule(@TempDir Path folder) {
    Sequential model =
        Sequential.of(
            Dense.of(4, 16, random), Tensor::tanh, Dropout.of(0.1, 3), Dense.of(16, 3, random));
    List<Tensor> xs = new ArrayList<>();
    List<int[]> ys = new ArrayList<>();
    for (int batch = 0; batch < 100; batch++) {
      Tensor x = Tensor.normal(random, F64, 16, 4);
      xs.add(x);
      ys.add(classes(x));
    }
    Tensor vx = Tensor.normal(random, F64, 100, 4);
    Path file = folder.resolve("model.safetensors");
    programs.p7(model, xs, ys, vx, classes(vx), file);
    assertThat(lines()).hasSize(10);
    double first = Double.parseDouble(lines().get(0).split(" ", -1)[2]);
    double last = Double.parseDouble(lines().get(9).split(" ", -1)[2]);
    assertThat(last).isLessThan(0.75 * first);
    assertThat(lines().get(9)).contains(" lr 0");
    assertThat(Objects.requireNonNull(Safetensors.read(file).get("model.0.weight")).toDoubleArray())
        .isEqualTo(model.parameters().byPath("0.weight").toDoubleArray());
  }

  private static int[] classes(Tensor x) {
    long[] largest = x.slice(1, 0, 3).argMax(1).toLongArray();
    int[] classes = new int[largest.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (int) largest[i];
    }
    return classes;
  }

  @Test
  void p8TwoOptimisers() {
    Layer g = Sequential.of(Dense.of(16, 8, random), Tensor::tanh, Dense.of(8, 2, random));
    Layer d = Sequential.of(Dense.of(2, 8, random), Tensor::tanh, Dense.of(8, 1, random));
    Map<String, Tensor> gBefore = g.parameters().snapshot();
    Map<String, Tensor> dBefore = d.parameters().snapshot();
    Programs.p8(g, d, Tensor.normal(random, F64, 64, 2), random);
    assertAllChanged(g.parameters(), gBefore, 2e-4);
    assertAllChanged(d.parameters(), dBefore, 2e-4);
    assertThat(g.parameters()).noneMatch(Tensor::hasGrad);
    assertThat(d.parameters()).noneMatch(Tensor::hasGrad);
  }

  private static void assertAllChanged(Parameters after, Map<String, Tensor> before, double by) {
    for (String path : after.paths()) {
      Tensor change = change(after, before, path).abs();
      assertThat(change.max().item()).as(path).isCloseTo(by, within(0.01 * by));
    }
  }

  private static Tensor change(Parameters after, Map<String, Tensor> before, String path) {
    return after.byPath(path).detach().sub(Objects.requireNonNull(before.get(path)));
  }

  @Test
  void p9GradientPenalty() {
    Layer critic = Sequential.of(Dense.of(2, 5, random), Tensor::tanh, Dense.of(5, 1, random));
    Tensor real = Tensor.normal(random, F64, 64, 2);
    Tensor fake = Tensor.normal(random, F64, 64, 2);
    Supplier<Tensor> penalty =
        () -> Programs.p9penalty(critic, real, fake, new SplittableRandom(1));
    Gradients d =
        Autograd.grad(penalty.get(), critic.parameters(), GradOptions.defaults().allowUnused());
    for (String path : List.of("0.weight", "0.bias", "2.weight")) {
      Parameter p = critic.parameters().byPath(path);
      assertSlopes(penalty, d.of(p), p);
    }
    // The slope of the critic does not depend on its last bias.
    assertThat(d.reached(critic.parameters().byPath("2.bias"))).isFalse();
  }

  @Test
  void p9Maml() {
    Layer model = Sequential.of(Dense.of(2, 4, random), Tensor::tanh, Dense.of(4, 1, random));
    Tensor xs = Tensor.normal(random, F64, 6, 2);
    Tensor ys = Tensor.normal(random, F64, 6, 1);
    Tensor xq = Tensor.normal(random, F64, 6, 2);
    Tensor yq = Tensor.normal(random, F64, 6, 1);
    Supplier<Tensor> outer = () -> Programs.p9maml(model, xs, ys, xq, yq);
    Gradients d = Autograd.grad(outer.get(), model.parameters());
    for (Parameter p : model.parameters()) {
      assertSlopes(outer, d.of(p), p);
    }
    // Without the inner step the loss is another one.
    assertThat(outer.get().item()).isNotEqualTo(Losses.mse(model.forward(xq), yq).item());
  }

  @Test
  void p10NewtonStepAndStandardErrors() {
    // A quadratic: one Newton step is the minimum, and the inverse of the Hessian does not change.
    Tensor a = Tensor.of(new double[][] {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}});
    Tensor b = Tensor.of(1.0, 2, 3);

    Tensor x =
        programs.p10(t -> t.dot(a.matmul(t)).mul(0.5).sub(b.dot(t)), Tensor.of(0.5, -1, 2.0));

    assertThat(a.matmul(x).toDoubleArray()).containsExactly(b.toDoubleArray(), within(1e-12));
    // det a = 18; the cofactors on the diagonal are 5, 8 and 11.
    Tensor errors = Tensor.of(5.0 / 18, 8.0 / 18, 11.0 / 18).sqrt();
    assertThat(lines()).containsExactly(errors.toString());
  }

  @Test
  void p11OdeThroughRungeKutta() {
    double a = 1.5;
    double b = 0.3;
    double[] observed = new double[20];
    for (int i = 0; i < observed.length; i++) {
      // The logistic equation y' = a y (1 - b y), y(0) = 1.
      double t = (i + 1) * 0.1;
      observed[i] = 1 / (b + (1 - b) * Math.exp(-a * t));
    }
    Parameter theta = Programs.p11(observed);
    assertThat(theta.item(0)).isCloseTo(a, within(1e-3));
    assertThat(theta.item(1)).isCloseTo(b, within(1e-3));

    Tensor y0 = Tensor.scalar(1).withGrad();
    Tensor y = Programs.rk4((s, t) -> s.neg(), y0, 0, 0.1);
    double factor = 1 - 0.1 + 0.01 / 2 - 0.001 / 6 + 0.0001 / 24;
    assertThat(y.item()).isCloseTo(factor, within(1e-15));
    y.backward();
    assertThat(y0.grad().item()).isCloseTo(factor, within(1e-15));
  }

  @Test
  void p12CustomOpChecked() {
    Layer model =
        Sequential.of(
            Dense.of(2, 3, random), Tensor::tanh, Dense.of(3, 1, random), Tensor::sigmoid);
    Tensor x = Tensor.normal(random, F64, 5, 2);
    Tensor y = Tensor.uniform(random, F64, 5, 1).gt(0.5).to(F64);
    Programs.p12(model, x, y);
    Layer broken = in -> model.forward(Tensor.custom("twice", in.detach().mul(2), in, g -> g));
    Parameter shift = Parameter.of("shift", Tensor.zeros(F64, 2));
    Layer checked = withParameter(in -> broken.forward(in.add(shift)), shift);
    assertThatThrownBy(() -> Programs.p12(checked, x, y)).isInstanceOf(GradientCheckError.class);
  }

  private static Layer withParameter(UnaryOperator<Tensor> f, Parameter p) {
    return new Layer() {
      @Override
      public Tensor forward(Tensor x) {
        return f.apply(x);
      }

      @Override
      public Parameters parameters() {
        return Parameters.of(p);
      }
    };
  }

  @Test
  void p13FourThreadsByHand() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Sequential model =
          Sequential.of(Dense.of(3, 4, random), Tensor::tanh, Dense.of(4, 2, random));
      Sequential twin = model.map(t -> Parameter.of(t.name(), t));
      List<Tensor> xs = new ArrayList<>();
      List<Tensor> ys = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        xs.add(Tensor.normal(random, F64, 10, 3));
        ys.add(Tensor.normal(random, F64, 10, 2));
      }
      Optimizer parallel = Sgd.lr(0.1).momentum(0.9).over(model.parameters());
      Optimizer serial = Sgd.lr(0.1).momentum(0.9).over(twin.parameters());
      for (int step = 0; step < 20; step++) {
        Programs.p13(model, xs, ys, parallel, pool);
        List<Gradients> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          Tensor loss = Losses.mse(twin.forward(xs.get(i)), ys.get(i));
          parts.add(Autograd.grad(loss, twin.parameters()));
        }
        serial.step(Gradients.sum(parts).mul(0.25));
      }
      for (String path : model.parameters().paths()) {
        assertThat(model.parameters().byPath(path).toDoubleArray())
            .containsExactly(twin.parameters().byPath(path).toDoubleArray());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** A model of three named parts. */
  private record Parts(Dense embedding, Sequential encoder, Dense head) implements Layer {
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
  void p14FreezingGroupsAndClipping() {
    Parts model =
        new Parts(
            Dense.of(3, 4, random),
            Sequential.of(Dense.of(4, 4, random), Tensor::tanh),
            Dense.of(4, 1, random));
    Map<String, Tensor> before = model.parameters().snapshot();
    Tensor x = Tensor.normal(random, F64, 10, 3);
    Tensor y = Tensor.normal(random, F64, 10, 1).mul(100);
    Programs.p14(model, x, y);

    Parameters all = model.parameters();
    double encoder = 0;
    double head = 0;
    for (String path : all.paths()) {
      Tensor change = change(all, before, path);
      double square = change.square().sum().item();
      if (path.startsWith("embedding.")) {
        assertThat(square).as(path).isZero();
        assertThat(all.byPath(path).frozen()).isTrue();
      } else if (path.startsWith("encoder.")) {
        encoder += square / 1e-8;
      } else {
        head += square / 1e-4;
      }
    }
    // The steps, divided by their rates, are the gradients clipped to length 1 together.
    assertThat(encoder).isPositive();
    assertThat(encoder + head).isCloseTo(1, within(1e-6));
  }

  @Test
  void layersAxesAndSlices() {
    Tensor s = programs.layers(random);
    assertThat(s.shape()).isEqualTo(Shape.of(2, 1));
    assertThat(s.min().item()).isBetween(0.0, 1.0);
    assertThat(lines()).isNotEmpty();
    assertThat(String.join("", lines())).contains("0");
  }

  @Test
  void theOverview() {
    Layer model = Sequential.of(Dense.of(2, 4, random), Tensor::tanh, Dense.of(4, 1, random));
    Tensor x = Tensor.normal(random, F64, 8, 2);
    Tensor t = Tensor.uniform(random, F64, 8, 1).gt(0.5).to(F64);
    double before = Losses.bceWithLogits(model.forward(x), t).item();
    assertThat(Programs.overview(model, x, t)).isEqualTo(before);
    assertThat(Losses.bceWithLogits(model.forward(x), t).item()).isLessThan(before);
  }
}
