package dev.autograd;

import dev.autograd.array.NdArray;
import dev.autograd.array.Runs;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Backends;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Taking elements of a tensor from anywhere, some perhaps several times; and, as a pullback, the
 * adjoint of that: the gradient is added to the places its elements were taken from, in row-major
 * order, hence always the same bits. Each is the derivative of the other, so that all orders exist.
 *
 * <p>Where the elements lie is not kept between forward and backward pass but worked out again from
 * the index tensor, which is an operand of everything recorded here.
 */
final class Picking extends AddingPullback {

  private final String op;
  private final Map<String, Object> attributes;
  private final Shape whole;
  private final Shape part;
  private final Supplier<Runs> plan;
  private final @Nullable Tensor by;

  /**
   * Makes a way of taking a tensor of shape {@code part} from one of shape {@code whole}.
   *
   * @param op what taking is recorded as
   * @param by the index or mask that the plan follows, or null
   */
  Picking(
      String op,
      Map<String, Object> attributes,
      Shape whole,
      Shape part,
      Supplier<Runs> plan,
      @Nullable Tensor by) {
    this.op = op;
    this.attributes = attributes;
    this.whole = whole;
    this.part = part;
    this.plan = plan;
    this.by = by;
  }

  /** Returns the elements taken from a tensor. */
  Tensor from(Tensor a) {
    return from(a, plan.get());
  }

  /** Returns the elements taken from a tensor by the plan, which is known already. */
  Tensor from(Tensor a, Runs runs) {
    NdArray value = Allocation.uninitialized(a.dtype(), part);
    Backends.movement(a.dtype()).gather(a.array().data(), value.data(), runs);
    return recorded(a, op, value, this);
  }

  @Override
  public Tensor apply(Tensor g) {
    NdArray value = Allocation.zeros(g.dtype(), whole);
    addTo(value, g);
    return recorded(g, op + "Grad", value, h -> from(h));
  }

  @Override
  void addTo(NdArray target, Tensor g) {
    Backends.kernels(target.dtype()).scatterAdd(g.array().data(), target.data(), plan.get());
  }

  @Override
  boolean takesOnce() {
    return plan.get().distinct();
  }

  private Tensor recorded(Tensor a, String name, NdArray value, Pullback da) {
    Tensor result =
        by == null
            ? a.record(name, Allocation.tensor(value), da)
            : a.record(name, Allocation.tensor(value), da, by);
    attributes.forEach(result::with);
    return result;
  }

  /** Returns a tensor with another one added at the places this would take. */
  static Tensor added(String name, Tensor a, Picking places, Tensor index, Tensor source) {
    Checks.sameFloating(name, a, source);
    Checks.sameShape(name, "the indexed part", places.part, "the source", source.shape());
    NdArray value = a.array().copy();
    places.addTo(value, source);
    List<@Nullable Pullback> pullbacks = Arrays.asList(g -> g, null, g -> places.from(g));
    Tensor result =
        Recording.result(
            name, Allocation.tensor(value), List.of(a, index, source), pullbacks, false);
    places.attributes.forEach(result::with);
    return result;
  }
}
