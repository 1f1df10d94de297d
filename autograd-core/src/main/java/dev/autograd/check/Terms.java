package dev.autograd.check;

import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an {@link OpContract} says. Changed only through {@link #with}, on a copy. */
final class Terms {

  final String name;

  /** How many operands the operation has; 0 if that is up to the samples. */
  final int operands;

  final Function<List<Tensor>, Tensor> function;

  @Nullable Function<List<Tensor>, Tensor> reference;

  /** Whether the reference is a function of numbers, applied to each element. */
  boolean elementwise;

  boolean broadcasts;
  Sampling sampling = Sampling.byDefault();
  Tolerance tolerance = new Tolerance(1e-12, 0);
  Tolerance singleTolerance = new Tolerance(1e-5, 0);
  Tolerance gradientTolerance = new Tolerance(1e-8, 0);
  long seed = 42;

  /** Operands that must be refused, call by call. */
  final List<List<Tensor>> refused = new ArrayList<>();

  /** Clauses that do not apply, with the reasons. */
  final Map<Clause, String> leftOut = new EnumMap<>(Clause.class);

  Terms(String name, int operands, Function<List<Tensor>, Tensor> function) {
    this.name = name;
    this.operands = operands;
    this.function = function;
  }

  /** Returns a copy, changed. */
  Terms with(Consumer<Terms> change) {
    Terms copy = new Terms(name, operands, function);
    copy.reference = reference;
    copy.elementwise = elementwise;
    copy.broadcasts = broadcasts;
    copy.sampling = sampling;
    copy.tolerance = tolerance;
    copy.singleTolerance = singleTolerance;
    copy.gradientTolerance = gradientTolerance;
    copy.seed = seed;
    copy.refused.addAll(refused);
    copy.leftOut.putAll(leftOut);
    change.accept(copy);
    return copy;
  }

  Op op() {
    return new Op(name, function, seed);
  }

  List<Sample> samples() {
    return sampling.samples(seed, operands, broadcasts);
  }
}
