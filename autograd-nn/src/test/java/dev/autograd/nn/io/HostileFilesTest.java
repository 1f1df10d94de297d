package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.nn.io.DamagedFiles.Sample;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A corpus of files made to do harm, beside those of {@link DamagedFilesTest}, which chance
 * damaged: each is refused in one line, and takes no more memory than its size allows.
 */
class HostileFilesTest {

  @TempDir private Path folder;

  private static Stream<Sample> all() {
    return Stream.concat(HostileHeaders.all(), HostileArrays.all());
  }

  @Test
  void theCorpusIsLarge() {
    Set<List<Object>> distinct = new HashSet<>();
    all().forEach(one -> distinct.add(List.of(one.format(), ByteBuffer.wrap(one.bytes()))));
    assertThat(distinct).hasSize((int) all().count()).hasSizeGreaterThanOrEqualTo(200);
  }

  @Test
  void everyOneIsRefusedInALine() {
    List<String> read = new ArrayList<>();
    all()
        .forEach(
            one -> {
              Path file = folder.resolve("hostile");
              if (!DamagedFiles.refused(one, file, "as it is", one.bytes())) {
                read.add(one.name());
              }
            });
    assertThat(read).as("files that were read").isEmpty();
  }
}
