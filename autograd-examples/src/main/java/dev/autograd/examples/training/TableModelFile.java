package dev.autograd.examples.training;

import dev.autograd.array.DType;
import dev.autograd.examples.table.Features;
import dev.autograd.examples.table.TextColumn;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.data.OneHot;
import dev.autograd.nn.data.Standardizer;
import dev.autograd.nn.io.FormatException;
import dev.autograd.nn.io.LayerFields;
import dev.autograd.nn.io.LayerFieldsWriter;
import dev.autograd.nn.io.LayerType;
import dev.autograd.nn.io.LayerTypes;
import dev.autograd.nn.io.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Models of tables in files, one file each: the network, and the names, means, deviations and texts
 * without which it could not be applied. To the library it is a layer of one more type.
 */
public final class TableModelFile {

  private static final LayerTypes TYPES =
      LayerTypes.standard()
          .with(
              LayerType.of("Table", TableModel.class, TableModelFile::write, TableModelFile::read));

  private TableModelFile() {}

  /**
   * Writes a model, whole or not at all.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void save(Path file, TableModel model) {
    ModelFile.save(file, model, TYPES);
  }

  /**
   * Returns a model.
   *
   * @throws FormatException if the file holds no model of a table
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static TableModel load(Path file) {
    if (ModelFile.load(file, TYPES) instanceof TableModel model) {
      return model;
    }
    throw new FormatException(
        file.toString(), "holds a model, but none of a table; take one that train --save wrote");
  }

  // ---------------------------------------------------------------- fields

  private static void write(TableModel model, LayerFieldsWriter fields) {
    Features features = model.features();
    fields.text("target", model.target()).choice("objective", model.objective());
    writeTexts(fields, "label", model.labels());
    writeTexts(fields, "number", features.numbers());
    writeUnits(fields, "number", features.standardizer());
    fields.integer("texts", features.texts().size());
    for (int i = 0; i < features.texts().size(); i++) {
      TextColumn column = features.texts().get(i);
      fields.text("text" + i, column.name());
      writeTexts(fields, "text" + i + ".value", column.known().categories());
    }
    fields.flag("units", model.units().isPresent());
    model.units().ifPresent(units -> writeUnits(fields, "target", units));
    fields.layer("network", model.network());
  }

  private static void writeTexts(LayerFieldsWriter fields, String name, List<String> texts) {
    fields.integer(name + "s", texts.size());
    for (int i = 0; i < texts.size(); i++) {
      fields.text(name + i, texts.get(i));
    }
  }

  private static void writeUnits(LayerFieldsWriter fields, String name, Standardizer units) {
    fields.tensor(name + ".mean", units.mean()).tensor(name + ".scale", units.scale());
  }

  private static TableModel read(LayerFields fields) {
    String target = fields.text("target");
    Objective objective = fields.choice("objective", Objective.class);
    List<String> labels = readTexts(fields, "label");
    List<String> numbers = readTexts(fields, "number");
    Standardizer standardizer = readUnits(fields, "number", numbers.size());
    List<TextColumn> texts = new ArrayList<>();
    int columns = fields.size("texts");
    for (int i = 0; i < columns; i++) {
      String name = fields.text("text" + i);
      texts.add(
          new TextColumn(name, new OneHot<>(readTexts(fields, "text" + i + ".value"), false)));
    }
    Optional<Standardizer> units =
        fields.flag("units") ? Optional.of(readUnits(fields, "target", 1)) : Optional.empty();
    return new TableModel(
        new Features(numbers, standardizer, texts),
        target,
        labels,
        units,
        objective,
        fields.layer("network", Sequential.class));
  }

  private static List<String> readTexts(LayerFields fields, String name) {
    List<String> texts = new ArrayList<>();
    int count = fields.size(name + "s");
    for (int i = 0; i < count; i++) {
      texts.add(fields.text(name + i));
    }
    return texts;
  }

  private static Standardizer readUnits(LayerFields fields, String name, int columns) {
    return new Standardizer(
        fields.tensor(name + ".mean", DType.F64, columns),
        fields.tensor(name + ".scale", DType.F64, columns));
  }
}
