package dev.autograd;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Ways to look into a computation while it runs, for checkers, debuggers and demonstrations. They
 * hold for code on this thread, and are off in ordinary use.
 */
public final class Inspection {

  private Inspection() {}

  /**
   * Returns what the code returns, while an interceptor sees the result of every recorded operation
   * and may put another in its place: to print values, to try what a different one would change, to
   * cut a graph into single operations.
   *
   * <pre>{@code
   * Inspection.intercept(
   *     (operation, operands, result) -> {
   *       System.out.println(operation.op() + " -> " + result);
   *       return result;
   *     },
   *     () -> model.forward(x));
   * }</pre>
   *
   * <p>Operations on untracked tensors are not recorded and not seen, nor is what the interceptor
   * itself computes. An enclosing interceptor is suspended meanwhile.
   *
   * @throws ShapeException from the operation, if the replacement has another shape
   * @throws DTypeException from the operation, if it has another type
   */
  public static <T> T intercept(Interceptor interceptor, Supplier<T> code) {
    return Recorder.current().intercepted(interceptor, code);
  }

  /**
   * Returns what the code returns, while {@link Tensor#detach()} and {@link Autograd#noGrad} stop
   * no gradient: the result is tracked as if neither had been written. Comparing its gradient with
   * the ordinary one tells what those calls cut off. The values of {@link Tensor#custom custom}
   * operations stay what they are, values.
   *
   * @param stops gets the place in the user's code of every call that would have stopped a gradient
   */
  public static <T> T throughStops(Consumer<String> stops, Supplier<T> code) {
    return Recorder.current().throughStops(stops, code);
  }

  /**
   * Returns the place of the innermost call on this thread's stack that neither this library nor
   * the JDK makes, as stack traces print it: {@code com.acme.Main.loss(Main.java:12)}.
   */
  public static String sourceLine() {
    return Source.line();
  }
}
