package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Comparisons of what is not of floating type. */
class ComparisonTest {

  private static final Tensor A = Tensor.of(1.0, 2, 3, 4).to(DType.I64);
  private static final Tensor B = Tensor.of(2.0, 2, 2, 3).to(DType.I64);

  @Test
  void ofIntegers() {
    assertMask(A.gt(B), 0, 0, 1, 1);
    assertMask(A.ge(B), 0, 1, 1, 1);
    assertMask(A.lt(B), 1, 0, 0, 0);
    assertMask(A.le(B), 1, 1, 0, 0);
    assertMask(A.eq(B), 0, 1, 0, 0);
    assertMask(A.ne(B), 1, 0, 1, 1);
  }

  @Test
  void ofIntegersThatBroadcast() {
    Tensor column = Tensor.indices(1, 2).unsqueeze(1);
    Tensor equal = column.eq(Tensor.indices(2, 1, 2));
    assertThat(equal.shape().toArray()).containsExactly(2, 3);
    assertMask(equal, 0, 1, 0, 1, 0, 1);
  }

  @Test
  void ofMasksTakeTrueForTheLarger() {
    List<Tensor> masks = List.of(A.eq(B), A.gt(B));
    assertMask(masks.get(0).eq(masks.get(1)), 1, 0, 0, 0);
    assertMask(masks.get(1).gt(masks.get(0)), 0, 0, 1, 1);
  }

  private static void assertMask(Tensor mask, long... expected) {
    assertThat(mask.dtype()).isEqualTo(DType.BOOL);
    assertThat(mask.toLongArray()).containsExactly(expected);
  }
}
