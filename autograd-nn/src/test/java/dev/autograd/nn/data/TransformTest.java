package dev.autograd.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TransformTest {

  private static final Tensor X = Tensor.of(new double[][] {{1, 10}, {3, 30}, {5, 80}});

  // ---------------------------------------------------------------- MinMax

  @Test
  void bringsColumnsIntoARange() {
    MinMax scaled = MinMax.fit(X);
    assertThat(scaled.minimum().toDoubleArray()).containsExactly(1, 10);
    assertThat(scaled.span().toDoubleArray()).containsExactly(4, 70);
    assertThat(scaled.transform(X).toDoubleArray()).containsExactly(0, 0, 0.5, 20.0 / 70, 1, 1);
    assertThat(scaled.to(-1, 1).transform(X).toDoubleArray())
        .containsExactly(new double[] {-1, -1, 0, -3.0 / 7, 1, 1}, within(1e-15));
  }

  @Test
  void otherRowsMayLieOutside() {
    assertThat(MinMax.fit(X).transform(Tensor.of(9.0, -60)).toDoubleArray()).containsExactly(2, -1);
  }

  @Test
  void constantColumnsAreMovedOnly() {
    MinMax scaled = MinMax.fit(Tensor.of(new double[][] {{7, 1}, {7, 2}})).to(2, 4);
    assertThat(scaled.span().toDoubleArray()).containsExactly(1, 1);
    assertThat(scaled.transform(Tensor.of(7.0, 2)).toDoubleArray()).containsExactly(2, 4);
    assertThat(scaled.inverse(Tensor.of(2.0, 4)).toDoubleArray()).containsExactly(7, 2);
  }

  @Test
  void keepsTheElementType() {
    MinMax scaled = MinMax.fit(Tensor.of(new float[][] {{1}, {3}}));
    assertThat(scaled.transform(Tensor.of(4f)).toFloatArray()).containsExactly(1.5f);
  }

  @Test
  void refusesWhatHasNoRange() {
    assertThatThrownBy(() -> MinMax.fit(Tensor.of(1, 2))).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> MinMax.fit(Tensor.zeros(DType.F64, 0, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("no rows");
    assertThatThrownBy(() -> MinMax.fit(Collections.emptyIterator()))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("no batch");
    Tensor wide = Tensor.of(new double[][] {{0, -1e308}, {1, 1e308}});
    assertThatThrownBy(() -> MinMax.fit(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column 1 would be divided by Infinity");
    MinMax scaled = MinMax.fit(X);
    for (double to : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> scaled.to(0, to))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the range is 0.0 to " + to);
    }
    assertThatThrownBy(() -> scaled.inverse(Tensor.of(1.0)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("MinMax: inverse of [1]; its last size must be 2, the number of columns");
    Tensor one = Tensor.of(1.0);
    assertThatThrownBy(() -> new MinMax(one, X, 0, 1)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> new MinMax(one, Tensor.of(1f), 0, 1))
        .isInstanceOf(DTypeException.class);
  }

  // ---------------------------------------------------------------- batches

  @Property(tries = 100)
  void batchesGiveWhatTheTableGives(
      @ForAll @IntRange(min = 1, max = 12) int size, @ForAll long seed) {
    Tensor x = Tensor.normal(new Random(seed), DType.F64, 30, 3).mul(5).add(1e6);
    DataLoader<Tensor> loader = DataLoader.of(Dataset.of(x), size);
    try (Loading<Tensor> first = loader.epoch(0);
        Loading<Tensor> second = loader.epoch(0)) {
      MinMax batches = MinMax.fit(first);
      MinMax table = MinMax.fit(x);
      assertThat(batches.minimum().toDoubleArray()).isEqualTo(table.minimum().toDoubleArray());
      assertThat(batches.span().toDoubleArray()).isEqualTo(table.span().toDoubleArray());
      Standardizer all = Standardizer.fit(x);
      Standardizer gathered = Standardizer.fit(second);
      assertThat(gathered.mean().allClose(all.mean(), 1e-15, 0)).isTrue();
      assertThat(gathered.scale().allClose(all.scale(), 1e-9, 0)).isTrue();
    }
  }

  /** Finite columns must not become infinities by the way they are scaled. */
  @Test
  void refusesColumnsThatTheTypeCannotScale() {
    for (double[][] column :
        new double[][][] {{{0}, {1e-200}}, {{-1e200}, {1e200}}, {{-1e308}, {1e308}}}) {
      Tensor x = Tensor.of(column);
      String reason = column[1][0] < 1 ? "too close together for F64" : "too far apart for F64";
      assertThatThrownBy(() -> Standardizer.fit(x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(reason);
      assertThatThrownBy(() -> Standardizer.fit(List.of(x).iterator()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(reason);
    }
    Tensor wide = Tensor.of(new float[][] {{-3e38f}, {3e38f}});
    assertThatThrownBy(() -> MinMax.fit(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column 0 would be divided by Infinity")
        .hasMessageContaining("F32");
    assertThat(Standardizer.fit(wide).transform(wide).toFloatArray()).containsExactly(-1, 1);
  }

  @Test
  void deviationsOfBatchesAreExactFarFromZero() {
    Tensor far = Tensor.of(new double[][] {{1e9 + 1}, {1e9 + 3}, {1e9 + 5}});
    Standardizer gathered = Standardizer.fit(List.of(far, far).iterator());
    assertThat(gathered.mean().item()).isEqualTo(1e9 + 3);
    assertThat(gathered.scale().item()).isCloseTo(Math.sqrt(8.0 / 3), within(1e-15));
    Tensor tenth = Tensor.of(new double[][] {{0.1}, {0.1}, {0.1}});
    assertThat(Standardizer.fit(List.of(tenth).iterator()).scale().item()).isEqualTo(1);
  }

  @Test
  void batchesMustFitTogether() {
    Tensor nan = Tensor.of(new double[][] {{0, Double.NaN}});
    assertThatThrownBy(() -> Standardizer.fit(List.of(X, X, nan).iterator()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Standardizer: row 6, column 1 is NaN");
    Tensor one = Tensor.of(new double[][] {{1}});
    assertThatThrownBy(() -> MinMax.fit(List.of(X, one).iterator()))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("the first one had 2 columns");
    assertThatThrownBy(() -> MinMax.fit(List.of(X, X.to(DType.F32)).iterator()))
        .isInstanceOf(DTypeException.class);
  }

  // ---------------------------------------------------------------- composition

  @Property(tries = 100)
  void inversesUndoTransforms(@ForAll long seed) {
    Tensor x = Tensor.normal(new Random(seed), DType.F64, 20, 3).mul(7).add(3);
    Standardizer standard = Standardizer.fit(x);
    Transform both = standard.andThen(MinMax.fit(standard.transform(x)).to(-2, 3));
    Tensor y = both.transform(x);
    assertThat(y.min().item()).isCloseTo(-2, within(1e-14));
    assertThat(y.max().item()).isCloseTo(3, within(1e-14));
    assertThat(both.inverse(y).allClose(x, 1e-12, 1e-12)).isTrue();
  }

  // ---------------------------------------------------------------- OneHot

  private final OneHot<String> colours = OneHot.fit(List.of("red", "green", "red", "blue"));

  @Test
  void categoriesAreInAscendingOrder() {
    assertThat(colours.categories()).containsExactly("blue", "green", "red");
    assertThat(colours.width()).isEqualTo(3);
    assertThat(colours.transform(List.of("red", "blue")).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0, 0, 1}, {1, 0, 0}});
    assertThat(colours.indices(List.of("green", "red"))).containsExactly(1, 2);
    OneHot<Integer> numbers = OneHot.fit(IntStream.of(30, 4, 30).boxed().toList());
    assertThat(numbers.indices(List.of(30, 4))).containsExactly(1, 0);
  }

  @Test
  void inverseNamesTheLargest() {
    Tensor p = Tensor.of(new double[][] {{0.2, 0.5, 0.3}, {0.4, 0.2, 0.4}});
    assertThat(colours.inverse(p)).containsExactly("green", "blue");
  }

  @Test
  void unknownValuesAreRefusedOrHaveAColumn() {
    assertThatThrownBy(() -> colours.indices(List.of("red", "pink")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "OneHot: row 1 is \"pink\", which was not among the rows learnt from: [blue, green,"
                + " red]; leave the row out, or ask for a column of unknown ones, withUnknown()");
    OneHot<String> open = colours.withUnknown();
    assertThat(open.transform(List.of("pink")).toDoubleArray()).containsExactly(0, 0, 0, 1);
    assertThat(open.indices(List.of("pink", "blue"))).containsExactly(3, 0);
    assertThatThrownBy(() -> open.inverse(open.transform(List.of("pink"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is lost");
  }

  @Test
  void refusesWhatAreNoCategories() {
    assertThatThrownBy(() -> OneHot.fit(List.<String>of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OneHot<>(List.of("a", "a"), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[a, a]");
    assertThatThrownBy(() -> colours.inverse(X)).isInstanceOf(ShapeException.class);
    OneHot<Integer> many = OneHot.fit(IntStream.range(0, 12).boxed().toList());
    assertThatThrownBy(() -> many.indices(List.of(12)))
        .hasMessageContaining("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9] and 2 more");
  }
}
