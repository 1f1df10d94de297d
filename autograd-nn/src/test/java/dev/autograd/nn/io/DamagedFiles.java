package dev.autograd.nn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.autograd.Activation;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Dropout;
import dev.autograd.nn.Layer;
import dev.autograd.nn.RmsNorm;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Sgd;
import dev.autograd.nn.train.Checkpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** A file of each format to be damaged, and what must hold of reading what is left. */
final class DamagedFiles {

  /**
   * What reading a small file takes whatever is in it: buffers, the parsers' and those of the JDK:
   * for the 65,535 entries that a zip archive can claim, 0.9 MB. What comes on top is in proportion
   * to the file: a byte of it becomes at most eight, as a truth value read as F64, and text
   * somewhat more.
   */
  static final long FIXED_BYTES = 3 << 19;

  private static final long BYTES_PER_BYTE = 64;

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Layer TRAINED = Sequential.of(RmsNorm.of(1), Dropout.of(0.5, 7));

  private static final Optimizer OPTIMIZER = Sgd.lr(0.1).over(TRAINED.parameters());

  private DamagedFiles() {}

  /** A file of a format. */
  static final class Sample {

    private final String name;
    private final byte[] bytes;
    private final Consumer<Path> reader;

    private Sample(String name, byte[] bytes, Consumer<Path> reader) {
      this.name = name;
      this.bytes = bytes;
      this.reader = reader;
    }

    /** Returns a file of your own, and what reads it. */
    static Sample of(String name, Consumer<Path> reader, byte... bytes) {
      return new Sample(name, bytes, reader);
    }

    /** Returns the format, and what makes this one different. */
    String name() {
      return name;
    }

    /** Returns the format, the first word of the name. */
    String format() {
      return name.split(" ", 2)[0];
    }

    /** Returns a copy of the undamaged file. */
    byte[] bytes() {
      return bytes.clone();
    }

    /** Reads all of a file. */
    void read(Path file) {
      reader.accept(file);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What reading threw, if it did, and allocated. */
  record Outcome(@Nullable Throwable thrown, long allocated) {}

  /** Reads a file, and returns whether it was refused; all but a clear refusal is an error. */
  static boolean refused(Sample sample, Path file, String damage, byte... bytes) {
    String what = sample.name() + " " + damage;
    write(file, bytes);
    long most = FIXED_BYTES + BYTES_PER_BYTE * bytes.length;
    Outcome outcome = read(sample, file);
    if (outcome.allocated() > most) {
      // Once more, because the first time loads classes.
      outcome = read(sample, file);
    }
    assertThat(outcome.allocated()).as("bytes allocated for " + what).isLessThan(most);
    Throwable thrown = outcome.thrown();
    if (thrown == null) {
      return false;
    }
    assertThat(thrown).as(what).isInstanceOf(FormatException.class);
    String message = String.valueOf(thrown.getMessage());
    assertThat(message).as(what).startsWith(file.toString()).hasSizeLessThan(600);
    assertThat(message.lines()).as(what).hasSize(1);
    return true;
  }

  private static Outcome read(Sample sample, Path file) {
    return read(sample.reader, file);
  }

  /** Reads a file, and returns what that threw and allocated. */
  static Outcome read(Consumer<Path> reader, Path file) {
    long before = THREAD.getCurrentThreadAllocatedBytes();
    Throwable thrown = Assertions.catchThrowable(() -> reader.accept(file));
    return new Outcome(thrown, THREAD.getCurrentThreadAllocatedBytes() - before);
  }

  /** Writes a file. */
  static void write(Path file, byte... bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a file of each format and variant. */
  static Stream<Sample> samples() {
    return Stream.of(
        sample(
            "safetensors",
            file -> Safetensors.write(file, tensors(), Map.of("k", "v")),
            Safetensors::read),
        sample("model", file -> ModelFile.save(file, model()), ModelFile::load),
        sample(
            "checkpoint",
            file -> Checkpoint.save(file, TRAINED, OPTIMIZER),
            file -> Checkpoint.load(file, TRAINED, OPTIMIZER)),
        sample("npy", file -> Npy.write(file, matrix()), Npy::read),
        sample("npz", file -> Npz.write(file, tensors()), Npz::read),
        sample("npz, compressed", file -> Npz.writeCompressed(file, tensors()), Npz::read),
        sample("idx", file -> write(file, idx()), DamagedFiles::readIdx),
        sample("idx, compressed", file -> write(file, zipped(idx())), DamagedFiles::readIdx),
        sample("csv", file -> write(file, csv()), CsvTable::read),
        sample("csv, compressed", file -> write(file, zipped(csv())), CsvTable::read));
  }

  private static Sample sample(String name, Consumer<Path> writer, Consumer<Path> reader) {
    try {
      Path file = Files.createTempFile("sample", null);
      try {
        writer.accept(file);
        return new Sample(name, Files.readAllBytes(file), reader);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tensor matrix() {
    return Tensor.of(Shape.of(2, 3), 1f, 2f, 3f, 4f, 5f, 6f);
  }

  private static Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", matrix());
    tensors.put("i", Tensor.wrap(Shape.SCALAR, new long[] {7}));
    tensors.put("m", Tensor.wrap(Shape.of(1, 2), new boolean[] {true, false}));
    tensors.put("e", Tensor.zeros(DType.F64, 0, 3));
    return tensors;
  }

  private static Sequential model() {
    SplittableRandom random = new SplittableRandom(1);
    return Sequential.of(
        Dense.of(2, 2, random).activation(Activation.TANH),
        Dropout.of(0.5, 7),
        Dense.of(2, 1, random));
  }

  private static byte[] idx() {
    return Fixtures.hex("00000803 00000003 00000002 00000002 000102ff 10203040 7f808182");
  }

  static void readIdx(Path file) {
    Idx idx = Idx.open(file);
    idx.read();
    if (idx.shape().rank() > 0) {
      try (Stream<Tensor> batches = idx.batches(2, DType.F32)) {
        batches.forEach(batch -> assertThat(batch.rank()).isEqualTo(idx.shape().rank()));
      }
    }
  }

  private static byte[] csv() {
    return "name,mass,\"note\"\nx,1.5,\"a, b\"\nÿ,2,\"c\n\"\"d\"\"\"\n".getBytes(UTF_8);
  }

  static byte[] zipped(byte... bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
