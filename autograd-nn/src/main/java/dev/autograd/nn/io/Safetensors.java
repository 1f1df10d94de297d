package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file: named tensors, and a few texts about them. Opening one reads and checks its
 * header alone; a tensor is read when it is asked for, from the file mapped into memory.
 *
 * <pre>{@code
 * try (Safetensors file = Safetensors.open(path)) {
 *   Tensor weight = file.tensor("0.weight");
 * }
 * Safetensors.write(path, Map.of("0.weight", weight));
 * }</pre>
 *
 * <p><b>Element types.</b> F64, F32, I64, I32 and BOOL are what they are in memory. F16 and BF16
 * are read as F32, U32 as I64, and the integers of one or two bytes as I32: always exactly. Others
 * (complex numbers, U64, eight bits and less) are refused.
 *
 * <p><b>What is refused</b>, with a {@link FormatException}: a header of no bytes, of more than
 * 100,000,000, or longer than the file, that is no JSON object in UTF-8, starts with a space, or
 * has a name twice; sizes and offsets that do not fit each other; a gap, an overlap, or bytes that
 * belong to no tensor.
 *
 * <p><b>Checksum.</b> The format has none: a bit turned over in the data is another number. What
 * {@link #writeChecked} writes has the CRC-32C of its content in the text {@code
 * "autograd.crc32c"}, which {@link #verify()} and {@link #read} compare with what is there. A
 * program that changes the tensors and copies the texts makes a file that is taken for damaged; it
 * must leave this one out.
 *
 * <p>Tensors belong to no tape. Windows cannot replace a file of which a part is mapped, which it
 * is until the garbage collector comes by. A file may be read by several threads, closed by one.
 *
 * <p>Source: the format as its reference implementation, safetensors 0.8.0, reads and writes it;
 * that one accepts names twice (the last one counts) and spaces in front, against its own text.
 */
public final class Safetensors implements AutoCloseable {

  private static final int LENGTH_BYTES = 8;
  static final int LONGEST_HEADER = 100_000_000;

  private final Path file;
  private final FileChannel channel;
  private final SafetensorsHeader header;
  private final long dataStart;
  private final long dataEnd;

  private Safetensors(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    // Not closed: the channel would be, too.
    InputStream in = Channels.newInputStream(channel);
    int length = headerLength(in.readNBytes(LENGTH_BYTES));
    dataStart = (long) LENGTH_BYTES + length;
    Object json = json(in.readNBytes(length));
    dataEnd = channel.size();
    header = SafetensorsHeader.of(file.toString(), json, dataEnd - dataStart);
  }

  // ---------------------------------------------------------------- reading

  /**
   * Returns an opened file; close it after use.
   *
   * @throws FormatException if it is no safetensors file
   * @throws UncheckedIOException if it cannot be read
   */
  // The channel is the result's, or closed here.
  @SuppressWarnings("resource")
  public static Safetensors open(Path file) {
    return FileReading.of(
        file,
        () -> {
          FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          try {
            return new Safetensors(file, channel);
          } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
          }
        });
  }

  /**
   * Returns all tensors of a file by name, in the order of its header, after {@link #verify()}.
   *
   * @throws FormatException if it is no safetensors file, or has not the content of its checksum
   * @throws UncheckedIOException if it cannot be read
   */
  public static Map<String, Tensor> read(Path file) {
    try (Safetensors opened = open(file)) {
      opened.verify();
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      opened.names().forEach(name -> tensors.put(name, opened.tensor(name)));
      return tensors;
    }
  }

  private int headerLength(byte[] bytes) throws IOException {
    if (bytes.length < LENGTH_BYTES) {
      throw new FormatException(
          file.toString(),
          "has "
              + bytes.length
              + " bytes; a safetensors file starts with the length of its header, in "
              + LENGTH_BYTES);
    }
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long most = Math.min(LONGEST_HEADER, channel.size() - LENGTH_BYTES);
    if (length < 1 || length > most) {
      throw new FormatException(
          file + ", byte 0",
          "the header is said to have "
              + Long.toUnsignedString(length)
              + " bytes; it must have at least 1, and in this file no more than "
              + most);
    }
    return (int) length;
  }

  private Object json(byte[] bytes) throws IOException {
    if (bytes[0] != '{') {
      throw new FormatException(
          file + ", byte " + LENGTH_BYTES, "the header must start with '{', and does not");
    }
    CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    return Json.parse(
        file + ", header", new InputStreamReader(new ByteArrayInputStream(bytes), strict));
  }

  /** Returns the tensors' names, in the order of the header. */
  public Set<String> names() {
    return header.entries().keySet();
  }

  /**
   * Returns the texts about the tensors, by name, without the checksum; none if the file has none.
   */
  public Map<String, String> metadata() {
    return header.withoutText(Checksum.NAME).metadata();
  }

  /**
   * Returns whether the file has a checksum, having read all of it and found its content to be that
   * of the checksum. A file without one may be damaged unnoticed.
   *
   * @throws FormatException if the content is another, or the file became shorter
   * @throws UncheckedIOException if it cannot be read
   */
  public boolean verify() {
    String wanted = header.metadata().get(Checksum.NAME);
    if (wanted == null) {
      return false;
    }
    Bytes data = Bytes.of(channel, dataStart, dataEnd);
    String found = FileReading.of(file, () -> Checksum.of(header, data, dataEnd - dataStart));
    if (!found.equals(wanted)) {
      throw new FormatException(
          file.toString(),
          "is damaged: the checksum of its content is "
              + found
              + ", and was "
              + FormatException.quote(wanted)
              + " when it was written; fetch it, or write it, again");
    }
    return true;
  }

  /**
   * Returns the shape of a tensor, without reading it.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public Shape shape(String name) {
    return entry(name).shape();
  }

  /**
   * Returns the element type that a tensor is read as, without reading it.
   *
   * @throws IllegalArgumentException if there is no such tensor
   */
  public DType dtype(String name) {
    return entry(name).type().dtype();
  }

  /**
   * Returns a tensor.
   *
   * @throws IllegalArgumentException if there is no such tensor
   * @throws FormatException if the file became shorter since it was opened
   * @throws UncheckedIOException if it cannot be read
   */
  public Tensor tensor(String name) {
    return tensor(name, dtype(name));
  }

  /**
   * Returns a tensor in another element type, converted as by {@link Tensor#to}.
   *
   * @throws IllegalArgumentException if there is no such tensor
   * @throws FormatException if the file became shorter since it was opened
   * @throws UncheckedIOException if it cannot be read
   */
  public Tensor tensor(String name, DType target) {
    SafetensorsHeader.Entry entry = entry(name);
    return FileReading.of(
        file,
        () -> {
          Bytes bytes = Bytes.of(channel, dataStart + entry.begin(), dataStart + entry.end());
          return Elements.read(bytes, entry.type(), ByteOrder.LITTLE_ENDIAN, entry.shape(), target);
        });
  }

  private SafetensorsHeader.Entry entry(String name) {
    SafetensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          file + ": there is no tensor " + FormatException.quote(name) + "; see names()");
    }
    return entry;
  }

  /** Closes the file. Tensors that were read stay. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be closed", e);
    }
  }

  // ---------------------------------------------------------------- writing

  /**
   * Writes tensors by name, as {@link #write(Path, Map, Map)} without texts.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, Map<String, ? extends Tensor> tensors) {
    write(file, tensors, Map.of());
  }

  /**
   * Writes tensors by name and texts about them, whole or not at all. The order in the file is that
   * of the reference implementation: larger element types first, equal ones by name; texts are
   * sorted by name, so that equal content gives equal bytes.
   *
   * @throws IllegalArgumentException if a tensor is called {@code "__metadata__"}, a text like the
   *     checksum, or a name or a text is not Unicode, or there are too many for a header of
   *     100,000,000 bytes
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(
      Path file, Map<String, ? extends Tensor> tensors, Map<String, String> metadata) {
    SafetensorsLayout layout = SafetensorsLayout.of(tensors, metadata);
    AtomicFile.write(file, layout::writeTo);
  }

  /**
   * Writes tensors and texts as {@link #write(Path, Map, Map)} does, with a checksum of both as one
   * more text, which {@link #verify()} compares; other programs see a text that they do not know.
   * Values must not change meanwhile.
   *
   * @throws IllegalArgumentException as the form without a checksum
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void writeChecked(
      Path file, Map<String, ? extends Tensor> tensors, Map<String, String> metadata) {
    SafetensorsLayout layout = SafetensorsLayout.of(tensors, metadata);
    AtomicFile.write(file, out -> layout.checked().writeTo(out));
  }
}
