package dev.autograd.docs;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * The comparisons that other frameworks' gradient checkers make with their default settings, made
 * again from what is published about them.
 */
enum PeerRule {

  /**
   * {@code torch.autograd.gradcheck} and {@code gradgradcheck}: central differences of every output
   * by every input, step 1e-6; within 1e-5 plus 1e-3 of the difference. Two sweeps must agree to
   * the bit, and an upstream gradient of 0 must give 0.
   */
  PYTORCH("PyTorch") {
    @Override
    double excess(Function<List<Tensor>, Tensor> f, List<Tensor> at, int order) {
      double first = jacobian(new Program(f, at));
      if (order == 1) {
        return first;
      }
      Random random = new Random(0);
      List<Tensor> inputs = new ArrayList<>(at);
      Tensor y = f.apply(at);
      inputs.add(Tensor.normal(random, y.dtype(), y.shape().toArray()));
      return Math.max(first, jacobian(new Program(gradientBesideSeed(f, at.size()), inputs)));
    }

    private double jacobian(Program program) {
      Program.Run run = program.record();
      double[][] numeric = new double[program.size()][];
      for (int i = 0; i < numeric.length; i++) {
        double[] direction = new double[program.size()];
        direction[i] = 1;
        numeric[i] = program.difference(direction, 1e-6);
      }
      double worst = 0;
      for (int j = 0; j < run.size(); j++) {
        double[] upstream = new double[run.size()];
        upstream[j] = 1;
        double[] analytic = run.sweep(upstream);
        if (!Arrays.equals(analytic, run.sweep(upstream))) {
          return Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < analytic.length; i++) {
          worst = worse(worst, allClose(analytic[i], numeric[i][j], 1e-5, 1e-3));
        }
      }
      boolean multiplies = Arrays.stream(run.sweep(new double[run.size()])).allMatch(g -> g == 0);
      return multiplies ? worst : Double.POSITIVE_INFINITY;
    }
  },

  /**
   * {@code jax.test_util.check_grads} in reverse mode: one central difference along one random
   * direction, step 1e-4, projected on one random upstream gradient; within 1e-5 plus 1e-5 of the
   * difference. The second order checks the gradient whose upstream gradient is the output.
   */
  JAX("JAX") {
    @Override
    double excess(Function<List<Tensor>, Tensor> f, List<Tensor> at, int order) {
      double first = projection(new Program(f, at));
      return order == 1
          ? first
          : Math.max(first, projection(new Program(x -> gradient(f.apply(x), x), at)));
    }

    private Tensor gradient(Tensor y, List<Tensor> x) {
      return PeerRule.gradient(y, x, y);
    }

    private double projection(Program program) {
      Random random = new Random(0);
      Program.Run run = program.record();
      double[] tangent = gaussians(random, program.size());
      double[] difference = program.difference(tangent, 1e-4);
      double[] cotangent = gaussians(random, run.size());
      return allClose(dot(tangent, run.sweep(cotangent)), dot(difference, cotangent), 1e-5, 1e-5);
    }
  },

  /**
   * {@code GradientCheckUtil} of DL4J: central differences of a scalar score by every parameter,
   * step 1e-6; a relative error below 1e-3, or an error below 1e-8. The score is the sum of the
   * outputs with random weights, as a loss behind them would have it. There is no second order.
   */
  DL4J("DL4J") {
    @Override
    double excess(Function<List<Tensor>, Tensor> f, List<Tensor> at, int order) {
      Program program = new Program(f, at);
      Program.Run run = program.record();
      Random random = new Random(0);
      double[] weights = gaussians(random, run.size());
      double[] analytic = run.sweep(weights);
      double worst = 0;
      for (int i = 0; i < analytic.length; i++) {
        double[] direction = new double[program.size()];
        direction[i] = 1;
        double numeric = dot(program.difference(direction, 1e-6), weights);
        double error = Math.abs(analytic[i] - numeric);
        double allowed = Math.max(1e-8, 1e-3 * (Math.abs(analytic[i]) + Math.abs(numeric)));
        worst = worse(worst, error / allowed);
      }
      return worst;
    }
  };

  private final String title;

  PeerRule(String title) {
    this.title = title;
  }

  /** Returns the framework's name. */
  String title() {
    return title;
  }

  /**
   * Returns the worst error as a multiple of what is allowed, NaN if something is not finite. The
   * rule accepts up to 1.
   */
  abstract double excess(Function<List<Tensor>, Tensor> f, List<Tensor> at, int order);

  private static double[] gaussians(Random random, int count) {
    return DoubleStream.generate(random::nextGaussian).limit(count).toArray();
  }

  private static double worse(double a, double b) {
    return Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Math.max(a, b);
  }

  private static double allClose(double actual, double desired, double atol, double rtol) {
    return Math.abs(actual - desired) / (atol + rtol * Math.abs(desired));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Returns the gradient as a function of the inputs and the upstream gradient behind them. */
  private static Function<List<Tensor>, Tensor> gradientBesideSeed(
      Function<List<Tensor>, Tensor> f, int inputs) {
    return in -> {
      List<Tensor> x = in.subList(0, inputs);
      return gradient(f.apply(x), x, in.get(inputs));
    };
  }

  /** Returns the gradients of all inputs in a row, recorded. */
  private static Tensor gradient(Tensor y, List<Tensor> x, Tensor seed) {
    GradOptions options = GradOptions.createGraph().allowUnused().seed(seed);
    Gradients gradients = Autograd.grad(y, x, options);
    List<Tensor> rows = new ArrayList<>();
    for (Tensor input : x) {
      Tensor g = gradients.reached(input) ? gradients.of(input) : input.mul(0);
      rows.add(g.reshape(input.size()));
    }
    return Tensor.concat(0, rows);
  }

  /** A function of tensors as one of numbers. */
  private record Program(Function<List<Tensor>, Tensor> f, List<Tensor> at) {

    int size() {
      return at.stream().mapToInt(Tensor::size).sum();
    }

    /** Returns the function's run at the inputs. */
    Run record() {
      return run(new double[size()], 0);
    }

    /** Returns the central difference of all outputs along a direction. */
    double[] difference(double[] direction, double step) {
      double[] up = run(direction, step).y().toDoubleArray();
      double[] down = run(direction, -step).y().toDoubleArray();
      for (int j = 0; j < up.length; j++) {
        up[j] = (up[j] - down[j]) / (2 * step);
      }
      return up;
    }

    private Run run(double[] direction, double step) {
      List<Tensor> inputs = new ArrayList<>();
      int next = 0;
      for (Tensor x : at) {
        double[] values = x.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
          values[i] += step * direction[next++];
        }
        inputs.add(Tensor.wrap(x.shape(), values).withGrad());
      }
      return new Run(inputs, f.apply(List.copyOf(inputs)));
    }

    /** One run, recorded. */
    private record Run(List<Tensor> x, Tensor y) {

      int size() {
        return y.size();
      }

      /** Returns the gradients of all inputs in a row. */
      double[] sweep(double[] upstream) {
        Tensor seed = Tensor.wrap(y.shape(), upstream.clone());
        Gradients gradients =
            Autograd.grad(y, x, GradOptions.retainGraph().allowUnused().seed(seed));
        return x.stream()
            .flatMapToDouble(
                input ->
                    gradients.reached(input)
                        ? Arrays.stream(gradients.of(input).toDoubleArray())
                        : Arrays.stream(new double[input.size()]))
            .toArray();
      }
    }
  }
}
