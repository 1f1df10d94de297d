package dev.autograd.kernel.scalar;

import dev.autograd.kernel.UpdateRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loops of {@link UpdateRule}. Each writes one array, if it can, all at the same index, because
 * only such loops are vectorised by every JIT compiler; they run over one block after the other, so
 * that what one loop wrote is still in the first cache when the next one reads it.
 *
 * <p>The order of additions and multiplications is that of the formulas, written out in tensor
 * operations.
 */
final class F64Update {

  /** Elements per block: those of five arrays fit the first cache. */
  private static final int BLOCK = 1024;

  private final double[] p;
  private final double[] g;
  private final List<double[]> memory;
  private final /* wide */ double[] coefficients;
  private final double decay;
  private final double rate;
  private final double kept;

  private F64Update(
      double[] p, double[] g, List<double[]> memory, /* wide */ double[] coefficients) {
    this.p = p;
    this.g = g;
    this.memory = memory;
    this.coefficients = coefficients;
    this.decay = coefficient(0);
    this.rate = coefficient(1);
    this.kept = coefficient(2);
  }

  static void update(
      UpdateRule rule,
      double[] p,
      double[] g,
      List<double[]> memory,
      /* wide */ double[] coefficients,
      int from,
      int to) {
    F64Update update = new F64Update(p, g, memory, coefficients);
    for (int start = from; start < to; start += BLOCK) {
      update.block(rule, start, Math.min(to, start + BLOCK));
    }
  }

  private void block(UpdateRule rule, int from, int to) {
    if (kept != 1) {
      shrink(from, to);
    }
    switch (rule) {
      case DESCENT -> descend(from, to);
      case MOMENTUM -> {
        blend(memory.get(0), coefficient(3), coefficient(4), from, to);
        follow(memory.get(0), from, to);
      }
      case NESTEROV -> {
        blend(memory.get(0), coefficient(3), coefficient(4), from, to);
        lookAhead(memory.get(0), coefficient(5), from, to);
      }
      case ADAGRAD -> {
        addSquares(memory.get(0), from, to);
        descendScaled(memory.get(0), null, from, to);
      }
      case RMSPROP -> {
        blendSquares(memory.get(0), coefficient(4), coefficient(5), from, to);
        descendScaled(memory.get(0), null, from, to);
      }
      case RMSPROP_MOMENTUM -> {
        blendSquares(memory.get(0), coefficient(4), coefficient(5), from, to);
        addScaled(memory.get(1), memory.get(0), null, from, to);
        follow(memory.get(1), from, to);
      }
      case CENTERED_RMSPROP -> {
        blendSquares(memory.get(0), coefficient(4), coefficient(5), from, to);
        blend(memory.get(1), coefficient(4), coefficient(5), from, to);
        descendScaled(memory.get(0), memory.get(1), from, to);
      }
      case CENTERED_RMSPROP_MOMENTUM -> {
        blendSquares(memory.get(0), coefficient(4), coefficient(5), from, to);
        blend(memory.get(1), coefficient(4), coefficient(5), from, to);
        addScaled(memory.get(2), memory.get(0), memory.get(1), from, to);
        follow(memory.get(2), from, to);
      }
      case ADAM -> {
        blendMoments(from, to);
        followScaled(memory.get(0), memory.get(1), from, to);
      }
      case AMSGRAD -> {
        blendMoments(from, to);
        raise(memory.get(2), memory.get(1), from, to);
        followScaled(memory.get(0), memory.get(2), from, to);
      }
      case ADAMAX -> {
        blend(memory.get(0), coefficient(4), coefficient(5), from, to);
        raiseByGradient(memory.get(1), coefficient(6), from, to);
        followDivided(memory.get(0), memory.get(1), coefficient(7), from, to);
      }
      case NADAM -> {
        blendMoments(from, to);
        lookAheadScaled(memory.get(0), memory.get(1), from, to);
      }
      case LION -> followSigns(memory.get(0), from, to);
    }
  }

  private double coefficient(int i) {
    return (double) coefficients[i];
  }

  // ---------------------------------------------------------------- what is remembered

  private void blend(double[] m, double old, double fresh, int from, int to) {
    double[] p = this.p;
    double[] g = this.g;
    double decay = this.decay;
    for (int i = from; i < to; i++) {
      double h = decay == 0 ? g[i] : g[i] + p[i] * decay;
      m[i] = m[i] * old + h * fresh;
    }
  }

  private void blendSquares(double[] s, double old, double fresh, int from, int to) {
    double[] p = this.p;
    double[] g = this.g;
    double decay = this.decay;
    for (int i = from; i < to; i++) {
      double h = decay == 0 ? g[i] : g[i] + p[i] * decay;
      s[i] = s[i] * old + h * h * fresh;
    }
  }

  private void blendMoments(int from, int to) {
    blend(memory.get(0), coefficient(4), coefficient(5), from, to);
    blendSquares(memory.get(1), coefficient(6), coefficient(7), from, to);
  }

  private void addSquares(double[] s, int from, int to) {
    double[] p = this.p;
    double[] g = this.g;
    double decay = this.decay;
    for (int i = from; i < to; i++) {
      double h = decay == 0 ? g[i] : g[i] + p[i] * decay;
      s[i] = s[i] + h * h;
    }
  }

  /** Adds to the momentum v what {@link #descendScaled} would follow. */
  private void addScaled(double[] v, double[] s, double @Nullable [] mean, int from, int to) {
    double[] p = this.p;
    double[] g = this.g;
    double decay = this.decay;
    double epsilon = coefficient(3);
    double momentum = coefficient(6);
    for (int i = from; i < to; i++) {
      double h = decay == 0 ? g[i] : g[i] + p[i] * decay;
      double variance = mean == null ? s[i] : Math.max(s[i] - mean[i] * mean[i], 0);
      v[i] = v[i] * momentum + h / ((double) Math.sqrt(variance) + epsilon);
    }
  }

  private static void raise(double[] largest, double[] s, int from, int to) {
    for (int i = from; i < to; i++) {
      largest[i] = Math.max(largest[i], s[i]);
    }
  }

  private void raiseByGradient(double[] largest, double old, int from, int to) {
    double[] p = this.p;
    double[] g = this.g;
    double decay = this.decay;
    double epsilon = coefficient(3);
    for (int i = from; i < to; i++) {
      double h = decay == 0 ? g[i] : g[i] + p[i] * decay;
      largest[i] = Math.max(largest[i] * old, Math.abs(h) + epsilon);
    }
  }

  // ---------------------------------------------------------------- the parameter

  private void shrink(int from, int to) {
    double[] p = this.p;
    double kept = this.kept;
    for (int i = from; i < to; i++) {
      p[i] = p[i] * kept;
    }
  }

  private void descend(int from, int to) {
    double[] p = this.p;
    double[] g = this.g;
    double decay = this.decay;
    double rate = this.rate;
    for (int i = from; i < to; i++) {
      double h = decay == 0 ? g[i] : g[i] + p[i] * decay;
      p[i] = p[i] - h * rate;
    }
  }

  private void follow(double[] v, int from, int to) {
    double[] p = this.p;
    double rate = this.rate;
    for (int i = from; i < to; i++) {
      p[i] = p[i] - v[i] * rate;
    }
  }

  private void lookAhead(double[] v, double ahead, int from, int to) {
    double[] p = this.p;
    double[] g = this.g;
    double decay = this.decay;
    double rate = this.rate;
    for (int i = from; i < to; i++) {
      double h = decay == 0 ? g[i] : g[i] + p[i] * decay;
      p[i] = p[i] - (h + v[i] * ahead) * rate;
    }
  }

  /** Follows the gradient relative to its size: around 0, or around its mean if that is given. */
  private void descendScaled(double[] s, double @Nullable [] mean, int from, int to) {
    double[] p = this.p;
    double[] g = this.g;
    double decay = this.decay;
    double rate = this.rate;
    double epsilon = coefficient(3);
    for (int i = from; i < to; i++) {
      double h = decay == 0 ? g[i] : g[i] + p[i] * decay;
      double variance = mean == null ? s[i] : Math.max(s[i] - mean[i] * mean[i], 0);
      p[i] = p[i] - h / ((double) Math.sqrt(variance) + epsilon) * rate;
    }
  }

  private void followScaled(double[] m, double[] s, int from, int to) {
    double[] p = this.p;
    double rate = this.rate;
    double epsilon = coefficient(3);
    double ofMean = coefficient(8);
    double ofSquare = coefficient(9);
    for (int i = from; i < to; i++) {
      double root = (double) Math.sqrt(s[i] / ofSquare);
      p[i] = p[i] - m[i] / ofMean / (root + epsilon) * rate;
    }
  }

  private void followDivided(double[] m, double[] size, double ofMean, int from, int to) {
    double[] p = this.p;
    double rate = this.rate;
    for (int i = from; i < to; i++) {
      p[i] = p[i] - m[i] / ofMean / size[i] * rate;
    }
  }

  private void lookAheadScaled(double[] m, double[] s, int from, int to) {
    double[] p = this.p;
    double[] g = this.g;
    double decay = this.decay;
    double rate = this.rate;
    double epsilon = coefficient(3);
    double now = coefficient(8);
    double ofSquare = coefficient(9);
    double ahead = coefficient(10);
    for (int i = from; i < to; i++) {
      double h = decay == 0 ? g[i] : g[i] + p[i] * decay;
      double root = (double) Math.sqrt(s[i] / ofSquare);
      p[i] = p[i] - (h * now + m[i] * ahead) / (root + epsilon) * rate;
    }
  }

  /** Two arrays in one loop, because each new value needs both old ones. */
  private void followSigns(double[] m, int from, int to) {
    double[] p = this.p;
    double[] g = this.g;
    double decay = this.decay;
    double rate = this.rate;
    double oldShare = coefficient(3);
    double freshShare = coefficient(4);
    double old = coefficient(5);
    double fresh = coefficient(6);
    for (int i = from; i < to; i++) {
      double h = decay == 0 ? g[i] : g[i] + p[i] * decay;
      p[i] = p[i] - Math.signum(m[i] * oldShare + h * freshShare) * rate;
      m[i] = m[i] * old + h * fresh;
    }
  }
}
