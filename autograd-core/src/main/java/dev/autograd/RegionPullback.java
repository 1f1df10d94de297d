package dev.autograd;

import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.array.Slice;
import dev.autograd.array.Strides;
import dev.autograd.kernel.Backends;

/** The pullback of a slice: the gradient goes to the sliced places, zeros elsewhere. */
final class RegionPullback extends AddingPullback {

  private final Shape whole;
  private final Slice[] slices;

  /** Makes the pullback of taking one slice per axis of a tensor of shape {@code whole}. */
  RegionPullback(Shape whole, Slice... slices) {
    this.whole = whole;
    this.slices = slices;
  }

  @Override
  public Tensor apply(Tensor g) {
    Slice[] region = slices;
    NdArray value = Allocation.zeros(g.dtype(), whole);
    Backends.movement(g.dtype()).scatter(g.array().data(), value.data(), plan());
    return g.record("embed", Allocation.tensor(value), h -> h.slice(region));
  }

  @Override
  void addTo(NdArray target, Tensor g) {
    Backends.kernels(target.dtype()).scatterAdd(g.array().data(), target.data(), plan());
  }

  @Override
  boolean takesOnce() {
    return true;
  }

  private Strides plan() {
    return Strides.of(whole).slice(slices);
  }
}
