package dev.autograd.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {

  @Test
  void thePeakIsTheHighWaterMark(@TempDir Path folder) throws IOException {
    String text = "Name:\tjava\nVmPeak:\t  9000000 kB\nVmHWM:\t  250000 kB\nVmRSS:\t  100000 kB\n";
    Path status = Files.writeString(folder.resolve("status"), text);
    assertThat(Worker.megabytes(status)).isEqualTo(256);
  }

  @Test
  void otherSystemsDoNotTell(@TempDir Path folder) throws IOException {
    assertThat(Worker.megabytes(folder.resolve("status"))).isNaN();
  }
}
