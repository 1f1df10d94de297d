package dev.autograd;

import static dev.autograd.array.DType.BOOL;
import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static dev.autograd.array.DType.I64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Attention: identities, masks, whole rows masked, and what it refuses. */
class AttentionTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  private final Tensor q = random(1, 3, 4);
  private final Tensor k = random(2, 5, 4);
  private final Tensor v = random(3, 5, 2);

  private static Tensor random(long seed, int... dims) {
    return Tensor.normal(new Random(seed), F64, dims).withGrad();
  }

  private static Tensor slope(Tensor y, Tensor x) {
    return Autograd.grad(y.square().sum(), x, GradOptions.createGraph());
  }

  private static void assertClose(Tensor actual, Tensor expected, double bound) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(bound));
  }

  @Test
  void isTheWeightedMeanOfTheValues() {
    Tensor weights = q.matmul(k.transpose()).div(2).softmax(-1);
    assertClose(q.attention(k, v), weights.matmul(v), 1e-15);
  }

  @Test
  void equalKeysGiveTheMeanOfTheValues() {
    Tensor equal = random(4, 1, 4).broadcastTo(5, 4);
    assertClose(q.attention(equal, v), v.mean(0).broadcastTo(3, 2), 1e-15);
  }

  @Test
  void aSingleKeyGivesItsValueAndFitsWhateverItIs() {
    Tensor key = random(4, 1, 4);
    Tensor value = random(5, 1, 2);
    Tensor y = q.attention(key, value);
    assertClose(y, value.broadcastTo(3, 2), 0);
    assertThat(slope(y, key).add(0).toDoubleArray()).containsOnly(0);
  }

  @Test
  void theOrderOfKeysDoesNotMatterAndThatOfQueriesIsKept() {
    Tensor y = q.attention(k, v);
    assertClose(q.attention(reversed(k), reversed(v)), y, 1e-15);
    assertClose(reversed(q).attention(k, v), reversed(y), 0);
  }

  private static Tensor reversed(Tensor x) {
    List<Tensor> rows = new ArrayList<>(x.unstack(0));
    Collections.reverse(rows);
    return Tensor.stack(0, rows);
  }

  @Test
  void largeScoresDoNotOverflow() {
    Tensor y = q.mul(1e200).attention(k, v);
    assertThat(y.toDoubleArray()).doesNotContain(Double.NaN);
  }

  @Test
  void leadingAxesBroadcast() {
    Tensor heads = random(6, 2, 3, 4);
    Tensor y = heads.attention(k.unsqueeze(0), v);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3, 2));
    assertClose(y.select(0, 1), heads.select(0, 1).attention(k, v), 1e-15);
  }

  // ---------------------------------------------------------------- masks

  @Test
  void anAddedMaskOfMinusInfinityIsAChoice() {
    Tensor added =
        Tensor.of(
            new double[][] {
              {0, -INF, 0, 0, -INF}, {-INF, 0, 0, -INF, 0}, {-INF, -INF, -INF, -INF, -INF}
            });
    Tensor chosen = q.attention(k, v, added.eq(0));
    Tensor y = q.attention(k, v, added);
    assertClose(y, chosen, 0);
    for (Tensor x : List.of(q, k, v)) {
      assertClose(slope(y, x), slope(chosen, x), 0);
    }
  }

  @Test
  void aQueryThatSeesNothingGetsZerosAndNoGradientInAnyOrder() {
    Tensor rows = Tensor.of(new double[][] {{1}, {0}, {1}});
    for (Tensor mask : List.of(rows.gt(0), rows.log())) {
      Tensor y = q.attention(k, v, mask.broadcastTo(3, 5));
      assertThat(y.select(0, 1).toDoubleArray()).containsExactly(0, 0);
      for (Tensor x : List.of(q, k, v)) {
        Tensor first = slope(y, x);
        Tensor second = slope(first, q);
        Tensor third = slope(second, q);
        for (Tensor t : List.of(first, second, third)) {
          assertThat(t.toDoubleArray()).doesNotContain(Double.NaN);
        }
        assertThat(second.select(0, 1).add(0).toDoubleArray()).containsOnly(0);
        assertThat(third.select(0, 1).add(0).toDoubleArray()).containsOnly(0);
        assertThat(second.select(0, 0).toDoubleArray()).doesNotContain(0);
      }
      assertThat(slope(y, q).select(0, 1).add(0).toDoubleArray()).containsOnly(0);
    }
  }

  @Test
  void nobodySeesAnything() {
    Tensor y = q.attention(k, v, Tensor.zeros(BOOL));
    assertThat(y.toDoubleArray()).containsOnly(0);
    for (Tensor x : List.of(q, k, v)) {
      assertThat(slope(y, x).add(0).toDoubleArray()).containsOnly(0);
    }
  }

  @Test
  void aKeyThatNobodySeesGetsNoGradient() {
    Tensor seen = Tensor.of(1.0, 1, 0, 1, 1).gt(0);
    Tensor y = q.attention(k, v, seen);
    assertThat(slope(y, k).select(0, 2).add(0).toDoubleArray()).containsOnly(0);
    assertThat(slope(y, v).select(0, 2).add(0).toDoubleArray()).containsOnly(0);
  }

  @Test
  void aLearnedMaskHasADerivative() {
    Tensor bias = random(7, 3, 5);
    Tensor g = slope(q.attention(k, v, bias), bias);
    assertThat(g.shape()).isEqualTo(Shape.of(3, 5));
    // What is added to a whole row changes nothing.
    assertClose(g.sum(1), Tensor.zeros(F64, 3), 1e-15);
  }

  // ---------------------------------------------------------------- causal

  @Test
  void eachQuerySeesItsOwnPlaceAndThoseBefore() {
    Tensor x = random(8, 5, 4);
    Tensor y = x.causalAttention(k, v);
    for (int i = 0; i < 5; i++) {
      Tensor before = x.slice(0, i, i + 1).attention(k.slice(0, 0, i + 1), v.slice(0, 0, i + 1));
      assertClose(y.slice(0, i, i + 1), before, 1e-15);
    }
  }

  @Test
  void decodingStepByStepGivesTheSame() {
    Tensor x = random(8, 5, 4);
    Tensor y = x.causalAttention(k, v);
    assertClose(x.slice(0, 4, 5).causalAttention(k, v), y.slice(0, 4, 5), 1e-15);
    assertClose(x.slice(0, 2, 5).causalAttention(k, v), y.slice(0, 2, 5), 1e-15);
  }

  @Test
  void aMaskAndTheTriangleBothCount() {
    Tensor x = random(8, 5, 4);
    Tensor padded = Tensor.of(0.0, 1, 1, 1, 1).gt(0);
    Tensor y = x.causalAttention(k, v, padded);
    assertThat(y.select(0, 0).toDoubleArray()).containsExactly(0, 0);
    assertThat(slope(y, k).toDoubleArray()).doesNotContain(Double.NaN);
    Tensor rest = x.slice(0, 1, 5).causalAttention(k.slice(0, 1, 5), v.slice(0, 1, 5));
    assertClose(y.slice(0, 1, 5), rest, 1e-15);
  }

  @Test
  void thereMustNotBeMoreQueriesThanPlaces() {
    assertThatThrownBy(() -> random(8, 6, 4).causalAttention(k, v))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "causalAttention: there are 6 queries and 5 keys; the queries are the last of the"
                + " places, so there must not be more of them");
  }

  // ---------------------------------------------------------------- refusals

  @Test
  void shapesThatDoNotFit() {
    String must =
        "; they must be [..., L, d], [..., S, d] and [..., S, v], with leading axes that broadcast";
    assertThatThrownBy(() -> q.attention(random(1, 5, 3), v))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "attention: the queries are [3, 4], the keys [5, 3] and the values [5, 2]" + must);
    assertThatThrownBy(() -> q.attention(k, random(1, 4, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith(must);
    assertThatThrownBy(() -> random(1, 4).causalAttention(k, v))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("causalAttention: the queries are [4],");
    assertThatThrownBy(() -> random(1, 2, 3, 4).attention(random(1, 3, 5, 4), v))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith(must);
    assertThatThrownBy(() -> random(1, 2, 3, 4).attention(random(1, 2, 5, 4), random(1, 3, 5, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith(must);
    assertThatThrownBy(() -> q.attention(k, v.to(F32))).isInstanceOf(DTypeException.class);
  }

  @Test
  void masksThatDoNotFit() {
    assertThatThrownBy(() -> q.attention(k, v, Tensor.zeros(BOOL, 5, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "attention: the mask is [5, 3] and the scores are [3, 5]; the mask must broadcast to"
                + " them");
    assertThatThrownBy(() -> q.attention(k, v, Tensor.zeros(I64, 3, 5)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "attention: the queries are F64 and the mask I64; it must be BOOL, true where a query"
                + " sees a key, or F64 to be added");
  }
}
