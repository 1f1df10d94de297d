package dev.autograd.golden;

import java.util.Map;

/** The golden operations that choose elements by indices or masks. */
final class GoldenIndexing {

  private GoldenIndexing() {}

  /** Adds them to a table. */
  static void addTo(Map<String, GoldenOps.Op> table) {
    table.put("gather", (in, a) -> in.get(0).gather(a.integer("dim"), in.get(1)));
    table.put(
        "scatter_add", (in, a) -> in.get(0).scatterAdd(a.integer("dim"), in.get(1), in.get(2)));
    table.put("index_select", (in, a) -> in.get(0).indexSelect(a.integer("dim"), in.get(1)));
    table.put("embedding", (in, a) -> in.get(0).embedding(in.get(1)));
    table.put("masked_fill", (in, a) -> in.get(0).maskedFill(in.get(1), a.number("value")));
  }
}
