package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Derivatives at single points, and their comparison to the last place, NaN included. */
final class EdgeValues {

  private EdgeValues() {}

  /** Returns the gradient of the sum of a function's elements. */
  static double[] gradient(UnaryOperator<Tensor> f, double... at) {
    Tensor x = Tensor.of(at).withGrad();
    f.apply(x).sum().backward();
    return x.grad().toDoubleArray();
  }

  static double[] hessianRow(UnaryOperator<Tensor> f, int row, double... at) {
    Tensor x = Tensor.of(at).withGrad();
    Gradients first =
        Autograd.grad(f.apply(x).sum(), List.of(x), GradOptions.createGraph().allowUnused());
    Tensor slope = first.of(x).at(row);
    if (!slope.requiresGrad()) {
      return new double[at.length];
    }
    return Autograd.grad(slope, List.of(x), GradOptions.defaults().allowUnused())
        .of(x)
        .toDoubleArray();
  }

  static void assertNumbers(double[] actual, double... expected) {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      boolean same =
          Double.isNaN(expected[i])
              ? Double.isNaN(actual[i])
              : actual[i] == expected[i]
                  || Math.abs(actual[i] - expected[i]) <= 1e-15 * Math.abs(expected[i]);
      if (!same) {
        problems.add("element " + i + " is " + actual[i] + " and should be " + expected[i]);
      }
    }
    assertThat(problems).as(Arrays.toString(actual)).isEmpty();
    assertThat(actual).hasSameSizeAs(expected);
  }
}
