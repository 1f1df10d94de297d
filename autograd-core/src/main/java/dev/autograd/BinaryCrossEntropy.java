package dev.autograd;

import dev.autograd.array.NdArray;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Unary;
import java.util.List;

/**
 * The two binary cross-entropies as operations that include their reduction, unless the losses are
 * weighted before it. Their derivatives in the prediction are operations of g, prediction and
 * target, so that they can be differentiated again; g is one number where all losses have the same.
 */
final class BinaryCrossEntropy {

  private BinaryCrossEntropy() {}

  /** A loss of every element, and how its gradients come out of those of the losses. */
  private record Form(String name, Binary value, Slope ofPrediction, Slope ofTarget) {}

  private interface Slope {
    Tensor times(Tensor g, Tensor prediction, Tensor target);
  }

  private static final Form LOGITS =
      new Form(
          "bceWithLogits",
          Binary.BCE_WITH_LOGITS,
          BinaryCrossEntropy::logitsGrad,
          (g, z, t) -> g.chain(z).neg());

  private static final Form PROBABILITIES =
      new Form(
          "bce",
          Binary.BCE,
          BinaryCrossEntropy::probabilitiesGrad,
          (g, p, t) -> g.chain(ClampedLog.of(p.subFrom(1)).sub(ClampedLog.of(p))));

  /** Returns {@code -t log A - (1 - t) log(1 - A)} with A = sigmoid(z). */
  static Tensor ofLogits(Tensor z, Tensor t, LossOptions options) {
    return of(LOGITS, z, t, options);
  }

  /** Returns {@code -t log p - (1 - t) log(1 - p)} with clamped logarithms. */
  static Tensor ofProbabilities(Tensor p, Tensor t, LossOptions options) {
    return of(PROBABILITIES, p, t, options);
  }

  private static Tensor of(Form form, Tensor p, Tensor t, LossOptions options) {
    if (options.weight().isPresent()) {
      return LossTerms.finish(form.name(), reduced(form, p, t, Reduction.NONE), options);
    }
    return reduced(form, p, t, options.reduction());
  }

  private static Tensor reduced(Form form, Tensor p, Tensor t, Reduction reduction) {
    int divisor = LossTerms.divisor(reduction, p.shape());
    Tensor losses = Compute.zip(form.value(), p, t);
    return p.record(
            form.name(),
            LossTerms.reducedValue(losses, reduction, divisor),
            g -> form.ofPrediction().times(LossTerms.share(g, divisor), p, t),
            t,
            g -> form.ofTarget().times(LossTerms.share(g, divisor), p, t))
        .with("reduction", reduction);
  }

  /** Returns {@code (sigmoid(z) - t) g}. */
  private static Tensor logitsGrad(Tensor g, Tensor z, Tensor t) {
    NdArray value = Compute.map(Unary.SIGMOID, z).array();
    Backends.kernels(z.dtype())
        .residual(t.data(), g.data(), g.rank() == 0 ? 0 : 1, value.data(), 0, z.size());
    return Recording.result(
        "bceWithLogitsGrad",
        Allocation.tensor(value),
        List.of(g, z, t),
        List.<Pullback>of(
            h -> h.chain(z.sigmoid().sub(t)),
            h -> {
              Tensor s = z.sigmoid();
              return GradientProduct.of(h, g).chain(s.mul(s.subFrom(1)));
            },
            h -> GradientProduct.of(h, g).neg()),
        false);
  }

  /** Returns {@code ((1 - t) / (1 - p) - t / p) g}, without the part whose logarithm is clamped. */
  private static Tensor probabilitiesGrad(Tensor g, Tensor p, Tensor t) {
    Tensor slope = Compute.zip(Binary.BCE_SLOPE, p, t);
    return Recording.result(
        "bceGrad",
        Compute.zip(Binary.CHAIN, g, slope),
        List.of(g, p, t),
        List.<Pullback>of(
            h -> h.chain(probabilitiesGrad(Factories.like(g, 1), p, t)),
            h -> {
              Tensor product = GradientProduct.of(h, g);
              Tensor q = p.subFrom(1);
              Tensor ofP = ClampedLog.grad(ClampedLog.grad(product.chain(t), p), p);
              return ofP.add(ClampedLog.grad(ClampedLog.grad(product.chain(t.subFrom(1)), q), q));
            },
            h -> {
              Tensor product = GradientProduct.of(h, g);
              return ClampedLog.grad(product, p).add(ClampedLog.grad(product, p.subFrom(1))).neg();
            }),
        false);
  }
}
