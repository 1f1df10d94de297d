package dev.autograd.testkit;

import dev.autograd.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What kind of operation a {@link PlantedBug} sits in, or what hides it. */
public enum BugFamily {
  /** Functions of each element by itself, at ordinary magnitudes. */
  ELEMENTWISE("element by element"),
  /** Inputs at which the slopes of both sides differ. Derivatives end at the first order there. */
  KINKS("kinks"),
  /** What becomes of the upstream gradient, and of values that are used more than once. */
  UPSTREAM("the upstream gradient, and sums of contributions"),
  /** Products, solutions and determinants of matrices. */
  MATRICES("matrices"),
  /** Operands that are repeated to a common shape. */
  BROADCASTING("broadcasting, axes of size 1 and 0"),
  /** Sums, means, extremes, softmax and scans. */
  REDUCTIONS("reductions and scans"),
  /** Slices, concatenations, permutations, indices. */
  ARRANGING("slices, arrangement, indices"),
  /** Means and variances taken out of the input. */
  NORMALISATION("normalisation"),
  /** Losses, convolutions, pooling, dropout: what networks are made of. */
  NETWORKS("losses and layers"),
  /** Values kept from one call for another. */
  MEMORY("memory between calls"),
  /** A right gradient whose own derivative is wrong. */
  SECOND_ORDER("the second order"),
  /** Slopes that are tiny beside the value. */
  SATURATION("saturation"),
  /** Inputs from 1e-150 to 1e150. */
  SCALES("scales");

  private final String title;

  BugFamily(String title) {
    this.title = title;
  }

  /** Returns what pages call the family. */
  public String title() {
    return title;
  }

  PlantedBug bug(
      String name,
      String mistake,
      UnaryOperator<Tensor> wrong,
      UnaryOperator<Tensor> right,
      Tensor at) {
    return bug(name, mistake, Formula.ofList(wrong), Formula.ofList(right), List.of(at));
  }

  PlantedBug bug(
      String name,
      String mistake,
      BinaryOperator<Tensor> wrong,
      BinaryOperator<Tensor> right,
      Tensor a,
      Tensor b) {
    return bug(name, mistake, Formula.ofList(wrong), Formula.ofList(right), List.of(a, b));
  }

  PlantedBug bug(
      String name,
      String mistake,
      Function<List<Tensor>, Tensor> wrong,
      Function<List<Tensor>, Tensor> right,
      List<Tensor> at) {
    return new PlantedBug(name, this, mistake, () -> wrong, () -> right, at, 1);
  }
}
