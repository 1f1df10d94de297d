package dev.autograd.kernel;

/** The ways in which {@link Kernels#reduce} makes one number of many. */
public enum Reduction {
  /** Σ x; 0 of nothing. Accumulated in double precision, in an order that depends on sizes only. */
  SUM,
  /** Π x; 1 of nothing. */
  PROD,
  /** The largest; NaN if there is one. The caller refuses an empty axis. */
  MAX,
  /** The smallest; NaN if there is one. The caller refuses an empty axis. */
  MIN,
  /** log Σ eˣ, shifted by the maximum; -∞ of nothing, and of -∞ only; +∞ if there is one. */
  LOG_SUM_EXP
}
