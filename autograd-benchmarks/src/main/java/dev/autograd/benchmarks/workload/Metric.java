package dev.autograd.benchmarks.workload;

/** What a time is divided by, and its unit. */
public enum Metric {
  /** Microseconds per step of training. */
  US_PER_STEP("us_per_step", 1e3),
  /** Milliseconds per step of training. */
  MS_PER_STEP("ms_per_step", 1e6),
  /** Nanoseconds per operation, recorded and swept. */
  NS_PER_OP("ns_per_op", 1),
  /** Milliseconds per value and gradient. */
  MS_PER_GRAD("ms_per_grad", 1e6),
  /** Microseconds per value and gradient. */
  US_PER_GRAD("us_per_grad", 1e3);

  private final String label;
  private final double nanoseconds;

  Metric(String label, double nanoseconds) {
    this.label = label;
    this.nanoseconds = nanoseconds;
  }

  /** Returns the name in rows. */
  public String label() {
    return label;
  }

  /** Returns a time in this unit. */
  public double of(double nanos) {
    return nanos / nanoseconds;
  }
}
