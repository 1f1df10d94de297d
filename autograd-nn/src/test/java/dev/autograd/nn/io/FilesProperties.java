package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.io.DamagedFiles.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Any tensors come back from a file bit for bit; any damage is borne. */
class FilesProperties {

  private Path file = Path.of("");

  @BeforeTry
  void make() throws IOException {
    file = Files.createTempFile("tensors", null);
  }

  @AfterTry
  void remove() throws IOException {
    Files.delete(file);
  }

  // ---------------------------------------------------------------- there and back

  @Provide
  Arbitrary<Tensor> tensors() {
    Arbitrary<List<Integer>> shapes = Arbitraries.integers().between(0, 4).list().ofMaxSize(4);
    Arbitrary<DType> types = Arbitraries.of(DType.class);
    return Combinators.combine(shapes, types, Arbitraries.longs())
        .as((dims, dtype, seed) -> tensor(Shape.of(array(dims)), dtype, new Random(seed)));
  }

  private static int[] array(List<Integer> dims) {
    return dims.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns a tensor of any bits, NaN of all kinds included. */
  private static Tensor tensor(Shape shape, DType dtype, Random random) {
    int n = shape.size();
    return switch (dtype) {
      case F32 -> {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
          values[i] = Float.intBitsToFloat(random.nextInt());
        }
        yield Tensor.wrap(shape, values);
      }
      case F64 -> {
        double[] values = new double[n];
        Arrays.setAll(values, i -> Double.longBitsToDouble(random.nextLong()));
        yield Tensor.wrap(shape, values);
      }
      case I32 -> Tensor.wrap(shape, random.ints(n).toArray());
      case I64 -> Tensor.wrap(shape, random.longs(n).toArray());
      case BOOL -> {
        boolean[] values = new boolean[n];
        for (int i = 0; i < n; i++) {
          values[i] = random.nextBoolean();
        }
        yield Tensor.wrap(shape, values);
      }
    };
  }

  private static void assertSame(Tensor actual, Tensor expected) {
    assertThat(actual.dtype()).isEqualTo(expected.dtype());
    assertThat(actual.shape()).isEqualTo(expected.shape());
    if (expected.dtype().isFloating()) {
      assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray());
    } else {
      assertThat(actual.toLongArray()).containsExactly(expected.toLongArray());
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aTensorComesBack(@ForAll("tensors") Tensor tensor, @ForAll String name) {
    Npy.write(file, tensor);
    assertSame(Npy.read(file), tensor);
    String usable = name.replaceAll("[\\p{Cs}\0]", "-");
    UnaryOperator<Map<String, Tensor>> thereAndBack =
        tensors -> {
          Safetensors.write(file, tensors, Map.of(usable, usable));
          return Safetensors.read(file);
        };
    assertSame(Fixtures.in(thereAndBack.apply(Map.of(usable, tensor)), usable), tensor);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void tensorsComeBack(@ForAll("tensors") Tensor a, @ForAll("tensors") Tensor b) {
    Map<String, Tensor> both = Map.of("a", a, "b", b);
    Npz.write(file, both);
    assertSame(Fixtures.in(Npz.read(file), "a"), a);
    assertSame(Fixtures.in(Npz.read(file), "b"), b);
    Npz.writeCompressed(file, both);
    assertSame(Fixtures.in(Npz.read(file), "a"), a);
    Safetensors.write(file, both);
    assertSame(Fixtures.in(Safetensors.read(file), "a"), a);
    assertSame(Fixtures.in(Safetensors.read(file), "b"), b);
  }

  // ---------------------------------------------------------------- damage

  private static final List<Sample> SAMPLES = DamagedFiles.samples().toList();

  @Provide
  Arbitrary<Sample> samples() {
    return Arbitraries.of(SAMPLES);
  }

  @Property(tries = 2000)
  void anyDamageIsReadOrRefused(@ForAll("samples") Sample sample, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = sample.bytes();
    for (int i = random.nextInt(8); i >= 0; i--) {
      int from = random.nextInt(bytes.length);
      int to = random.nextInt(bytes.length);
      int length = Math.min(1 + random.nextInt(16), bytes.length - Math.max(from, to));
      if (random.nextBoolean()) {
        System.arraycopy(sample.bytes(), from, bytes, to, length);
      } else {
        bytes[to] = (byte) random.nextInt();
      }
    }
    DamagedFiles.refused(sample, file, "damaged with seed " + seed, bytes);
  }
}
