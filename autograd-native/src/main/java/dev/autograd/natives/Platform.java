package dev.autograd.natives;

import java.util.Locale;

/** What this virtual machine runs on, as the classifiers of native jars name it. */
record Platform(String system, String architecture) {

  /** Returns the platform of this virtual machine. */
  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /** Returns the platform for values of the properties {@code os.name} and {@code os.arch}. */
  static Platform of(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    String system =
        name.startsWith("mac") ? "macosx" : name.startsWith("windows") ? "windows" : name;
    String architecture =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> osArch;
        };
    return new Platform(system, architecture);
  }

  /** Returns the classifier, such as {@code linux-x86_64}. */
  String classifier() {
    return system + "-" + architecture;
  }

  boolean isWindows() {
    return system.equals("windows");
  }
}
