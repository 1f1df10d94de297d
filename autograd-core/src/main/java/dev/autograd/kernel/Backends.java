package dev.autograd.kernel;

import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernels that this virtual machine uses, chosen once, at first use, from all {@link Backend}s
 * that {@link ServiceLoader} finds, and the one in the Vector API where its module is present:
 * plain Java at the bottom, each higher level decorating the one below.
 *
 * <p>The system property {@code autograd.backend} limits the stack to the back end that it names
 * and those below it: {@code scalar} (or {@code plain}) is plain Java alone, {@code vector} is the
 * Vector API, {@code native} the native libraries of the module autograd-native; if that is not to
 * be had, the next best with a warning. {@code auto} is as if it were not set: the best there is.
 * On top of the stack large work is split among as many threads as {@link Threads} says. The choice
 * is logged at DEBUG; why vectors, or libraries that are there, are not used, at INFO.
 */
public final class Backends {

  private static final String PROPERTY = "autograd.backend";

  private static final String PLAIN = "plain";
  private static final String NATIVE = "native";

  /** Back ends that may be asked for and not be there. */
  private static final Set<String> OPTIONAL = Set.of(VectorModule.NAME, NATIVE);

  private Backends() {}

  /**
   * Returns the kernels for a floating-point type.
   *
   * @param <A> the array type that goes with the type: {@code float[]} for F32, {@code double[]}
   *     for F64; the caller's word is taken for it
   * @throws IllegalArgumentException if the type has no arithmetic, or one of the properties has a
   *     value that it cannot have
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <A> Kernels<A> kernels(DType dtype) {
    Kernels<?> kernels =
        switch (dtype) {
          case F32 -> Chosen.F32;
          case F64 -> Chosen.F64;
          default ->
              throw new IllegalArgumentException(dtype + " has no arithmetic; use F32 or F64");
        };
    if (kernels == null) {
      throw refusal();
    }
    return (Kernels<A>) kernels;
  }

  /**
   * Returns the movement kernels for any type. Their arrays are those of the type, as in {@link
   * DType#allocate}.
   *
   * @throws IllegalArgumentException if one of the properties has a value that it cannot have
   */
  @SuppressWarnings("unchecked")
  public static Movement<Object> movement(DType dtype) {
    Movement<?> movement =
        switch (dtype) {
          case F32 -> Chosen.F32;
          case F64 -> Chosen.F64;
          case I32 -> Chosen.I32;
          case I64 -> Chosen.I64;
          case BOOL -> Chosen.BOOL;
        };
    if (movement == null) {
      throw refusal();
    }
    return (Movement<Object>) movement;
  }

  /**
   * Returns the names of the chosen back ends, the topmost first, such as {@code "vector, plain"}.
   *
   * @throws IllegalArgumentException if one of the properties has a value that it cannot have
   */
  public static String description() {
    if (Chosen.STACK == null) {
      throw refusal();
    }
    return Chosen.STACK.description();
  }

  private static IllegalArgumentException refusal() {
    IllegalArgumentException cause = Objects.requireNonNull(Chosen.REFUSAL);
    return new IllegalArgumentException(cause.getMessage(), cause);
  }

  /**
   * Static finals of a class that is initialised at first use: the JIT compiler folds them. A
   * refusal is kept instead of thrown, because an error in here would reach only the first caller
   * as it is.
   */
  private static final class Chosen {

    static final @Nullable BackendStack STACK;
    static final @Nullable IllegalArgumentException REFUSAL;
    static final @Nullable Kernels<?> F32;
    static final @Nullable Kernels<?> F64;
    static final @Nullable Movement<?> I32;
    static final @Nullable Movement<?> I64;
    static final @Nullable Movement<?> BOOL;

    static {
      BackendStack stack = null;
      IllegalArgumentException refusal = null;
      try {
        stack = load();
      } catch (IllegalArgumentException e) {
        refusal = e;
      }
      STACK = stack;
      REFUSAL = refusal;
      F32 = stack == null ? null : stack.kernels(DType.F32);
      F64 = stack == null ? null : stack.kernels(DType.F64);
      I32 = stack == null ? null : stack.movement(DType.I32);
      I64 = stack == null ? null : stack.movement(DType.I64);
      BOOL = stack == null ? null : stack.movement(DType.BOOL);
    }

    private static BackendStack load() {
      Logger log = LoggerFactory.getLogger(Backends.class);
      List<Backend> found = new ArrayList<>();
      ServiceLoader.load(Backend.class, Backends.class.getClassLoader()).forEach(found::add);
      String wanted = name(System.getProperty(PROPERTY, "auto"));
      if (!PLAIN.equals(wanted)) {
        VectorModule.find(VectorModule.NAME.equals(wanted), log).ifPresent(found::add);
      }
      boolean nextBest =
          wanted != null
              && OPTIONAL.contains(wanted)
              && found.stream().noneMatch(backend -> backend.name().equals(wanted));
      if (nextBest && NATIVE.equals(wanted)) {
        log.warn(
            "autograd.backend is \"native\", but the module autograd-native is not there; add"
                + " dev.autograd:autograd-native to the path.");
      }
      BackendStack stack =
          BackendStack.of(found, nextBest ? null : wanted)
              .usable((backend, obstacle) -> report(log, backend.name(), wanted, obstacle));
      log.debug("Kernels: {}; threads: {}", stack.description(), Threads.count());
      return stack;
    }

    private static void report(Logger log, String name, @Nullable String wanted, String obstacle) {
      if (name.equals(wanted)) {
        log.warn("autograd.backend is \"{}\", but {}.", name, obstacle);
      } else {
        log.info("Kernels are not {}, because {}.", name, obstacle);
      }
    }

    private static @Nullable String name(String property) {
      return switch (property) {
        case "auto" -> null;
        case "scalar" -> PLAIN;
        default -> property;
      };
    }
  }
}
