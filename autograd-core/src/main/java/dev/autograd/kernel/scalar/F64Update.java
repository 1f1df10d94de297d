package dev.autograd.kernel.scalar;

import dev.autograd.kernel.UpdateRule;
import java.util.List;

/**
 * The loops of {@link UpdateRule}. Each writes one array, all at the same index, because only such
 * loops are vectorised by every JIT compiler; they run over one block after the other, so that what
 * one loop wrote is still in the first cache when the next one reads it.
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

  private F64Update(
      double[] p, double[] g, List<double[]> memory, /* wide */ double[] coefficients) {
    this.p = p;
    this.g = g;
    this.memory = memory;
    this.coefficients = coefficients;
    this.decay = coefficient(0);
    this.rate = coefficient(1);
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
    switch (rule) {
      case DESCENT -> descend(from, to);
      case MOMENTUM -> {
        blend(memory.get(0), coefficient(2), coefficient(3), from, to);
        follow(memory.get(0), from, to);
      }
      case NESTEROV -> {
        blend(memory.get(0), coefficient(2), coefficient(3), from, to);
        lookAhead(memory.get(0), coefficient(4), from, to);
      }
      case ADAM -> {
        blend(memory.get(0), coefficient(2), coefficient(3), from, to);
        blendSquares(memory.get(1), coefficient(4), coefficient(5), from, to);
        scaled(memory.get(0), memory.get(1), from, to);
      }
      case AMSGRAD -> {
        blend(memory.get(0), coefficient(2), coefficient(3), from, to);
        blendSquares(memory.get(1), coefficient(4), coefficient(5), from, to);
        raise(memory.get(2), memory.get(1), from, to);
        scaled(memory.get(0), memory.get(2), from, to);
      }
    }
  }

  private double coefficient(int i) {
    return (double) coefficients[i];
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

  private static void raise(double[] largest, double[] s, int from, int to) {
    for (int i = from; i < to; i++) {
      largest[i] = Math.max(largest[i], s[i]);
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

  private void scaled(double[] m, double[] s, int from, int to) {
    double[] p = this.p;
    double rate = this.rate;
    double ofMean = coefficient(6);
    double ofSquare = coefficient(7);
    double epsilon = coefficient(8);
    for (int i = from; i < to; i++) {
      double root = (double) Math.sqrt(s[i] / ofSquare);
      p[i] = p[i] - m[i] / ofMean / (root + epsilon) * rate;
    }
  }
}
