package dev.autograd.natives;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A jar from Maven Central that a library is shipped in: Bytedeco's, of which only the library and
 * what it depends on are used, not the Java interface. The jar is recognised by the folder {@code
 * org/bytedeco/<artifact>/<classifier>/}, so that any version will do.
 */
enum Carrier {
  /** Products of F32 only. It needs OpenCL's loader, which servers seldom have, to be there. */
  ONEDNN("oneDNN", "dnnl", "3.8.1-1.5.12", "dnnl", "opencl"),
  /** Products of both types. */
  OPENBLAS("OpenBLAS", "openblas", "0.3.30-1.5.12", "openblas", null),
  /** Products of both types; the classifier of its jar ends with {@code -redist}. */
  MKL("MKL", "mkl", "2025.2-1.5.12", "mkl_rt", null);

  /** The name of the library in messages. */
  final String title;

  private final String artifact;
  private final String version;
  private final Pattern file;
  private final @Nullable String companion;

  Carrier(String title, String artifact, String version, String stem, @Nullable String companion) {
    this.title = title;
    this.artifact = artifact;
    this.version = version;
    this.file = Pattern.compile("(lib)?" + stem + "[.0-9]*\\.(so|dylib|dll)[.0-9]*");
    this.companion = companion;
  }

  /** Returns the coordinates of the jar, for messages. */
  String coordinates(Platform platform) {
    return "org.bytedeco:"
        + artifact
        + ":"
        + version
        + ":"
        + platform.classifier()
        + (this == MKL ? "-redist" : "");
  }

  /** Returns whether a file of the jar is the library, and not one that it depends on. */
  boolean isLibrary(String fileName) {
    return file.matcher(fileName).matches();
  }

  /**
   * Returns the folders of the jar, and of those with what the library depends on, on the class
   * path; empty if the jar is not there.
   */
  List<URL> folders(Platform platform, ClassLoader loader) {
    Optional<URL> own = folder(artifact, platform, loader);
    List<URL> folders = new ArrayList<>();
    if (own.isPresent()) {
      folders.add(own.get());
      if (companion != null) {
        folder(companion, platform, loader).ifPresent(folders::add);
      }
    }
    return folders;
  }

  private static Optional<URL> folder(String artifact, Platform platform, ClassLoader loader) {
    String name = "org/bytedeco/" + artifact + "/" + platform.classifier() + "/";
    return Optional.ofNullable(loader.getResource(name));
  }
}
