package dev.autograd.examples.command;

import dev.autograd.examples.images.Reading;
import java.io.PrintWriter;
import java.util.Locale;

/** What a user is told about images that were read. */
final class DigitReport {

  private DigitReport() {}

  static void print(Reading training, Reading heldOut, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "Accuracy: training %.1f %%, held out %.1f %%%n%n",
        100 * training.confusion().accuracy(),
        100 * heldOut.confusion().accuracy());
    out.println("The held-out images, by their digit and by the network's answer:");
    out.println();
    heldOut.confusion().toString().lines().forEach(row -> out.println("  " + row));
  }
}
