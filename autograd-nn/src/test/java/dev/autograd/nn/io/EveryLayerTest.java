package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Layer;
import dev.autograd.nn.LayerCase;
import dev.autograd.nn.LayerCases;
import dev.autograd.nn.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files of every layer of the library, in both precisions. */
class EveryLayerTest {

  @TempDir private Path folder;

  private static List<Class<?>> layers() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.autograd.nn")
            .stream()
            .filter(one -> one.isAssignableTo(Layer.class) && !one.isInterface())
            .<Class<?>>map(JavaClass::reflect)
            .toList();
  }

  @Test
  void everyLayerHasAType() {
    assertThat(layers()).hasSizeGreaterThan(25);
    assertThat(LayerTypes.standard().classes()).containsExactlyInAnyOrderElementsOf(layers());
  }

  @Test
  void everyLayerHasACase() {
    List<Class<?>> cases = cases().<Class<?>>map(one -> one.layer().getClass()).toList();
    assertThat(cases).containsAll(layers());
  }

  /** Returns all layers but those of lambdas, which have no name in a file. */
  private static Stream<LayerCase> cases() {
    return LayerCases.all().stream().filter(one -> !one.name().contains("function"));
  }

  private Stream<DynamicTest> forAll(Consumer<LayerCase> test) {
    return cases().flatMap(one -> Stream.of(one, single(one))).map(one -> named(one, test));
  }

  private static DynamicTest named(LayerCase one, Consumer<LayerCase> test) {
    return DynamicTest.dynamicTest(one.name(), () -> test.accept(one));
  }

  private static LayerCase single(LayerCase one) {
    Tensor x = one.input().dtype().isFloating() ? one.input().to(DType.F32) : one.input();
    return LayerCase.of(one.layer().map(t -> Parameter.of(t.name(), t.to(DType.F32))), x);
  }

  /** Trains a little, so far as averages do, so that buffers are not what they start with. */
  private static void use(LayerCase one) {
    one.layer().forward(one.input(), Mode.TRAINING);
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (path, value) -> {
          Tensor other = Fixtures.in(actual, path);
          assertThat(other.dtype()).as(path).isEqualTo(value.dtype());
          assertThat(other.shape()).as(path).isEqualTo(value.shape());
          assertThat(other.toDoubleArray()).as(path).isEqualTo(value.toDoubleArray());
        });
  }

  private static void assertSame(Layer actual, Layer expected) {
    assertThat(actual).hasToString(expected.toString());
    assertSame(actual.parameters().snapshot(), expected.parameters().snapshot());
    assertSame(actual.buffers().snapshot(), expected.buffers().snapshot());
  }

  @TestFactory
  Stream<DynamicTest> aModelFileGivesTheSameLayer() {
    return forAll(
        one -> {
          use(one);
          Path file = folder.resolve("model.safetensors");
          ModelFile.save(file, one.layer());
          Layer again = ModelFile.load(file);
          assertSame(again, one.layer());
          Path second = folder.resolve("again.safetensors");
          ModelFile.save(second, again);
          assertThat(bytes(second)).isEqualTo(bytes(file));
          for (Mode mode : Mode.values()) {
            assertThat(again.forward(one.input(), mode).toDoubleArray())
                .isEqualTo(one.layer().forward(one.input(), mode).toDoubleArray());
          }
        });
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> weightsGoIntoAnotherLayer() {
    return forAll(
        one -> {
          Layer other = one.copy();
          use(one);
          for (Parameter parameter : other.parameters()) {
            parameter.assign(parameter.mul(3).add(1));
          }
          Path file = folder.resolve("weights.safetensors");
          Weights.save(file, one.layer());
          Weights.load(file, other);
          assertSame(other, one.layer());
          assertThat(other.forward(one.input()).toDoubleArray())
              .isEqualTo(one.layer().forward(one.input()).toDoubleArray());
        });
  }
}
