package dev.autograd.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No case of the golden files is left out for want of an operation. */
class GoldenCoverageTest {

  @Test
  void everyOperationOfTheFilesIsBound() {
    Set<String> unbound = new TreeSet<>();
    GoldenFiles.all().forEach(golden -> unbound.addAll(golden.operations()));
    unbound.removeAll(GoldenOps.table().keySet());
    assertThat(unbound).as("golden operations to be bound in GoldenOps").isEmpty();
  }
}
