package dev.autograd.nn.io;

import dev.autograd.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * A log of a training run that TensorBoard shows: numbers and histograms by name and step, in a
 * file of their own in the run's folder.
 *
 * <pre>{@code
 * try (EventWriter events = EventWriter.in(Path.of("runs/first"))) {
 *   for (long step = 0; step < steps; step++) {
 *     events.scalar("loss", adam.minimize(loss), step);
 *     events.histogram("0.weight", model.parameters().byPath("0.weight"), step);
 *   }
 * }
 * }</pre>
 *
 * <p>Records are collected, and written when {@value #BUFFER} bytes have come together, by {@link
 * #flush} and by {@link #close}: only whole ones, so that a reader who watches the file, or who
 * finds it after a crash, sees a shorter log. If writing fails, what was written of the failed part
 * is cut off, the records are kept, and the next flush tries them again. An interrupt of the thread
 * disturbs nothing, and stays set.
 *
 * <p>Several threads may write to one log. Several logs may be in one folder, each its own file.
 *
 * <p>Source: TensorFlow's record format, and the messages {@code Event}, {@code Summary} and {@code
 * HistogramProto}.
 */
public final class EventWriter implements AutoCloseable {

  private static final String VERSION = "brain.Event:2";
  private static final int BUFFER = 1 << 16;

  private static final double NANOS_PER_SECOND = 1e9;

  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int HISTOGRAM = 5;

  private final Path file;
  private final InstantSource clock;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  /** Where the last whole record ends. */
  private long written;

  private boolean closed;

  private EventWriter(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Returns a log in a folder, which is made if it is not there. The file is called {@code
   * events.out.tfevents.SECONDS.HOST.PROCESS.N}.
   *
   * @throws UncheckedIOException if the file cannot be made
   */
  public static EventWriter in(Path folder) {
    return in(folder, InstantSource.system());
  }

  static EventWriter in(Path folder, InstantSource clock) {
    try {
      Files.createDirectories(folder);
      EventWriter writer = create(folder, clock);
      writer.add(writer.event().text(FILE_VERSION, VERSION));
      writer.flush();
      return writer;
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + ": no log can be made in it; check its permissions and free space", e);
    }
  }

  private static EventWriter create(Path folder, InstantSource clock) throws IOException {
    String start =
        String.format(
            Locale.ROOT,
            "events.out.tfevents.%010d.%s.%d.",
            clock.instant().getEpochSecond(),
            host(),
            ProcessHandle.current().pid());
    for (int n = 0; ; n++) {
      Path file = folder.resolve(start + n);
      try {
        return new EventWriter(Files.createFile(file), clock);
      } catch (FileAlreadyExistsException e) {
        // Another log of the same second; the next name may be free.
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "_");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  // ---------------------------------------------------------------- writing

  /**
   * Adds a number, which is rounded to F32; NaN and infinities are shown as such.
   *
   * @param tag the name of the curve; a slash makes groups, as in {@code "loss/train"}
   * @param step from 0
   * @throws IllegalArgumentException if the step is negative
   * @throws UncheckedIOException if the log cannot be written
   */
  public void scalar(String tag, double value, long step) {
    add(tag, new ProtobufMessage().text(TAG, tag).number(SIMPLE_VALUE, (float) value), step);
  }

  /**
   * Adds a histogram of a tensor's elements.
   *
   * @param tag the name of the histograms
   * @param step from 0
   * @throws IllegalArgumentException if the step is negative, or the tensor is empty or has an
   *     element that is NaN or infinite
   * @throws UncheckedIOException if the log cannot be written
   */
  public void histogram(String tag, Tensor values, long step) {
    Histogram histogram = Histogram.of(tag, values.toDoubleArray());
    add(tag, new ProtobufMessage().text(TAG, tag).message(HISTOGRAM, histogram.toMessage()), step);
  }

  private void add(String tag, ProtobufMessage value, long step) {
    if (step < 0) {
      throw new IllegalArgumentException(
          "the step of " + FormatException.quote(tag) + " is " + step + "; steps start at 0");
    }
    ProtobufMessage event = event();
    if (step > 0) {
      event.integer(STEP, step);
    }
    add(event.message(SUMMARY, new ProtobufMessage().message(VALUE, value)));
  }

  private ProtobufMessage event() {
    Instant now = clock.instant();
    return new ProtobufMessage()
        .number(WALL_TIME, now.getEpochSecond() + now.getNano() / NANOS_PER_SECOND);
  }

  private synchronized void add(ProtobufMessage event) {
    pending.writeBytes(TfRecord.of(event.toBytes()));
    if (pending.size() >= BUFFER) {
      write(false);
    }
  }

  /**
   * Writes what has come together, and forces it to the disk.
   *
   * @throws UncheckedIOException if the log cannot be written; what is not written is kept
   */
  public synchronized void flush() {
    write(true);
  }

  private void write(boolean forced) {
    Uninterrupted.run(
        () -> {
          try {
            append(forced);
          } catch (IOException e) {
            throw new UncheckedIOException(
                file + ": cannot be written; check its permissions and free space", e);
          }
        });
  }

  /** Opens the file each time: an interrupt would close a channel that stays open, for good. */
  private void append(boolean forced) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    ByteBuffer records = ByteBuffer.wrap(pending.toByteArray());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      try {
        while (records.hasRemaining()) {
          channel.write(records, written + records.position());
        }
      } catch (IOException e) {
        if (channel.isOpen()) {
          channel.truncate(written);
        }
        throw e;
      }
      written += records.position();
      pending.reset();
      if (forced) {
        channel.force(false);
      }
    }
  }

  /**
   * Writes what has come together, and closes the log.
   *
   * @throws UncheckedIOException if the log cannot be written; it is closed all the same
   */
  @Override
  public synchronized void close() {
    try {
      if (!closed) {
        flush();
      }
    } finally {
      closed = true;
    }
  }
}
