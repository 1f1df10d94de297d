package dev.autograd.nn.io;

import dev.autograd.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which byte of a safetensors file is what: the header, padded so that data starts at a multiple of
 * 8, and the tensors in the order of their data.
 *
 * @param header what the header says
 * @param text the header's text, padded
 * @param tensors the tensors, first to last
 */
record SafetensorsLayout(SafetensorsHeader header, String text, List<Tensor> tensors) {

  private static final int ALIGNMENT = 8;

  /** Element types in the reference implementation's order: larger ones first, then by its list. */
  private static final Comparator<StoredType> TYPES =
      Comparator.comparingInt(
          List.of(StoredType.I64, StoredType.F64, StoredType.F32, StoredType.I32, StoredType.BOOL)
              ::indexOf);

  /**
   * Returns the layout of tensors and texts.
   *
   * @throws IllegalArgumentException if their names do not allow one
   */
  static SafetensorsLayout of(Map<String, ? extends Tensor> tensors, Map<String, String> metadata) {
    if (metadata.containsKey(Checksum.NAME)) {
      throw new IllegalArgumentException(
          "safetensors: the text \""
              + Checksum.NAME
              + "\" is computed from the content; leave it out, and use writeChecked");
    }
    List<Map.Entry<String, Tensor>> ordered =
        new ArrayList<>(new LinkedHashMap<String, Tensor>(tensors).entrySet());
    // UTF-8 sorts as code points do, unlike Java's strings.
    ordered.sort(
        Comparator.comparing((Map.Entry<String, Tensor> e) -> type(e.getValue()), TYPES)
            .thenComparing(e -> utf8(e.getKey()), Arrays::compareUnsigned));
    Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
    long begin = 0;
    for (Map.Entry<String, Tensor> named : ordered) {
      requireUsable(named.getKey());
      Tensor tensor = named.getValue();
      long end = begin + (long) tensor.size() * tensor.dtype().bytes();
      entries.put(
          named.getKey(), new SafetensorsHeader.Entry(type(tensor), tensor.shape(), begin, end));
      begin = end;
    }
    return of(
        new SafetensorsHeader(metadata, entries),
        ordered.stream().map(Map.Entry::getValue).toList());
  }

  private static SafetensorsLayout of(SafetensorsHeader header, List<Tensor> tensors) {
    return new SafetensorsLayout(header, padded(header.text()), tensors);
  }

  private static void requireUsable(String name) {
    if (name.equals(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException(
          "safetensors: no tensor can be called \"" + name + "\"; give it another name");
    }
  }

  private static StoredType type(Tensor tensor) {
    return StoredType.of(tensor.dtype());
  }

  /** Returns the bytes of a text; what is not Unicode would be read back as something else. */
  private static byte[] utf8(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "safetensors: "
              + FormatException.quote(text)
              + " has half of a surrogate pair; names and texts must be Unicode");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String padded(String json) {
    int length = utf8(json).length;
    int padding = (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
    if (length + padding > Safetensors.LONGEST_HEADER) {
      throw new IllegalArgumentException(
          "safetensors: the header would have "
              + (length + padding)
              + " bytes, and may have "
              + Safetensors.LONGEST_HEADER
              + "; write fewer or shorter names and texts");
    }
    return json + " ".repeat(padding);
  }

  /** Returns this layout with the checksum of its content among the texts. */
  SafetensorsLayout checked() throws IOException {
    return of(header.withText(Checksum.NAME, Checksum.of(this)), tensors);
  }

  /** Writes the file. */
  void writeTo(OutputStream out) throws IOException {
    byte[] bytes = utf8(text);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(bytes.length)
            .array());
    out.write(bytes);
    writeData(out);
  }

  /** Writes the tensors. */
  void writeData(OutputStream out) throws IOException {
    for (Tensor tensor : tensors) {
      Elements.write(tensor, out);
    }
  }
}
