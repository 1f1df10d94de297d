package dev.autograd.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What this library computes with, and what a virtual machine needs for it. */
public enum BackEnd {
  /** Plain Java. */
  SCALAR("plain"),
  /** The Vector API, above plain Java. */
  VECTOR("vector, plain", "--add-modules=jdk.incubator.vector"),
  /** Matrix products by native libraries, above both. */
  NATIVE(
      "native, vector, plain",
      "--add-modules=jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED");

  private final String stack;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, of strings
  private final List<String> options;

  BackEnd(String stack, String... options) {
    this.stack = stack;
    this.options = List.of(options);
  }

  /** Returns the name in tables, as the property {@code autograd.backend} has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the flags of a virtual machine that is to use it. */
  List<String> flags() {
    List<String> flags = new ArrayList<>(options);
    flags.add("-Dautograd.backend=" + label());
    return flags;
  }

  /** Returns what the library says that it uses when this is in use. */
  String stack() {
    return stack;
  }
}
