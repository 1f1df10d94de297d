package dev.autograd.nn.io;

import static dev.autograd.nn.io.EventFile.field;
import static dev.autograd.nn.io.Fixtures.hex;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.autograd.Tensor;
import dev.autograd.nn.io.EventFile.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventWriterTest {

  private static final String VERSION_RECORD =
      "18000000 00000000 a37f4b22 09000000 00000000 001a0d62 7261696e 2e457665 6e743a32 eedf28a3";
  private static final String SCALAR_RECORD =
      "1a000000 00000000 129bd82d 09000000 000000f0 3f10032a 0d0a0b0a 046c6f73 73150000 003f7fb8"
          + " 4377";

  private static final int BLOCK = 512;

  @TempDir private Path folder;

  private EventWriter at(double seconds) {
    return EventWriter.in(folder, clock(seconds));
  }

  private static InstantSource clock(double seconds) {
    return InstantSource.fixed(Instant.ofEpochMilli(Math.round(seconds * 1000)));
  }

  /** Returns the summary's only value of an event. */
  private static List<Field> value(List<Field> event) {
    return field(field(event, 5).asMessage(), 1).asMessage();
  }

  // ---------------------------------------------------------------- bytes of the format notes

  @Test
  void theFirstRecordNamesTheVersion() throws IOException {
    try (EventWriter events = at(0)) {
      assertThat(Files.readAllBytes(events.file())).isEqualTo(hex(VERSION_RECORD));
    }
  }

  @Test
  void aScalarHasTheBytesOfTheFormat() throws IOException {
    Instant[] now = {Instant.EPOCH};
    try (EventWriter events = EventWriter.in(folder, () -> now[0])) {
      now[0] = Instant.ofEpochSecond(1);
      events.scalar("loss", 0.5, 3);
      events.flush();
      assertThat(Files.readAllBytes(events.file())).isEqualTo(hex(VERSION_RECORD + SCALAR_RECORD));
    }
  }

  @Test
  void checksumsAreMaskedCastagnoli() {
    byte[] digits = "123456789".getBytes(US_ASCII);
    assertThat(EventFile.crc32c(digits)).isEqualTo(0xe3069283);
    assertThat(TfRecord.maskedChecksum(ByteBuffer.wrap(digits))).isEqualTo(0xc78ab0e5);
  }

  // ---------------------------------------------------------------- by an independent reader

  @Test
  void scalarsAreReadBack() throws IOException {
    EventWriter events = at(1234567890.25);
    events.scalar("loss/train", 0.1, 0);
    events.scalar("é", Double.NaN, Long.MAX_VALUE);
    events.close();
    List<List<Field>> read = EventFile.read(events.file());
    assertThat(read).hasSize(3);
    assertThat(field(read.get(0), 3).asText()).isEqualTo("brain.Event:2");
    assertThat(field(read.get(1), 1).asDouble()).isEqualTo(1234567890.25);
    assertThat(read.get(1)).extracting(Field::number).containsExactly(1, 5);
    assertThat(field(value(read.get(1)), 1).asText()).isEqualTo("loss/train");
    assertThat(field(value(read.get(1)), 2).value()).isEqualTo(0.1f);
    assertThat(field(read.get(2), 2).value()).isEqualTo(Long.MAX_VALUE);
    assertThat(field(value(read.get(2)), 1).asText()).isEqualTo("é");
    assertThat(field(value(read.get(2)), 2).value()).isEqualTo(Float.NaN);
  }

  @Test
  void histogramsAreReadBack() throws IOException {
    EventWriter events = at(0);
    events.histogram("w", Tensor.of(-2.0, 0, 0, 3e-13, 1, 0.95, 1e30), 7);
    events.close();
    List<Field> histogram = field(value(EventFile.read(events.file()).get(1)), 5).asMessage();
    assertThat(field(histogram, 1).asDouble()).isEqualTo(-2);
    assertThat(field(histogram, 2).asDouble()).isEqualTo(1e30);
    assertThat(field(histogram, 3).asDouble()).isEqualTo(7);
    assertThat(field(histogram, 4).asDouble()).isEqualTo(1e30, within(1e15));
    assertThat(field(histogram, 5).asDouble()).isEqualTo(1e60, within(1e45));
    double[] limits = field(histogram, 6).asDoubles();
    double[] counts = field(histogram, 7).asDoubles();
    // Up to -2, with -2, up to 0, from 0 to 1e-12, up to 0.917, to 1.0086, between, and the rest.
    assertThat(counts).containsExactly(0, 1, 0, 3, 0, 2, 0, 1);
    assertThat(limits).isSorted().hasSameSizeAs(counts);
    assertThat(limits[2]).isZero();
    assertThat(limits[3]).isEqualTo(1e-12);
    assertThat(limits[7]).isEqualTo(Double.MAX_VALUE);
    assertThat(limits[1] / limits[0]).isEqualTo(1 / 1.1, within(1e-12));
    assertThat(limits[4]).isEqualTo(1e-12 * Math.pow(1.1, 289), within(1e-12));
    assertThat(limits[5]).isEqualTo(1e-12 * Math.pow(1.1, 290), within(1e-12));
  }

  @Test
  void aNumberOnALimitBelongsAboveIt() throws IOException {
    EventWriter events = at(0);
    events.histogram("w", Tensor.of(1e-12, -1e-12, Double.MAX_VALUE, -Double.MAX_VALUE), 0);
    events.close();
    List<Field> histogram = field(value(EventFile.read(events.file()).get(1)), 5).asMessage();
    double[] limits = field(histogram, 6).asDoubles();
    double[] counts = field(histogram, 7).asDoubles();
    for (int i = 0; i < counts.length; i++) {
      if (limits[i] == 0) {
        assertThat(counts[i]).as("from -1e-12 to 0").isEqualTo(1);
        assertThat(counts[i + 1]).as("from 0 to 1e-12").isZero();
        assertThat(counts[i + 2]).as("from 1e-12 on").isEqualTo(1);
      }
    }
    assertThat(limits).contains(0);
    assertThat(counts[counts.length - 1]).as("from the last limit on").isEqualTo(1);
  }

  @Test
  void histogramsOfNothingAreRefused() {
    try (EventWriter events = at(0)) {
      assertThatThrownBy(() -> events.histogram("w", Tensor.of(new double[0]), 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("histogram \"w\": there are no elements; give at least one");
      assertThatThrownBy(() -> events.histogram("w", Tensor.of(1, Double.NaN), 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("histogram \"w\": element 1 is NaN, for which there is no bucket");
      assertThatThrownBy(() -> events.scalar("loss", 1, -1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the step of \"loss\" is -1; steps start at 0");
    }
  }

  // ---------------------------------------------------------------- files

  @Test
  void filesAreNamedAsTensorBoardLooksForThem() {
    try (EventWriter first = at(1700000000);
        EventWriter second = at(1700000000)) {
      assertThat(first.file().getFileName().toString())
          .matches("events\\.out\\.tfevents\\.1700000000\\.[A-Za-z0-9._-]+\\.\\d+\\.0");
      assertThat(second.file()).isNotEqualTo(first.file()).hasParent(folder);
    }
  }

  @Test
  void theFolderIsMade() {
    Path inner = folder.resolve("runs/first");
    try (EventWriter events = EventWriter.in(inner)) {
      assertThat(events.file()).hasParent(inner).isNotEmptyFile();
    }
  }

  @Test
  void recordsAreCollectedAndWrittenWhole() throws IOException {
    try (EventWriter events = at(0)) {
      events.scalar("loss", 1, 1);
      assertThat(EventFile.read(events.file())).as("not yet flushed").hasSize(1);
      events.flush();
      assertThat(EventFile.read(events.file())).hasSize(2);
      for (int step = 2; step < 5000; step++) {
        events.scalar("loss", 1, step);
      }
      assertThat(EventFile.read(events.file()).size())
          .as("written as it came")
          .isBetween(2500, 4999);
    }
  }

  @Test
  void closingTwiceIsOnce() throws IOException {
    EventWriter events = at(0);
    events.scalar("loss", 1, 1);
    events.close();
    events.close();
    assertThat(EventFile.read(events.file())).hasSize(2);
    events.scalar("loss", 1, 2);
    assertThatThrownBy(events::flush).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aFullDiskCutsNoRecordInTwo() throws IOException {
    Configuration small =
        Configuration.unix().toBuilder().setMaxSize(32L * BLOCK).setBlockSize(BLOCK).build();
    try (FileSystem system = Jimfs.newFileSystem(small)) {
      Path runs = system.getPath("/runs");
      EventWriter events = EventWriter.in(runs, clock(0));
      Path filler = Files.write(system.getPath("/filler"), new byte[28 * BLOCK]);
      for (int step = 1; step <= 100; step++) {
        events.scalar("loss", step, step);
      }
      assertThatThrownBy(events::flush)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(events.file() + ": cannot be written; check its permissions and free space");
      assertThat(EventFile.read(events.file())).as("as before").hasSize(1);
      Files.delete(filler);
      events.close();
      assertThat(EventFile.read(events.file())).as("nothing lost").hasSize(101);
    }
  }

  @Test
  void threadsMayShareALog() throws Exception {
    EventWriter events = at(0);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      String tag = "t" + t;
      threads.add(
          new Thread(
              () -> IntStream.range(0, 500).forEach(step -> events.scalar(tag, step, step))));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    events.close();
    Stream<String> tags =
        EventFile.read(events.file()).stream()
            .skip(1)
            .map(event -> field(value(event), 1).asText());
    assertThat(tags).hasSize(2000).filteredOn("t3"::equals).hasSize(500);
  }

  @Test
  void anInterruptLosesNothing() throws IOException {
    Thread.currentThread().interrupt();
    EventWriter events = at(0);
    events.scalar("loss", 1, 1);
    events.flush();
    events.scalar("loss", 2, 2);
    events.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(EventFile.read(events.file())).hasSize(3);
  }
}
