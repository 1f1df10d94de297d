package dev.autograd.nn.io;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a safetensors file says, or is to say. One that was read has been checked: its
 * tensors cover the data exactly, without a gap or an overlap, and each takes the bytes its shape
 * needs.
 *
 * @param metadata texts by name
 * @param entries the tensors by name, in the order of the header
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries) {

  /** The name in the header that is no tensor's. */
  static final String METADATA = "__metadata__";

  /**
   * Where a tensor is, and what.
   *
   * @param begin the first byte, counted from the start of the data
   * @param end the byte after the last one
   */
  record Entry(StoredType type, Shape shape, long begin, long end) {

    private Map<String, Object> json() {
      List<Long> dims = Arrays.stream(shape.toArray()).mapToObj(Long::valueOf).toList();
      Map<String, Object> field = new LinkedHashMap<>();
      field.put("dtype", type.name());
      field.put("shape", dims);
      field.put("data_offsets", List.of(begin, end));
      return field;
    }
  }

  /** Returns this header with a text that replaces the one of its name. */
  SafetensorsHeader withText(String name, String text) {
    Map<String, String> texts = new LinkedHashMap<>(metadata);
    texts.put(name, text);
    return new SafetensorsHeader(Collections.unmodifiableMap(texts), entries);
  }

  /** Returns this header without a text. */
  SafetensorsHeader withoutText(String name) {
    Map<String, String> texts = new LinkedHashMap<>(metadata);
    texts.remove(name);
    return new SafetensorsHeader(Collections.unmodifiableMap(texts), entries);
  }

  /**
   * Returns the header as the reference implementation writes it, on one line and unpadded: the
   * texts, sorted by name, then the tensors.
   */
  String text() {
    Map<String, Object> json = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      json.put(METADATA, new TreeMap<>(metadata));
    }
    entries.forEach((name, entry) -> json.put(name, entry.json()));
    return Json.text(json);
  }

  /**
   * Returns what a header says.
   *
   * @param file the file's name, for messages
   * @param json the header
   * @param dataLength the bytes of data that follow the header
   * @throws FormatException if it is no header of so many bytes of data
   */
  static SafetensorsHeader of(String file, Object json, long dataLength) {
    if (!(json instanceof Map<?, ?> fields)) {
      throw new FormatException(file + ", header", "is no JSON object");
    }
    Map<String, String> metadata = Map.of();
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      String name = (String) field.getKey();
      if (name.equals(METADATA)) {
        metadata = metadata(file, field.getValue());
      } else {
        String place = file + ", tensor " + FormatException.quote(name);
        entries.put(name, new TensorField(place, field.getValue()).entry(dataLength));
      }
    }
    requireCovered(file, entries, dataLength);
    return new SafetensorsHeader(metadata, Collections.unmodifiableMap(entries));
  }

  private static Map<String, String> metadata(String file, Object json) {
    String place = file + ", " + METADATA;
    if (!(json instanceof Map<?, ?> fields)) {
      throw new FormatException(place, "is no JSON object; it must hold texts by name");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (!(value instanceof String text)) {
            throw new FormatException(
                place, FormatException.quote((String) name) + " is no text; it must be one");
          }
          texts.put((String) name, text);
        });
    return Collections.unmodifiableMap(texts);
  }

  private static void requireCovered(String file, Map<String, Entry> entries, long dataLength) {
    List<Map.Entry<String, Entry>> ordered = new ArrayList<>(entries.entrySet());
    ordered.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long covered = 0;
    for (Map.Entry<String, Entry> named : ordered) {
      Entry entry = named.getValue();
      if (entry.begin() != covered) {
        throw new FormatException(
            file + ", tensor " + FormatException.quote(named.getKey()),
            "begins at byte "
                + entry.begin()
                + " of the data and the one before it ends at "
                + covered
                + "; there may be neither gap nor overlap");
      }
      covered = entry.end();
    }
    if (covered != dataLength) {
      throw new FormatException(
          file,
          "has "
              + dataLength
              + " bytes of data and its tensors take "
              + covered
              + "; they must be equal, so the file is cut off or damaged");
    }
  }

  /** The field of the header that describes a tensor. */
  private record TensorField(String place, Object json) {

    Entry entry(long dataLength) {
      if (!(json instanceof Map<?, ?> fields)) {
        throw new FormatException(place, "is no JSON object with dtype, shape and data_offsets");
      }
      StoredType type = type(fields.get("dtype"));
      Shape shape = shape(integers("shape", fields.get("shape")));
      List<Long> offsets = integers("data_offsets", fields.get("data_offsets"));
      if (offsets.size() != 2
          || offsets.get(0) < 0
          || offsets.get(0) > offsets.get(1)
          || offsets.get(1) > dataLength) {
        throw new FormatException(
            place,
            "data_offsets are "
                + FormatException.quote(offsets.toString())
                + "; they must be [begin, end] within the "
                + dataLength
                + " bytes of data");
      }
      Entry entry = new Entry(type, shape, offsets.get(0), offsets.get(1));
      long needed = (long) shape.size() * type.bytes();
      if (entry.end() - entry.begin() != needed) {
        throw new FormatException(
            place,
            "data_offsets are " + offsets + "; " + type + shape + " takes " + needed + " bytes");
      }
      return entry;
    }

    private StoredType type(@Nullable Object dtype) {
      for (StoredType type : StoredType.values()) {
        if (type.name().equals(dtype)) {
          return type;
        }
      }
      throw new FormatException(
          place,
          "dtype is "
              + FormatException.quote(String.valueOf(dtype))
              + "; it must be one of "
              + List.of(StoredType.values()));
    }

    private Shape shape(List<Long> dims) {
      try {
        return Shape.of(dims.stream().mapToInt(Math::toIntExact).toArray());
      } catch (ArithmeticException | IllegalArgumentException e) {
        throw new FormatException(
            place,
            "shape is "
                + FormatException.quote(dims.toString())
                + "; sizes must be 0 or more, and the elements no more than "
                + Integer.MAX_VALUE,
            e);
      }
    }

    private List<Long> integers(String name, @Nullable Object list) {
      List<Long> integers = new ArrayList<>();
      if (list instanceof List<?> elements) {
        for (Object element : elements) {
          if (element instanceof Long integer) {
            integers.add(integer);
          }
        }
        if (integers.size() == elements.size()) {
          return integers;
        }
      }
      throw new FormatException(place, name + " must be a list of integers");
    }
  }
}
