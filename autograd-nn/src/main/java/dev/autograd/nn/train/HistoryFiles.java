package dev.autograd.nn.train;

import dev.autograd.nn.io.AtomicFile;
import dev.autograd.nn.io.CsvWriter;
import dev.autograd.nn.io.FormatException;
import dev.autograd.nn.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link History} in files. */
final class HistoryFiles {

  private HistoryFiles() {}

  static void writeCsv(Path file, History history) {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of(Epoch.NUMBER, Epoch.STEPS, Epoch.LOSS));
    history.epochs().stream().findFirst().ifPresent(e -> header.addAll(e.measures().keySet()));
    header.addAll(List.of(Epoch.RATE, Epoch.SECONDS));
    lines.add(header);
    for (Epoch epoch : history.epochs()) {
      List<String> line = new ArrayList<>();
      line.add(String.valueOf(epoch.number()));
      line.add(String.valueOf(epoch.steps()));
      line.add(String.valueOf(epoch.loss()));
      epoch.measures().values().forEach(value -> line.add(String.valueOf(value)));
      line.add(String.valueOf(epoch.lr()));
      line.add(String.valueOf(epoch.seconds()));
      lines.add(line);
    }
    CsvWriter.write(file, lines);
  }

  static void writeJson(Path file, History history) {
    List<Object> epochs = new ArrayList<>();
    for (Epoch epoch : history.epochs()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put(Epoch.NUMBER, (long) epoch.number());
      fields.put(Epoch.STEPS, epoch.steps());
      fields.put(Epoch.LOSS, epoch.loss());
      fields.put("measures", new LinkedHashMap<>(epoch.measures()));
      fields.put(Epoch.RATE, epoch.lr());
      fields.put(Epoch.SECONDS, epoch.seconds());
      epochs.add(fields);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("end", history.end().name());
    all.put("reason", history.reason());
    all.put("epochs", epochs);
    AtomicFile.write(file, Json.text(all) + "\n");
  }

  static History readJson(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new FormatException(file.toString(), "is no UTF-8 text", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read; check the path", e);
    }
    Object json = Json.parse(file.toString(), text);
    try {
      Map<?, ?> all = (Map<?, ?>) json;
      List<Epoch> epochs = new ArrayList<>();
      for (Object epoch : (List<?>) field(all, "epochs")) {
        epochs.add(epoch((Map<?, ?>) epoch));
      }
      History.End end = History.End.valueOf((String) field(all, "end"));
      return new History(epochs, end, (String) field(all, "reason"));
    } catch (ClassCastException | IllegalArgumentException e) {
      throw new FormatException(file.toString(), "is not the history of a run", e);
    }
  }

  private static Epoch epoch(Map<?, ?> fields) {
    Map<String, Double> measures = new LinkedHashMap<>();
    ((Map<?, ?>) field(fields, "measures"))
        .forEach((name, value) -> measures.put((String) name, number(value)));
    return new Epoch(
        (int) number(field(fields, Epoch.NUMBER)),
        (long) number(field(fields, Epoch.STEPS)),
        number(field(fields, Epoch.LOSS)),
        measures,
        number(field(fields, Epoch.RATE)),
        number(field(fields, Epoch.SECONDS)));
  }

  private static Object field(Map<?, ?> fields, String name) {
    Object value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no \"" + name + "\"");
    }
    return value;
  }

  /** Returns a number, or what is a text because JSON has no such number. */
  private static double number(Object value) {
    return value instanceof Number number
        ? number.doubleValue()
        : Double.parseDouble((String) value);
  }
}
