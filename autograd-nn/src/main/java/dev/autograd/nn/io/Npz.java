package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.nn.data.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Named tensors in an archive as NumPy writes and reads it: {@code numpy.savez("x.npz", a=a)},
 * {@code numpy.load("x.npz")["a"]}. Opening one reads its directory alone; a tensor is read when it
 * is asked for.
 *
 * <p>Each is an array as of {@link Npy}, stored or deflated. Nothing is believed of the sizes in
 * the archive: each entry is unpacked twice, first to count its bytes and to compare its checksum,
 * then into memory of that size. So an archive that unpacks to more than it says is refused before
 * anything is allocated for it; one that honestly unpacks to much takes much when it is asked for.
 */
public final class Npz implements AutoCloseable {

  private static final String EXTENSION = ".npy";

  /** Fixed, so that equal tensors give equal bytes; the first months depend on the time zone. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final Path file;
  private final ZipFile archive;
  private final Map<String, ZipEntry> entries;

  private Npz(Path file, ZipFile archive, Map<String, ZipEntry> entries) {
    this.file = file;
    this.archive = archive;
    this.entries = entries;
  }

  // ---------------------------------------------------------------- reading

  /**
   * Returns an opened archive; close it after use.
   *
   * @throws FormatException if it is no zip archive, or has a name twice
   * @throws UncheckedIOException if it cannot be read
   */
  // The archive is the result's, or closed here.
  @SuppressWarnings("resource")
  public static Npz open(Path file) {
    return FileReading.of(
        file,
        () -> {
          requireHonestEnd(file);
          ZipFile archive = new ZipFile(file.toFile());
          try {
            return new Npz(file, archive, entries(file, archive));
          } catch (RuntimeException e) {
            archive.close();
            throw e;
          }
        });
  }

  private static void requireHonestEnd(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ZipEnd.of(file, channel);
    }
  }

  private static Map<String, ZipEntry> entries(Path file, ZipFile archive) {
    Map<String, ZipEntry> found = new LinkedHashMap<>();
    archive.stream()
        .filter(entry -> entry.getName().endsWith(EXTENSION))
        .forEach(
            entry -> {
              String name = entry.getName();
              String key = name.substring(0, name.length() - EXTENSION.length());
              if (found.put(key, entry) != null) {
                throw new FormatException(
                    place(file, key), "is there twice; the names of tensors must differ");
              }
            });
    return Collections.unmodifiableMap(found);
  }

  /**
   * Returns all tensors of an archive by name, in its order.
   *
   * @throws FormatException if it is no archive of arrays
   * @throws UncheckedIOException if it cannot be read
   */
  public static Map<String, Tensor> read(Path file) {
    try (Npz opened = open(file)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      opened.names().forEach(name -> tensors.put(name, opened.tensor(name)));
      return tensors;
    }
  }

  /** Returns the tensors' names, in the order of the archive; other entries are passed over. */
  public Set<String> names() {
    return entries.keySet();
  }

  /**
   * Returns a tensor, which belongs to no tape.
   *
   * @throws IllegalArgumentException if there is no such tensor
   * @throws FormatException if it is no array of numbers, or damaged
   * @throws UncheckedIOException if it cannot be read
   */
  public Tensor tensor(String name) {
    ZipEntry entry = entry(name);
    return FileReading.of(
        file,
        () -> {
          requireWhole(name, entry);
          try (InputStream in = archive.getInputStream(entry)) {
            return NpyArray.read(place(file, name), entry.getSize(), Bytes.of(in));
          }
        });
  }

  /**
   * Returns the rows of a tensor in an archive as a data set, which reads those it is asked for,
   * {@code [n, ...]}, at their places in the file, as {@link Npy#rows} does. The archive need not
   * stay open. The checksum is not compared, which would read everything.
   *
   * @throws IllegalArgumentException if there is no such tensor, it is compressed ({@code
   *     numpy.savez_compressed}), so that there are no places, or it has no rows as in {@link
   *     Npy#rows}
   * @throws FormatException if it is no array of numbers, or damaged
   * @throws UncheckedIOException if it cannot be read; from the data set, too
   */
  public static Dataset<Tensor> rows(Path file, String name) {
    ZipEntry entry;
    try (Npz opened = open(file)) {
      entry = opened.entry(name);
    }
    if (entry.getMethod() != ZipEntry.STORED) {
      throw new IllegalArgumentException(
          "rows: "
              + place(file, name)
              + " is compressed, and its rows have no places; save it with numpy.savez, or read it"
              + " whole, with tensor()");
    }
    return FileReading.of(
        file,
        () -> {
          if (entry.getCompressedSize() != entry.getSize()) {
            throw new FormatException(
                place(file, name),
                "is stored as it is in "
                    + entry.getCompressedSize()
                    + " bytes, and said to have "
                    + entry.getSize()
                    + "; write it again");
          }
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = ZipPlace.of(file, channel, entry.getName(), entry.getSize());
            return StoredRows.of(file, place(file, name), channel, from, from + entry.getSize());
          }
        });
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          file + ": there is no tensor " + FormatException.quote(name) + "; see names()");
    }
    return entry;
  }

  /** Unpacks an entry into nothing, and compares its size and its checksum. */
  private void requireWhole(String name, ZipEntry entry) throws IOException {
    CRC32 checksum = new CRC32();
    long length;
    try (InputStream in = new CheckedInputStream(archive.getInputStream(entry), checksum)) {
      length = Bytes.count(in, entry.getSize());
    }
    if (length != entry.getSize()) {
      throw new FormatException(
          place(file, name),
          "unpacks to "
              + (length > entry.getSize() ? "more than the " : length + " of the ")
              + entry.getSize()
              + " bytes that it is said to have");
    }
    if (checksum.getValue() != entry.getCrc()) {
      throw new FormatException(place(file, name), "has a wrong checksum, so it is damaged");
    }
  }

  private static String place(Path file, String name) {
    return file + ", tensor " + FormatException.quote(name);
  }

  /** Closes the archive. Tensors that were read stay. */
  @Override
  public void close() {
    try {
      archive.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be closed", e);
    }
  }

  // ---------------------------------------------------------------- writing

  /**
   * Writes tensors by name, as they are, whole or not at all.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, Map<String, ? extends Tensor> tensors) {
    write(file, tensors, ZipEntry.STORED);
  }

  /**
   * Writes tensors by name, compressed, whole or not at all.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void writeCompressed(Path file, Map<String, ? extends Tensor> tensors) {
    write(file, tensors, ZipEntry.DEFLATED);
  }

  private static void write(Path file, Map<String, ? extends Tensor> tensors, int method) {
    AtomicFile.write(
        file,
        out -> {
          // Closing the archive would close the stream, which is the caller's.
          ZipOutputStream zip = new ZipOutputStream(out);
          for (Map.Entry<String, ? extends Tensor> named : tensors.entrySet()) {
            zip.putNextEntry(entry(named.getKey(), named.getValue(), method));
            NpyArray.write(named.getValue(), zip);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static ZipEntry entry(String name, Tensor tensor, int method) throws IOException {
    ZipEntry entry = new ZipEntry(name + EXTENSION);
    entry.setTimeLocal(TIME);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      // What is not compressed must be preceded by its checksum.
      CheckedOutputStream out =
          new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
      NpyArray.write(tensor, out);
      entry.setCrc(out.getChecksum().getValue());
      entry.setSize(NpyHeader.of(tensor.dtype(), tensor.shape()).fileLength());
    }
    return entry;
  }
}
