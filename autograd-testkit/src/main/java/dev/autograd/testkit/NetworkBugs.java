package dev.autograd.testkit;

import static dev.autograd.testkit.BugFamily.NETWORKS;
import static dev.autograd.testkit.Formula.indicator;
import static dev.autograd.testkit.Formula.normal;
import static dev.autograd.testkit.Formula.op;
import static dev.autograd.testkit.Formula.positive;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Bugs in what networks are made of: losses, convolutions, pooling, dropout, attention. */
final class NetworkBugs {

  private static final Tensor PREDICTION = normal(111, 3, 2);
  private static final Tensor TARGET = normal(112, 3, 2);
  private static final Tensor LOGITS = normal(113, 3, 4);
  private static final Tensor CLASSES = Tensor.indices(2, 0, 3);
  private static final Tensor SIGNAL = normal(114, 6);
  private static final Tensor KERNEL = normal(115, 3);
  private static final Tensor MASK = Tensor.of(1.0, 0.0, 1.0, 1.0, 0.0, 1.0);
  private static final BinaryOperator<Tensor> MSE =
      op(
          (p, t) -> p.sub(t).square().mean(),
          (g, p, t) -> p.sub(t).mul(g).mul(2.0 / p.size()),
          (g, p, t) -> t.sub(p).mul(g).mul(2.0 / p.size()));
  private static final BinaryOperator<Tensor> BCE =
      op(
          (p, t) -> bce(p, t),
          (g, p, t) -> p.sub(t).div(p.mul(p.subFrom(1))).mul(g),
          (g, p, t) -> p.subFrom(1).log().sub(p.log()).mul(g));
  private static final UnaryOperator<Tensor> CROSS_ENTROPY =
      op(x -> crossEntropy(x), (g, x) -> x.softmax(1).sub(oneHot(0)).mul(g).div(3));
  private static final BinaryOperator<Tensor> CONVOLUTION =
      op((x, w) -> convolve(x, w), (g, x, w) -> spread(g, w), (g, x, w) -> windows(x, 3).matmul(g));
  private static final UnaryOperator<Tensor> HUBER =
      op(x -> huber(x), (g, x) -> g.mul(x.clamp(-1, 1)));
  private static final UnaryOperator<Tensor> DROPOUT =
      op(x -> x.mul(MASK).mul(1.5), (g, x) -> g.mul(MASK).mul(1.5));
  private static final UnaryOperator<Tensor> MAX_POOL =
      op(x -> x.reshape(3, 2).max(1), (g, x) -> pairs(x, g, winners(x)));
  private static final BinaryOperator<Tensor> SCORES =
      op(
          (q, k) -> q.matmul(k.transpose()).mul(0.5),
          (g, q, k) -> g.matmul(k).mul(0.5),
          (g, q, k) -> g.transpose().matmul(q).mul(0.5));

  private NetworkBugs() {}

  private static Tensor bce(Tensor p, Tensor t) {
    return t.mul(p.log()).add(t.subFrom(1).mul(p.subFrom(1).log())).neg();
  }

  private static Tensor crossEntropy(Tensor logits) {
    return logits.logSoftmax(1).mul(oneHot(0)).sum().div(-3);
  }

  /** Returns ones at the classes, moved on by some places. */
  private static Tensor oneHot(int shift) {
    return CLASSES.oneHot(DType.F64, 4).roll(1, shift);
  }

  private static Tensor huber(Tensor x) {
    return x.square().mul(0.5).where(x.abs().lt(1), x.abs().sub(0.5));
  }

  /** Returns the correlation of a signal of 6 with a kernel of 3. */
  private static Tensor convolve(Tensor x, Tensor w) {
    return w.matmul(windows(x, 3));
  }

  /** Returns what each tap of a kernel meets, one row per tap. */
  private static Tensor windows(Tensor x, int taps) {
    int n = x.size() - taps + 1;
    return Tensor.stack(0, x.slice(0, 0, n), x.slice(0, 1, n + 1), x.slice(0, 2, n + 2));
  }

  private static Tensor spread(Tensor g, Tensor w) {
    return g.mul(w.at(0))
        .pad(0, 0, 2)
        .add(g.mul(w.at(1)).pad(0, 1, 1))
        .add(g.mul(w.at(2)).pad(0, 2, 0));
  }

  /** Returns which of each pair of elements is the larger. */
  private static Tensor winners(Tensor x) {
    Tensor pairs = x.reshape(3, 2);
    return indicator(pairs.ge(pairs.flip(1)));
  }

  private static Tensor pairs(Tensor x, Tensor g, Tensor shares) {
    return g.unsqueeze(1).mul(shares).reshape(x.shape());
  }

  static List<PlantedBug> all() {
    return List.of(
        NETWORKS.bug(
            "squared error without its 2",
            "forgets the factor 2",
            op(
                (p, t) -> p.sub(t).square().mean(),
                (g, p, t) -> p.sub(t).mul(g).div(p.size()),
                (g, p, t) -> t.sub(p).mul(g).div(p.size())),
            MSE,
            PREDICTION,
            TARGET),
        NETWORKS.bug(
            "squared error by rows",
            "divides by the batch instead of all elements",
            op(
                (p, t) -> p.sub(t).square().mean(),
                (g, p, t) -> p.sub(t).mul(g).mul(2.0 / 3),
                (g, p, t) -> t.sub(p).mul(g).mul(2.0 / 3)),
            MSE,
            PREDICTION,
            TARGET),
        NETWORKS.bug(
            "squared error, the target's sign",
            "gives the target the gradient of the prediction",
            op(
                (p, t) -> p.sub(t).square().mean(),
                (g, p, t) -> p.sub(t).mul(g).mul(2.0 / p.size()),
                (g, p, t) -> p.sub(t).mul(g).mul(2.0 / p.size())),
            MSE,
            PREDICTION,
            TARGET),
        NETWORKS.bug(
            "cross-entropy of a probability as of a logit",
            "takes p - t, which holds for the logit",
            op(
                (p, t) -> bce(p, t),
                (g, p, t) -> p.sub(t).mul(g),
                (g, p, t) -> p.subFrom(1).log().sub(p.log()).mul(g)),
            BCE,
            positive(116, 3).mul(0.5),
            Tensor.of(0.0, 1.0, 0.3)),
        NETWORKS.bug(
            "cross-entropy, half of it",
            "forgets the part of the other class",
            op(
                (p, t) -> bce(p, t),
                (g, p, t) -> t.div(p).neg().mul(g),
                (g, p, t) -> p.subFrom(1).log().sub(p.log()).mul(g)),
            BCE,
            positive(116, 3).mul(0.5),
            Tensor.of(0.0, 1.0, 0.3)),
        NETWORKS.bug(
            "class off by one",
            "subtracts 1 at the next class",
            op(x -> crossEntropy(x), (g, x) -> x.softmax(1).sub(oneHot(1)).mul(g).div(3)),
            CROSS_ENTROPY,
            LOGITS),
        NETWORKS.bug(
            "cross-entropy not averaged",
            "forgets to divide by the batch",
            op(x -> crossEntropy(x), (g, x) -> x.softmax(1).sub(oneHot(0)).mul(g)),
            CROSS_ENTROPY,
            LOGITS),
        NETWORKS.bug(
            "cross-entropy by all elements",
            "divides by the number of logits instead of the batch",
            op(x -> crossEntropy(x), (g, x) -> x.softmax(1).sub(oneHot(0)).mul(g).div(12)),
            CROSS_ENTROPY,
            LOGITS),
        NETWORKS.bug(
            "cross-entropy, class only",
            "forgets softmax: only the target class has a gradient",
            op(x -> crossEntropy(x), (g, x) -> oneHot(0).mul(g).div(-3)),
            CROSS_ENTROPY,
            LOGITS),
        NETWORKS.bug(
            "temperature",
            "forgets the temperature that divides the logits",
            op(
                x -> crossEntropy(x.div(2)),
                (g, x) -> x.div(2).softmax(1).sub(oneHot(0)).mul(g).div(3)),
            op(
                x -> crossEntropy(x.div(2)),
                (g, x) -> x.div(2).softmax(1).sub(oneHot(0)).mul(g).div(6)),
            LOGITS),
        NETWORKS.bug(
            "huber without its limit",
            "goes on with the square beyond the limit",
            op(x -> huber(x), (g, x) -> g.mul(x)),
            HUBER,
            Tensor.of(0.4, -2.0, 3.0)),
        NETWORKS.bug(
            "huber without its sign",
            "is wrong for negative inputs beyond the limit",
            op(x -> huber(x), (g, x) -> g.mul(x.clamp(-1, 1).where(x.gt(-1), 1))),
            HUBER,
            Tensor.of(0.4, -2.0, 3.0)),
        NETWORKS.bug(
            "hinge on the wrong side",
            "has a gradient where the margin is kept",
            op(x -> x.subFrom(1).relu(), (g, x) -> g.neg().mul(indicator(x.gt(1)))),
            op(x -> x.subFrom(1).relu(), (g, x) -> g.neg().mul(indicator(x.lt(1)))),
            Tensor.of(0.4, -2.0, 3.0)),
        NETWORKS.bug(
            "weight decay forgotten",
            "leaves out the gradient of the penalty",
            op(
                (p, w) -> p.mul(w).sum().add(w.square().sum().mul(0.01)),
                (g, p, w) -> w.mul(g),
                (g, p, w) -> p.mul(g)),
            op(
                (p, w) -> p.mul(w).sum().add(w.square().sum().mul(0.01)),
                (g, p, w) -> w.mul(g),
                (g, p, w) -> p.add(w.mul(0.02)).mul(g)),
            normal(117, 3),
            normal(118, 3)),
        NETWORKS.bug(
            "kernel not flipped",
            "spreads the gradient with the kernel the other way round",
            op(
                (x, w) -> convolve(x, w),
                (g, x, w) -> spread(g, w.flip(0)),
                (g, x, w) -> windows(x, 3).matmul(g)),
            CONVOLUTION,
            SIGNAL,
            KERNEL),
        NETWORKS.bug(
            "kernel's gradient flipped",
            "returns the kernel's gradient the other way round",
            op(
                (x, w) -> convolve(x, w),
                (g, x, w) -> spread(g, w),
                (g, x, w) -> windows(x, 3).matmul(g).flip(0)),
            CONVOLUTION,
            SIGNAL,
            KERNEL),
        NETWORKS.bug(
            "convolution padded off by one",
            "spreads the gradient one place too far",
            op(
                (x, w) -> convolve(x, w),
                (g, x, w) -> spread(g, w).roll(0, 1),
                (g, x, w) -> windows(x, 3).matmul(g)),
            CONVOLUTION,
            SIGNAL,
            KERNEL),
        NETWORKS.bug(
            "convolution, the middle alone",
            "gives each input the gradient of the tap above it",
            op(
                (x, w) -> convolve(x, w),
                (g, x, w) -> g.mul(w.at(1)).pad(0, 1, 1),
                (g, x, w) -> windows(x, 3).matmul(g)),
            CONVOLUTION,
            SIGNAL,
            KERNEL),
        NETWORKS.bug(
            "pool to the first",
            "gives the first element of every window the gradient",
            op(
                x -> x.reshape(3, 2).max(1),
                (g, x) -> pairs(x, g, Tensor.of(new double[][] {{1, 0}, {1, 0}, {1, 0}}))),
            MAX_POOL,
            SIGNAL),
        NETWORKS.bug(
            "pool to the loser",
            "gives the smaller element of every window the gradient",
            op(x -> x.reshape(3, 2).max(1), (g, x) -> pairs(x, g, winners(x).subFrom(1))),
            MAX_POOL,
            SIGNAL),
        NETWORKS.bug(
            "average pool not divided",
            "forgets to divide by the window",
            op(x -> x.reshape(3, 2).mean(1), (g, x) -> pairs(x, g, Tensor.ones(DType.F64, 3, 2))),
            op(
                x -> x.reshape(3, 2).mean(1),
                (g, x) -> pairs(x, g, Tensor.full(DType.F64, 0.5, 3, 2))),
            SIGNAL),
        NETWORKS.bug(
            "dropout mask forgotten",
            "gives dropped elements a gradient",
            op(x -> x.mul(MASK).mul(1.5), (g, x) -> g.mul(1.5)),
            DROPOUT,
            SIGNAL),
        NETWORKS.bug(
            "dropout scale forgotten",
            "forgets to divide by the part that is kept",
            op(x -> x.mul(MASK).mul(1.5), (g, x) -> g.mul(MASK)),
            DROPOUT,
            SIGNAL),
        NETWORKS.bug(
            "scores not scaled",
            "forgets the scale of the scores",
            op(
                (q, k) -> q.matmul(k.transpose()).mul(0.5),
                (g, q, k) -> g.matmul(k),
                (g, q, k) -> g.transpose().matmul(q)),
            SCORES,
            normal(119, 3, 4),
            normal(120, 3, 4)),
        NETWORKS.bug(
            "keys by queries",
            "forgets to transpose the square gradient of the scores",
            op(
                (q, k) -> q.matmul(k.transpose()).mul(0.5),
                (g, q, k) -> g.matmul(k).mul(0.5),
                (g, q, k) -> g.matmul(q).mul(0.5)),
            SCORES,
            normal(119, 3, 4),
            normal(120, 3, 4)));
  }
}
