package dev.autograd.golden;

import dev.autograd.Tensor;
import java.util.Map;

/** What the operations on matrices of the golden files are called here. */
final class GoldenMatrices {

  private GoldenMatrices() {}

  static void addTo(Map<String, GoldenOps.Op> table) {
    table.put("einsum", (in, a) -> Tensor.einsum(a.text("eq"), in.toArray(Tensor[]::new)));
    table.put("trace", (in, a) -> in.get(0).trace());
    table.put("diagonal", (in, a) -> in.get(0).diagonal(a.integer("offset")));
    table.put("tril", (in, a) -> in.get(0).tril(a.integer("k")));
    table.put("triu", (in, a) -> in.get(0).triu(a.integer("k")));
  }
}
