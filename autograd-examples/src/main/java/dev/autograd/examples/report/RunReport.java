package dev.autograd.examples.report;

import dev.autograd.array.DType;
import dev.autograd.examples.plot.ConfusionPlot;
import dev.autograd.examples.plot.LinePlot;
import dev.autograd.examples.plot.LossCurve;
import dev.autograd.examples.table.Problem;
import dev.autograd.examples.training.Experiment;
import dev.autograd.examples.training.Outcome;
import dev.autograd.examples.training.Result;
import dev.autograd.nn.Summary;
import dev.autograd.nn.data.Standardizer;
import dev.autograd.nn.metrics.ConfusionMatrix;
import dev.autograd.nn.train.Epoch;
import dev.autograd.nn.train.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page about a run: what was asked, what was learned, and how it went. */
public final class RunReport {

  private final Experiment experiment;
  private final Outcome outcome;

  private RunReport(Experiment experiment, Outcome outcome) {
    this.experiment = experiment;
    this.outcome = outcome;
  }

  /**
   * Returns the page.
   *
   * @param settings what the user chose, by name, in order
   */
  public static HtmlPage of(
      String title, Map<String, String> settings, Experiment experiment, Outcome outcome) {
    RunReport report = new RunReport(experiment, outcome);
    HtmlPage page = HtmlPage.titled(title);
    page = report.result(page);
    page = report.losses(page);
    page = report.data(page.heading("Data"));
    return report
        .model(page.heading("Model"))
        .heading("Settings")
        .table(
            List.of("setting", "value"),
            settings.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList());
  }

  // ---------------------------------------------------------------- result

  private HtmlPage result(HtmlPage page) {
    if (outcome.result() instanceof Result.Decisions decisions) {
      return decisions(page, decisions);
    }
    Result.Estimates estimates = (Result.Estimates) outcome.result();
    return estimates(page, estimates);
  }

  private HtmlPage decisions(HtmlPage page, Result.Decisions decisions) {
    ConfusionMatrix heldOut = decisions.heldOut();
    List<String> labels = experiment.model().labels();
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      rows.add(
          List.of(
              labels.get(c),
              percent(heldOut.precision(c)),
              percent(heldOut.recall(c)),
              percent(heldOut.f1(c))));
    }
    return page.paragraph(
            "Accuracy: training "
                + percent(decisions.training())
                + ", held out "
                + percent(heldOut.accuracy()))
        .table(List.of("class, held out", "precision", "recall", "F1"), rows)
        .picture("Confusion matrix of the held-out rows", ConfusionPlot.of(labels, heldOut));
  }

  private HtmlPage estimates(HtmlPage page, Result.Estimates estimates) {
    Problem problem = experiment.problem();
    Standardizer units = problem.units().orElseThrow();
    double[] actual = units.inverse(problem.heldOut().targets()).toDoubleArray();
    double[] predicted =
        units.inverse(experiment.model().outputs(problem.heldOut().inputs())).toDoubleArray();
    return page.table(
            List.of("", "RMSE", "R2"),
            List.of(row("training", estimates.training()), row("held out", estimates.heldOut())))
        .picture(
            "Predicted and actual values of the held-out rows",
            LinePlot.of(problem.target().name(), "actual", "predicted")
                .points("held out", actual, predicted)
                .dashes("perfect", bounds(actual), bounds(actual)));
  }

  private static double[] bounds(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new double[] {sorted[0], sorted[sorted.length - 1]};
  }

  private static List<String> row(String name, Result.Fit fit) {
    return List.of(name, number(fit.rmse()), number(fit.r2()));
  }

  // ---------------------------------------------------------------- losses

  private HtmlPage losses(HtmlPage page) {
    History history = outcome.history();
    List<List<String>> rows = new ArrayList<>();
    for (Epoch epoch : history.epochs()) {
      rows.add(
          List.of(
              Integer.toString(epoch.number()),
              Long.toString(epoch.steps()),
              number(epoch.loss()),
              number(epoch.value(Experiment.HELD_OUT)),
              number(epoch.lr())));
    }
    return page.heading("Losses")
        .picture("Losses over the epochs", LossCurve.of(history, Experiment.HELD_OUT))
        .foldedTable("each epoch", List.of("epoch", "steps", "training", "held out", "rate"), rows);
  }

  // ---------------------------------------------------------------- data and model

  private HtmlPage data(HtmlPage page) {
    Problem problem = experiment.problem();
    return page.table(
        List.of("what", "how"),
        List.of(
            List.of("target", problem.target().name() + ", " + problem.target().reading()),
            List.of("features", problem.features().toString()),
            List.of("rows to train on", Integer.toString(problem.training().size())),
            List.of("rows held out", Integer.toString(problem.heldOut().size()))));
  }

  private HtmlPage model(HtmlPage page) {
    Summary summary =
        Summary.of(
            experiment.model().network(), DType.F64, 1, experiment.problem().features().width());
    return page.paragraph(experiment.toString()).lines(summary.toString());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }
}
