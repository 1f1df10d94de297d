package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UninterruptedTest {

  @TempDir private Path folder;

  @AfterEach
  void clearTheInterrupt() {
    Thread.interrupted();
  }

  @Test
  void anInterruptIsPutOff() {
    Thread.currentThread().interrupt();
    boolean seen = Uninterrupted.call(() -> Thread.currentThread().isInterrupted());
    assertThat(seen).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    Uninterrupted.run(() -> {});
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aFileIsWrittenAgainIfAnInterruptMeetsIt() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), "old");
    int[] times = {0};
    AtomicFile.write(
        file,
        out -> {
          out.write(new byte[1 << 20]);
          times[0]++;
          if (times[0] == 1) {
            Thread.currentThread().interrupt();
          }
          out.write(new byte[1 << 20]);
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(times[0]).isEqualTo(2);
    assertThat(file).hasSize(2 << 20);
    assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void whatIsNotOfAnInterruptComesOut() {
    UncheckedIOException other = new UncheckedIOException(new IOException("other"));
    assertThatThrownBy(
            () ->
                Uninterrupted.run(
                    () -> {
                      Thread.currentThread().interrupt();
                      throw other;
                    }))
        .isSameAs(other);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptOfLongAgoIsNotTriedForEver() {
    UncheckedIOException old = new UncheckedIOException(new ClosedByInterruptException());
    assertThatThrownBy(
            () ->
                Uninterrupted.run(
                    () -> {
                      throw old;
                    }))
        .isSameAs(old);
  }

  @Test
  void theCauseIsFoundAtAnyDepthAndInCircles() {
    Throwable cause = new ClosedByInterruptException();
    assertThat(Uninterrupted.isCauseOf(new IllegalStateException(new IOException(cause)))).isTrue();
    assertThat(Uninterrupted.isCauseOf(new IllegalStateException("without"))).isFalse();
    Exception first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));
    assertThat(Uninterrupted.isCauseOf(first)).isFalse();
  }
}
