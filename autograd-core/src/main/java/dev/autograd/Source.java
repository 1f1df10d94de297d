package dev.autograd;

import java.net.URL;
import java.util.List;

/** Where the user's code is: the innermost call that neither this library nor the JDK makes. */
final class Source {

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /**
   * The library's packages, with those below them; {@code dev.autograd} itself has others below.
   */
  private static final List<String> PACKAGES =
      List.of("dev.autograd.array", "dev.autograd.check", "dev.autograd.kernel", "dev.autograd.nn");

  private static final ClassValue<Boolean> SKIPPED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isSkipped(type);
        }
      };

  private Source() {}

  /** Returns the place as stack traces print it, {@code com.acme.Main.loss(Main.java:12)}. */
  static String line() {
    return WALKER.walk(
        frames ->
            frames
                .filter(frame -> !SKIPPED.get(frame.getDeclaringClass()))
                .findFirst()
                .map(Source::print)
                .orElse("an unknown line"));
  }

  private static String print(StackWalker.StackFrame frame) {
    return frame.getClassName()
        + "."
        + method(frame.getMethodName())
        + "("
        + frame.getFileName()
        + ":"
        + frame.getLineNumber()
        + ")";
  }

  /** Returns the name of a method; of a lambda's that of the one it stands in. */
  private static String method(String name) {
    return name.replaceFirst("^lambda\\$(\\w+)\\$\\d+$", "$1");
  }

  /** Returns whether lines of a class are passed over: the JDK's and the library's own. */
  static boolean isSkipped(Class<?> type) {
    String name = type.getPackageName();
    boolean own =
        name.equals("dev.autograd")
            || PACKAGES.stream().anyMatch(p -> name.equals(p) || name.startsWith(p + "."));
    return name.startsWith("java.") || name.startsWith("jdk.") || (own && !isOfTests(type));
  }

  /** Tests share packages with what they test, but lie elsewhere, without a package-info. */
  private static boolean isOfTests(Class<?> type) {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    URL own = type.getResource(file);
    URL info = type.getResource("package-info.class");
    return own != null
        && info != null
        && !own.toString()
            .replace(file, "")
            .equals(info.toString().replace("package-info.class", ""));
  }
}
