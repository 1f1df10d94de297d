package dev.autograd.golden;

import dev.autograd.Tensor;
import java.util.Map;

/** Reductions that select, and scans, under their golden names. */
final class GoldenReductions {

  private GoldenReductions() {}

  static void addTo(Map<String, GoldenOps.Op> table) {
    table.put("max_select", (in, a) -> kept(in.get(0).maxSelect(a.integer("dim")), a));
    table.put("min_select", (in, a) -> kept(in.get(0).minSelect(a.integer("dim")), a));
    table.put("cumsum", (in, a) -> in.get(0).cumSum(a.integer("dim")));
    table.put("cumprod", (in, a) -> in.get(0).cumProd(a.integer("dim")));
  }

  private static Tensor kept(Tensor reduced, Attributes attributes) {
    return attributes.flag("keepdim") ? reduced.unsqueeze(attributes.integer("dim")) : reduced;
  }
}
