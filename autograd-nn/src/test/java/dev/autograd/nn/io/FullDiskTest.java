package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.train.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever writes a file leaves the old one whole when the disk is full. */
class FullDiskTest {

  private static final int DISK = 1 << 20;

  private static Stream<Arguments> writers() {
    return Stream.of(
        writer("model", (file, size) -> ModelFile.save(file, model(size))),
        writer("weights", (file, size) -> Weights.save(file, model(size))),
        writer("checkpoint", FullDiskTest::checkpoint),
        writer("safetensors", (file, size) -> Safetensors.write(file, numbers(size))),
        writer("npy", (file, size) -> Npy.write(file, Fixtures.in(numbers(size), "x"))),
        writer("npz", (file, size) -> Npz.write(file, numbers(size))),
        writer("npz, compressed", (file, size) -> Npz.writeCompressed(file, numbers(size))));
  }

  private static Arguments writer(String name, BiConsumer<Path, Integer> write) {
    return Arguments.of(name, write);
  }

  private static Sequential model(int size) {
    return Sequential.of(Dense.of(size, size, new SplittableRandom(1)));
  }

  private static void checkpoint(Path file, int size) {
    Sequential model = model(size);
    Checkpoint.save(file, model, Adam.lr(0.1).over(model.parameters()));
  }

  private static Map<String, Tensor> numbers(int size) {
    return Map.of("x", Tensor.normal(new SplittableRandom(1), DType.F64, size, size));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("writers")
  void theOldFileStaysWhole(String name, BiConsumer<Path, Integer> write) throws IOException {
    Configuration small =
        Configuration.unix().toBuilder().setMaxSize(DISK).setBlockSize(1024).build();
    try (FileSystem system = Jimfs.newFileSystem(small)) {
      Path file = system.getPath("/work").resolve(name);
      write.accept(file, 10);
      byte[] old = Files.readAllBytes(file);
      // Two megabytes of numbers.
      assertThatThrownBy(() -> write.accept(file, 500))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("check its permissions and free space");
      assertThat(Files.readAllBytes(file)).isEqualTo(old);
      try (Stream<Path> files = Files.list(system.getPath("/work"))) {
        assertThat(files).containsExactly(file);
      }
    }
  }
}
