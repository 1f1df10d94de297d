package dev.autograd.nn.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the tensors in a file fit the parameters and buffers of a model.
 *
 * @param fitting the names that both have, with one shape, and a type in the file that the model's
 *     holds exactly
 * @param missing the names that only the model has, without the state of a run of training
 * @param unexpected the names that only the file has
 * @param misfits by name, what differs of the tensors that both have
 */
public record WeightsReport(
    List<String> fitting,
    List<String> missing,
    List<String> unexpected,
    Map<String, String> misfits) {

  private static final int MOST_LISTED = 10;

  /** Copies the lists, and the map in its order. */
  public WeightsReport {
    fitting = List.copyOf(fitting);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    misfits = Collections.unmodifiableMap(new LinkedHashMap<>(misfits));
  }

  /**
   * Returns whether each tensor of the file has its place in the model, and each place its tensor.
   */
  public boolean isComplete() {
    return missing.isEmpty() && unexpected.isEmpty() && misfits.isEmpty();
  }

  /** Returns the report in one line, of each kind at most {@value #MOST_LISTED} names. */
  @Override
  public String toString() {
    List<String> differing =
        misfits.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
    return fitting.size()
        + " fit"
        + listed("; missing are ", missing)
        + listed("; unexpected are ", unexpected)
        + listed("; different are ", differing);
  }

  private static String listed(String title, List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    String shown = names.stream().limit(MOST_LISTED).collect(Collectors.joining(", ", "[", "]"));
    int more = names.size() - MOST_LISTED;
    return title + shown + (more > 0 ? " and " + more + " more" : "");
  }
}
