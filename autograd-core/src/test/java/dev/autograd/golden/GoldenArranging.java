package dev.autograd.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autograd.PadMode;
import dev.autograd.Tensor;
import java.util.Locale;
import java.util.Map;

/** The golden operations that turn round, move, repeat and border. */
final class GoldenArranging {

  private GoldenArranging() {}

  /** Adds them to a table. */
  static void addTo(Map<String, GoldenOps.Op> table) {
    table.put("flip", (in, a) -> in.get(0).flip(a.ints("dims")));
    table.put("roll", (in, a) -> in.get(0).roll(a.integer("dim"), a.integer("shift")));
    table.put("tile", (in, a) -> in.get(0).tile(a.ints("reps")));
    table.put("pad", (in, a) -> pad(in.get(0), a));
  }

  private static Tensor pad(Tensor x, Attributes attributes) {
    JsonNode pads = attributes.json().get("pads");
    int[][] widths = new int[pads.size()][];
    for (int axis = 0; axis < widths.length; axis++) {
      widths[axis] = Json.ints(pads.get(axis));
    }
    String mode = attributes.text("mode");
    return mode.equals("constant")
        ? x.pad(attributes.number("value"), widths)
        : x.pad(PadMode.valueOf(mode.toUpperCase(Locale.ROOT)), widths);
  }
}
