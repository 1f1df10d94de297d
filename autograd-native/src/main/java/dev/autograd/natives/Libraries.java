package dev.autograd.natives;

import dev.autograd.array.DType;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The libraries that are there, each as a layer per type, the lowest first: the file that the
 * property {@value #PROPERTY} names; or else MKL, if its jar is on the class path; or else
 * OpenBLAS, and above it oneDNN for large products of F32, which is opened for the first of them.
 * What is not there or cannot be opened is said in {@link #obstacles}.
 */
final class Libraries {

  /** The path of a library file with the C interface of BLAS, or of oneDNN. */
  static final String PROPERTY = "autograd.native.library";

  /** The best loops of the processor, with the same bits wherever in memory an array lies. */
  private static final int MKL_STRICT = 2 | 0x10000;

  private final Platform platform;
  private final ClassLoader loader;
  private final List<Layer> layers = new ArrayList<>();
  private final List<String> obstacles = new ArrayList<>();

  private Libraries(Platform platform, ClassLoader loader) {
    this.platform = platform;
    this.loader = loader;
  }

  /** Finds and opens libraries in the jars that a class loader sees. */
  static Libraries find(Platform platform, ClassLoader loader) {
    Libraries found = new Libraries(platform, loader);
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      found.addNamed(Path.of(named).toAbsolutePath());
    } else if (!ForeignLibrary.isSupported()) {
      found.addFrom(Carrier.OPENBLAS);
    } else if (!found.addFrom(Carrier.MKL)) {
      found.addOneDnn(found.addFrom(Carrier.OPENBLAS));
    }
    if (found.layers.isEmpty() && found.obstacles.isEmpty()) {
      found.obstacles.add(
          "no native library is on the class path; add "
              + Carrier.OPENBLAS.coordinates(platform)
              + ", or name a file with -D"
              + PROPERTY);
    }
    return found;
  }

  List<Layer> layers() {
    return layers;
  }

  /** Returns why libraries are not used, a sentence without a full stop each. */
  List<String> obstacles() {
    return obstacles;
  }

  private void addNamed(Path file) {
    if (!Files.isRegularFile(file)) {
      obstacles.add("there is no file " + file + ", which " + PROPERTY + " names");
      return;
    }
    add(
        file.getFileName().toString(),
        () -> open(file, file.getFileName().toString(), Sizes.OTHER));
  }

  private boolean addFrom(Carrier carrier) {
    List<URL> folders = carrier.folders(platform, loader);
    if (folders.isEmpty()) {
      return false;
    }
    Sizes sizes = carrier == Carrier.OPENBLAS ? Sizes.OPENBLAS : Sizes.OTHER;
    return add(carrier.title, () -> open(extract(carrier, folders), carrier.title, sizes));
  }

  /** Adds what is for large products: above another library, to be opened for the first of them. */
  private void addOneDnn(boolean above) {
    Carrier carrier = Carrier.ONEDNN;
    List<URL> folders = carrier.folders(platform, loader);
    if (folders.isEmpty()) {
      return;
    }
    if (above) {
      DeferredProduct product =
          new DeferredProduct(
              carrier.title,
              () -> open(extract(carrier, folders), carrier.title, Sizes.ONEDNN).get(0).product());
      layers.add(new Layer(carrier.title, DType.F32, product, Sizes.ONEDNN));
    } else {
      add(carrier.title, () -> open(extract(carrier, folders), carrier.title, Sizes.ONEDNN_ALONE));
    }
  }

  private interface Opening {
    List<Layer> run() throws IOException, ReflectiveOperationException;
  }

  private boolean add(String title, Opening opening) {
    try {
      return layers.addAll(opening.run());
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      obstacles.add(title + " cannot be used: " + Failures.reason(e));
      return false;
    }
  }

  private Path extract(Carrier carrier, List<URL> folders) throws IOException {
    String name = carrier.title + "-" + platform.classifier();
    List<Path> files = Extraction.extract(name, folders, Cache.directory());
    if (platform.isWindows()) {
      // Windows does not look beside a library for others, but takes those that are open.
      files.stream().filter(file -> !isLibrary(carrier, file)).forEach(Libraries::preload);
    }
    return files.stream()
        .filter(file -> isLibrary(carrier, file))
        .findFirst()
        .orElseThrow(() -> new IOException("there is no library in " + folders.get(0)));
  }

  private static boolean isLibrary(Carrier carrier, Path file) {
    return carrier.isLibrary(file.getFileName().toString());
  }

  private static void preload(Path file) {
    System.load(file.toString());
  }

  private static List<Layer> open(Path file, String title, Sizes sizes)
      throws ReflectiveOperationException {
    if (!ForeignLibrary.isSupported()) {
      JniProducts products = JniProducts.load(file);
      return List.of(
          layer(title, DType.F32, products.product(DType.F32), Sizes.JNI),
          layer(title, DType.F64, products.product(DType.F64), Sizes.JNI));
    }
    ForeignLibrary library = ForeignLibrary.open(file);
    if (library.has("dnnl_sgemm")) {
      // The user's environment may allow 8 bits of precision to other programs.
      call(library, "dnnl_set_default_fpmath_mode", 0);
      return List.of(layer(title, DType.F32, ForeignProducts.oneDnn(library), sizes));
    }
    call(library, "MKL_Set_Threading_Layer", 0);
    call(library, "MKL_CBWR_Set", MKL_STRICT);
    call(library, "MKL_Set_Num_Threads", 1);
    call(library, "openblas_set_num_threads", 1);
    return List.of(
        layer(title, DType.F32, ForeignProducts.cblas(library, DType.F32), sizes),
        layer(title, DType.F64, ForeignProducts.cblas(library, DType.F64), sizes));
  }

  private static Layer layer(String title, DType dtype, MethodHandle handle, Sizes sizes)
      throws ReflectiveOperationException {
    return new Layer(title, dtype, HandleProduct.of(handle), sizes);
  }

  /** Calls a setting of one library or another, if this one has it. */
  private static void call(ForeignLibrary library, String symbol, int value)
      throws ReflectiveOperationException {
    if (library.has(symbol)) {
      MethodHandle setting = library.function(symbol, MethodType.methodType(void.class, int.class));
      try {
        setting.invoke(value);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
