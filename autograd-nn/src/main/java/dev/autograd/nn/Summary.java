package dev.autograd.nn;

import dev.autograd.Autograd;
import dev.autograd.DTypeException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model as a table: for each layer its path, the shape of its output, the number of its
 * parameters, and which of them belong to an earlier layer.
 *
 * <pre>{@code
 * System.out.println(Summary.of(model, DType.F64, 1, 28, 28));
 * }</pre>
 *
 * <p>The shapes are those of one pass in inference, which records nothing and leaves buffers as
 * they are. {@link Composite}s are looked into, other layers have one row.
 *
 * @param input the shape of the input
 * @param rows one per call of a layer, outer ones before inner ones
 */
public record Summary(Shape input, List<Row> rows) {

  /**
   * A layer that was called.
   *
   * @param path where it is in the model; empty for the model itself
   * @param layer what it prints
   * @param output the shape of its output
   * @param parameters the number of numbers in its parameters, without those of earlier rows and,
   *     in a composite, of its children
   * @param frozen how many of them do not train
   * @param tied the paths of its parameters that earlier rows count
   */
  public record Row(
      String path, String layer, Shape output, int parameters, int frozen, List<String> tied) {

    /** Copies the list. */
    public Row {
      tied = List.copyOf(tied);
    }
  }

  /** Copies the list. */
  public Summary {
    rows = List.copyOf(rows);
  }

  /**
   * Returns the summary of a model for an input of zeros.
   *
   * @param dtype the type of the input; I32 for a model that starts with an {@link Embedding}
   * @param dims the sizes of the input, with the batch
   * @throws ShapeException if a layer refuses its input; the message names the layer
   * @throws DTypeException likewise
   */
  public static Summary of(Layer model, DType dtype, int... dims) {
    return of(model, Tensor.zeros(dtype, dims));
  }

  /** Returns the summary of a model for an input; otherwise as the form with sizes. */
  public static Summary of(Layer model, Tensor x) {
    Walk walk = new Walk();
    Tape.scope(() -> Autograd.noGrad(() -> walk.visit("", model, x)));
    return new Summary(x.shape(), walk.rows);
  }

  private static final class Walk {

    private final List<Row> rows = new ArrayList<>();
    private final Map<Parameter, String> counted = new HashMap<>();

    Tensor visit(String path, Layer layer, Tensor x) {
      if (layer instanceof Composite composite) {
        int place = rows.size();
        Tensor y = composite.walk(x, (name, child, input) -> visit(join(path, name), child, input));
        Row row = row(path, layer, y.shape());
        rows.add(
            place, new Row(path, name(layer), y.shape(), row.parameters, row.frozen, List.of()));
        return y;
      }
      Tensor y = called(path, layer, x);
      rows.add(row(path, layer, y.shape()));
      return y;
    }

    private static Tensor called(String path, Layer layer, Tensor x) {
      try {
        return layer.forward(x);
      } catch (ShapeException e) {
        ShapeException named = new ShapeException(refusal(path, layer, x, e));
        named.initCause(e);
        throw named;
      } catch (DTypeException e) {
        DTypeException named = new DTypeException(refusal(path, layer, x, e));
        named.initCause(e);
        throw named;
      }
    }

    private static String refusal(String path, Layer layer, Tensor x, RuntimeException e) {
      return "summary: layer \""
          + path
          + "\", "
          + Child.text(layer)
          + ", refuses "
          + x.dtype()
          + x.shape()
          + ": "
          + e.getMessage();
    }

    private Row row(String path, Layer layer, Shape output) {
      int own = 0;
      int frozen = 0;
      List<String> tied = new ArrayList<>();
      Parameters parameters = layer.parameters();
      for (String name : parameters.paths()) {
        Parameter parameter = parameters.byPath(name);
        String before = counted.putIfAbsent(parameter, join(path, name));
        if (before != null) {
          tied.add(before);
        } else {
          own += parameter.size();
          frozen += parameter.frozen() ? parameter.size() : 0;
        }
      }
      return new Row(path, name(layer), output, own, frozen, tied);
    }

    private static String join(String path, String name) {
      return path.isEmpty() ? name : path + "." + name;
    }

    /** Returns what a layer prints, of a composite only the name, as its children have rows. */
    private static String name(Layer layer) {
      return layer instanceof Composite ? layer.getClass().getSimpleName() : Child.text(layer);
    }
  }

  /** Returns the number of numbers in all parameters, shared ones once. */
  public int parameters() {
    return rows.stream().mapToInt(Row::parameters).sum();
  }

  /** Returns how many of them do not train. */
  public int frozen() {
    return rows.stream().mapToInt(Row::frozen).sum();
  }

  /** Returns the table, and a line with the sums. */
  @Override
  public String toString() {
    List<String[]> cells = new ArrayList<>();
    cells.add(new String[] {"path", "layer", "output", "parameters", ""});
    cells.add(new String[] {"", "(input)", input.toString(), "", ""});
    for (Row row : rows) {
      String remark = row.frozen == 0 ? "" : row.frozen + " frozen";
      if (!row.tied.isEmpty()) {
        remark += (remark.isEmpty() ? "" : ", ") + "tied to " + String.join(", ", row.tied);
      }
      cells.add(
          new String[] {
            row.path,
            row.layer,
            row.output.toString(),
            row.parameters == 0 ? "" : Integer.toString(row.parameters),
            remark
          });
    }
    int[] widths = new int[5];
    for (String[] line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] line : cells) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - line[i].length());
        row.append(i == 3 ? space + line[i] : line[i] + space).append("  ");
      }
      text.append(row.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.append(parameters())
        .append(" parameters, ")
        .append(frozen())
        .append(" of them frozen")
        .toString();
  }
}
