package dev.autograd.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Statistics, norms, reductions that select, and scans, under their golden names. */
final class GoldenReductions {

  private GoldenReductions() {}

  static void addTo(Map<String, GoldenOps.Op> table) {
    table.put(
        "var", (in, a) -> sample(in.get(0), a, x -> x.var(a.axes(), a.integer("correction"))));
    table.put(
        "std", (in, a) -> sample(in.get(0), a, x -> x.std(a.axes(), a.integer("correction"))));
    table.put("norm", (in, a) -> in.get(0).norm(a.axes(), order(a)));
    table.put("max_select", (in, a) -> kept(in.get(0).maxSelect(a.integer("dim")), a));
    table.put("min_select", (in, a) -> kept(in.get(0).minSelect(a.integer("dim")), a));
    table.put("cumsum", (in, a) -> in.get(0).cumSum(a.integer("dim")));
    table.put("cumprod", (in, a) -> in.get(0).cumProd(a.integer("dim")));
  }

  /** The golden files have NaN for samples that are too small for their correction. */
  private static Tensor sample(Tensor x, Attributes attributes, UnaryOperator<Tensor> spread) {
    try {
      return spread.apply(x);
    } catch (ShapeException e) {
      assertThat(e).hasMessageContaining("n - correction must be positive");
      return x.sum(attributes.axes()).mul(Double.NaN);
    }
  }

  private static double order(Attributes attributes) {
    return switch (attributes.text("p")) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> attributes.number("p");
    };
  }

  private static Tensor kept(Tensor reduced, Attributes attributes) {
    return attributes.flag("keepdim") ? reduced.unsqueeze(attributes.integer("dim")) : reduced;
  }
}
