package dev.autograd.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the operating system says of the processor. */
final class Processor {

  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

  private static final List<String> AVX_512 =
      List.of("avx512f", "avx512bw", "avx512dq", "avx512vl");

  private Processor() {}

  /** Returns whether it is one of AMD's with AVX-512; false where Linux does not say so. */
  static boolean isAmdWithAvx512() {
    try {
      return isAmdWithAvx512(Files.readAllLines(DESCRIPTION));
    } catch (IOException e) {
      return false;
    }
  }

  static boolean isAmdWithAvx512(List<String> description) {
    return value("vendor_id", description).equals("AuthenticAMD")
        && Arrays.asList(value("flags", description).split(" ")).containsAll(AVX_512);
  }

  private static String value(String key, List<String> description) {
    return description.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }
}
