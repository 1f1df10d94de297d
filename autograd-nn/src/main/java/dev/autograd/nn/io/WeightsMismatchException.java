package dev.autograd.nn.io;

import java.nio.file.Path;

/** The tensors in a file are not those of the model; nothing was changed. */
public final class WeightsMismatchException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient WeightsReport report;

  WeightsMismatchException(Path file, WeightsReport report) {
    super(
        file
            + ": does not fit the model: "
            + report
            + "; nothing was changed. Build the model that was saved, or take what fits");
    this.report = report;
  }

  /** Returns what is missing, unexpected and different. */
  public WeightsReport report() {
    return report;
  }
}
