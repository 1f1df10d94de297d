package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.io.DamagedFiles.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Some ten thousand damaged files: cut off at each byte, with each bit turned over, with what
 * stands at each byte replaced by the largest numbers, and with bytes added. Each is read, or
 * refused in one line; none takes more memory than its size allows.
 */
class DamagedFilesTest {

  @TempDir private Path folder;

  private boolean refused(Sample sample, String damage, byte... bytes) {
    return DamagedFiles.refused(sample, folder.resolve("damaged"), damage, bytes);
  }

  @ParameterizedTest
  @MethodSource("dev.autograd.nn.io.DamagedFiles#samples")
  void undamagedFilesAreRead(Sample sample) {
    assertThat(refused(sample, "undamaged", sample.bytes())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.autograd.nn.io.DamagedFiles#samples")
  void filesAreCutOff(Sample sample) {
    for (int length = 0; length < sample.bytes().length; length++) {
      boolean refused = refused(sample, "cut to " + length, Arrays.copyOf(sample.bytes(), length));
      // A text that ends earlier may be a shorter table.
      assertThat(refused || sample.name().equals("csv"))
          .as("%s cut to %d", sample, length)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.autograd.nn.io.DamagedFiles#samples")
  void bitsAreTurnedOver(Sample sample) {
    int refused = 0;
    for (int bit = 0; bit < 8 * sample.bytes().length; bit++) {
      byte[] bytes = sample.bytes();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      refused += refused(sample, "with bit " + bit + " turned over", bytes) ? 1 : 0;
    }
    int all = 8 * sample.bytes().length;
    boolean checked = sample.name().equals("checkpoint");
    assertThat(refused).as("refused of " + all).isBetween(checked ? all : 1, all);
  }

  @ParameterizedTest
  @MethodSource("dev.autograd.nn.io.DamagedFiles#samples")
  void numbersAreTooLarge(Sample sample) {
    byte[][] largest = {
      {-1, -1, -1, -1},
      {-1, -1, -1, 127},
      {127, -1, -1, -1},
      {-1, -1, -1, -1, -1, -1, -1, 127},
      {'9', '9', '9', '9', '9', '9', '9', '9', '9'}
    };
    for (byte[] number : largest) {
      for (int at = 0; at + number.length <= sample.bytes().length; at++) {
        byte[] bytes = sample.bytes();
        System.arraycopy(number, 0, bytes, at, number.length);
        refused(sample, "with " + Arrays.toString(number) + " at " + at, bytes);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.autograd.nn.io.DamagedFiles#samples")
  void bytesAreAdded(Sample sample) {
    int length = sample.bytes().length;
    for (int more : new int[] {1, 8, 100}) {
      boolean refused =
          refused(sample, "with " + more + " bytes", Arrays.copyOf(sample.bytes(), length + more));
      boolean text = sample.name().startsWith("csv");
      // A zip archive may end with a comment, and gzip with padding; both are outside the arrays.
      boolean packed = sample.name().endsWith("compressed") || sample.name().startsWith("npz");
      assertThat(refused || text || packed).as("%s with %d bytes", sample, more).isTrue();
    }
  }

  // ---------------------------------------------------------------- large files

  private static final Tensor LARGE = Tensor.zeros(DType.F32, 2_000_000);

  private static Stream<Arguments> largeFiles() {
    Consumer<Path> idx =
        file -> {
          byte[] header = Fixtures.hex("00000d01 001e8480");
          DamagedFiles.write(file, Arrays.copyOf(header, 8 + 4 * LARGE.size()));
        };
    return Stream.of(
        large("safetensors", f -> Safetensors.write(f, Map.of("x", LARGE)), Safetensors::read),
        large("npy", file -> Npy.write(file, LARGE), Npy::read),
        large("npz", file -> Npz.write(file, Map.of("x", LARGE)), Npz::read),
        large("npz", file -> Npz.writeCompressed(file, Map.of("x", LARGE)), Npz::read),
        large("idx", idx, file -> Idx.open(file).read()));
  }

  private static Arguments large(String name, Consumer<Path> write, Consumer<Path> read) {
    return Arguments.of(name, write, read);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("largeFiles")
  void largeFilesTakeTheirSizeOrNothing(String name, Consumer<Path> write, Consumer<Path> read)
      throws IOException {
    Path file = folder.resolve(name);
    write.accept(file);
    // Twice, because the first time loads classes.
    assertThat(DamagedFiles.read(read, file).thrown()).isNull();
    DamagedFiles.Outcome whole = DamagedFiles.read(read, file);
    assertThat(whole.thrown()).isNull();
    assertThat(whole.allocated()).isBetween(8_000_000L, 8_000_000 + DamagedFiles.FIXED_BYTES);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(DamagedFiles.read(read, file).thrown()).isInstanceOf(FormatException.class);
    DamagedFiles.Outcome cut = DamagedFiles.read(read, file);
    assertThat(cut.thrown()).isInstanceOf(FormatException.class);
    assertThat(cut.allocated()).isLessThan(DamagedFiles.FIXED_BYTES);
  }
}
