package dev.autograd.kernel.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.autograd.array.DType;
import dev.autograd.kernel.Backend;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.UpdateRule;
import dev.autograd.kernel.scalar.PlainBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Split among any number of threads, kernels return the bits of those below. */
class ParallelKernelsTest {

  private static final List<WorkerPool> POOLS =
      List.of(new WorkerPool(1), new WorkerPool(2), new WorkerPool(3), new WorkerPool(4));

  /** Adding in place at planned places, and factors, are left whole. */
  private static final Set<String> WHOLE =
      Set.of("scatterAdd", "lu", "cholesky", "solveTriangular", "blocksKeepBits");

  static Stream<String> kernels() {
    return Arrays.stream(Kernels.class.getDeclaredMethods())
        .filter(method -> !method.isSynthetic())
        .map(Method::getName)
        .filter(name -> !WHOLE.contains(name))
        .distinct()
        .sorted();
  }

  /** The back end of this run, without threads. */
  @SuppressWarnings("unchecked")
  private static Kernels<Object> below(DType dtype) {
    Kernels<?> plain = new PlainBackend().kernels(dtype, null);
    if (!Backends.description().startsWith("vector")) {
      return (Kernels<Object>) plain;
    }
    try {
      Class<?> vector = Class.forName("dev.autograd.kernel.vector.VectorBackend");
      Backend backend = (Backend) vector.getConstructor().newInstance();
      return (Kernels<Object>) backend.kernels(dtype, plain);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theBitsAreThoseOfOneThread(String kernel) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      for (int seed = 0; seed < 6; seed++) {
        assertSameBits(new RandomCalls(dtype, seed).of(kernel), dtype, kernel + ", draw " + seed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theBitsOfEveryUpdateRuleAreThoseOfOneThread(UpdateRule rule) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      assertSameBits(new RandomCalls(dtype, 1).update(rule), dtype, rule.name());
    }
  }

  private static void assertSameBits(RandomCalls.Call call, DType dtype, String what) {
    Kernels<Object> below = below(dtype);
    Object[] expected = call.on(below);
    for (WorkerPool pool : POOLS) {
      Object[] actual = call.on(new ParallelKernels<>(below, pool));
      if (!Arrays.deepEquals(actual, expected)) {
        fail("%s of %s on %d threads", what, dtype, pool.size());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void largeWorkIsSplit(String kernel) {
    AtomicInteger calls = new AtomicInteger();
    Kernels<Object> counted = counted(below(DType.F64), calls);
    int most = 0;
    for (int seed = 0; seed < 6; seed++) {
      calls.set(0);
      RandomCalls.Call call = new RandomCalls(DType.F64, seed).of(kernel);
      call.on(new ParallelKernels<>(counted, POOLS.get(3)));
      most = Math.max(most, calls.get());
    }
    assertThat(most).isGreaterThan(1);
  }

  @SuppressWarnings("unchecked")
  private static Kernels<Object> counted(Kernels<Object> kernels, AtomicInteger calls) {
    return (Kernels<Object>)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("blocksKeepBits")) {
                calls.incrementAndGet();
              }
              try {
                return method.invoke(kernels, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Products whose bits depend on their blocks have the same blocks on any number of threads. */
  @Test
  void blocksThatShowAreTheSameOnAnyNumberOfThreads() {
    Set<Integer> counts =
        POOLS.stream()
            .map(
                pool -> {
                  AtomicInteger calls = new AtomicInteger();
                  Kernels<Object> counted = counted(new Unstable(below(DType.F32)), calls);
                  RandomCalls.Call call = new RandomCalls(DType.F32, 1).of("gemm");
                  call.on(new ParallelKernels<>(counted, pool));
                  return calls.get();
                })
            .collect(Collectors.toSet());
    assertThat(counts).containsExactly(4);
  }

  private static final class Unstable extends dev.autograd.kernel.DelegatingKernels<Object> {
    Unstable(Kernels<Object> below) {
      super(below);
    }

    @Override
    public boolean blocksKeepBits() {
      return false;
    }
  }

  @Test
  void withOneThreadNothingIsInBetween() {
    Kernels<Object> below = below(DType.F32);
    ParallelBackend backend = new ParallelBackend();
    assertThat(backend.computes()).isFalse();
    assertThat(backend.name()).isEqualTo("parallel");
    assertThat(backend.kernels(DType.F32, below) == below)
        .isEqualTo(dev.autograd.kernel.Threads.count() == 1);
    assertThat(backend.kernels(DType.F32, new Unstable(below))).isInstanceOf(ParallelKernels.class);
  }
}
