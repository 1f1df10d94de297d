package dev.autograd.benchmarks.measure;

import dev.autograd.benchmarks.workload.Case;
import java.util.Locale;

/**
 * One measured or checked number, as programs print it: {@code
 * ROW,engine,workload,dtype,threads,metric,value}.
 *
 * @param engine who computed it
 * @param workload the name of the workload
 * @param dtype {@code f32} or {@code f64}
 * @param threads how many were allowed
 * @param metric a unit of time, or the name of a check value
 * @param value the number
 */
public record Row(
    String engine, String workload, String dtype, int threads, String metric, double value) {

  private static final String TAG = "ROW";
  private static final int FIELDS = 7;

  /** Returns the row of a case. */
  public static Row of(String engine, Case which, int threads, String metric, double value) {
    return new Row(engine, which.workload(), which.dtypeLabel(), threads, metric, value);
  }

  /** Returns whether a line of output is a row. */
  public static boolean matches(String line) {
    return line.startsWith(TAG + ",");
  }

  /**
   * Returns the row that a line says.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Row parse(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != FIELDS || !fields[0].equals(TAG)) {
      throw new IllegalArgumentException("no row: " + line);
    }
    return new Row(
        fields[1],
        fields[2],
        fields[3],
        Integer.parseInt(fields[4]),
        fields[5],
        Double.parseDouble(fields[6]));
  }

  /** Returns the line, with seven significant digits. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%s,%d,%s,%.7g",
        TAG,
        engine,
        workload,
        dtype,
        threads,
        metric,
        value);
  }
}
