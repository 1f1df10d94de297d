package dev.autograd.examples.plot;

import dev.autograd.Tensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves and points over one axis, with a legend. Immutable.
 *
 * <pre>{@code
 * LinePlot.of("Lynx and hares", "year", "thousands")
 *     .line("fitted", years, fitted)
 *     .points("counted", counts, counted)
 * }</pre>
 */
public final class LinePlot implements Picture {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int MARKER = 6;

  /** How the points of a series are shown. */
  private enum Style {
    LINE,
    DASHES,
    POINTS
  }

  private record Series(String name, Style style, int colour, Tensor x, Tensor y) {}

  private final String title;
  private final String across;
  private final String up;
  private final List<Series> series;

  private LinePlot(String title, String across, String up, List<Series> series) {
    this.title = title;
    this.across = across;
    this.up = up;
    this.series = series;
  }

  /**
   * Returns a plot without curves.
   *
   * @param across the name of the horizontal axis
   * @param up the name of the vertical axis
   */
  public static LinePlot of(String title, String across, String up) {
    return new LinePlot(title, across, up, List.of());
  }

  /** Returns this plot with a curve through points, in their order. */
  public LinePlot line(String name, double[] x, double[] y) {
    return with(new Series(name, Style.LINE, series.size(), Tensor.of(x), Tensor.of(y)));
  }

  /** Returns this plot with a dashed curve through points, in their order. */
  public LinePlot dashes(String name, double[] x, double[] y) {
    return with(new Series(name, Style.DASHES, series.size(), Tensor.of(x), Tensor.of(y)));
  }

  /** Returns this plot with points that are not joined. */
  public LinePlot points(String name, double[] x, double[] y) {
    return with(new Series(name, Style.POINTS, series.size(), Tensor.of(x), Tensor.of(y)));
  }

  /**
   * Returns this plot with its last curve in the colour of another, to which it belongs.
   *
   * @param curve the number of the other one, from 0
   */
  public LinePlot colouredAs(int curve) {
    List<Series> all = new ArrayList<>(series);
    Series last = all.remove(all.size() - 1);
    all.add(new Series(last.name(), last.style(), all.get(curve).colour(), last.x(), last.y()));
    return new LinePlot(title, across, up, List.copyOf(all));
  }

  private LinePlot with(Series one) {
    List<Series> all = new ArrayList<>(series);
    all.add(one);
    return new LinePlot(title, across, up, List.copyOf(all));
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void paint(Graphics2D g) {
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setTitle(title);
    chart.setXAxisTitle(across);
    chart.setYAxisTitle(up);
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderColor(Palette.FRAME);
    chart.getStyler().setMarkerSize(MARKER);
    series.forEach(one -> add(chart, one));
    chart.paint(g, WIDTH, HEIGHT);
  }

  private static void add(XYChart chart, Series one) {
    Color colour = Palette.of(one.colour());
    XYSeries shown = chart.addSeries(one.name(), one.x().toDoubleArray(), one.y().toDoubleArray());
    shown.setLineColor(colour);
    shown.setMarkerColor(colour);
    if (one.style() == Style.POINTS) {
      shown.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      shown.setMarker(SeriesMarkers.CIRCLE);
    } else {
      shown.setMarker(SeriesMarkers.NONE);
      shown.setLineStyle(stroke(one.style()));
    }
  }

  private static BasicStroke stroke(Style style) {
    return style == Style.LINE
        ? new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(
            1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 3}, 0);
  }
}
