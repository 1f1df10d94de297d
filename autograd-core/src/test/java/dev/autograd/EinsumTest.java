package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What index notation is made of, and what it refuses. */
class EinsumTest {

  private static final Tensor A = Tensor.normal(new SplittableRandom(1), DType.F64, 2, 3);
  private static final Tensor B = Tensor.normal(new SplittableRandom(2), DType.F64, 3, 4);

  @Test
  void aMatrixProductIsOneMatrixProduct() {
    assertThat(ops("ij,jk->ik", A, B)).containsExactly("matmul");
    assertThat(ops("ji,jk->ik", A.transpose(), B)).containsExactly("matmul");
    assertThat(ops("ij,kj->ik", A, B.transpose())).containsExactly("matmul");
    assertThat(ops("ij,ij->ij", A, A)).containsExactly("mul");
  }

  @ParameterizedTest
  @ValueSource(strings = {"az,zA->aA", "AZ,Zz->Az", "za,aZ->zZ"})
  void theFirstAndTheLastLettersCount(String equation) {
    assertThat(Tensor.einsum(equation, A, B).allClose(A.matmul(B), 0, 1e-12)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"`", "{", "@", "["})
  void theirNeighboursDoNot(String sign) {
    assertThatThrownBy(() -> Tensor.einsum("i" + sign + "," + sign + "k->ik", A, B))
        .hasMessageContaining("has '" + sign + "' where a letter must stand");
  }

  @Test
  void theLastAxisOfTheEllipsisIsNamed() {
    assertThatThrownBy(() -> Tensor.einsum("...,...", A, Tensor.zeros(DType.F64, 2, 4)))
        .hasMessage(
            "einsum: \"...,...\" gives axis -1 of the ellipsis size 3 in operand 0, which is"
                + " [2, 3], and size 4 in operand 1, which is [2, 4]; the sizes must be equal or 1");
  }

  @Test
  void isSummedBeforeItIsMultiplied() {
    assertThat(ops("ij,k->k", A, Tensor.of(1, 2))).containsExactly("sum", "mul");
    assertThat(ops("ij,jk->i", A, B)).doesNotContain("mul").contains("sum", "matmul");
  }

  @Test
  void theIdentityIsTheOperandItself() {
    assertThat(Tensor.einsum("ij", A)).isSameAs(A);
    assertThat(Tensor.einsum("...->...", A)).isSameAs(A);
  }

  private static List<String> ops(String equation, Tensor... operands) {
    Tensor[] tracked = Arrays.stream(operands).map(Tensor::withGrad).toArray(Tensor[]::new);
    return Tensor.einsum(equation, tracked).nodes().stream()
        .map(Node::op)
        .filter(op -> !op.equals("leaf") && !op.equals("constant") && !op.equals("reshape"))
        .toList();
  }

  @Test
  void theSameTensorMayStandTwice() {
    Tensor x = A.withGrad();

    Tensor.einsum("ij,ij->", x, x).backward();

    assertThat(x.grad().allClose(A.mul(2), 0, 1e-15)).isTrue();
  }

  @Test
  void singlePrecision() {
    Tensor y = Tensor.einsum("ij,jk->ik", A.to(DType.F32), B.to(DType.F32));

    assertThat(y.dtype()).isEqualTo(DType.F32);
    assertThat(y.to(DType.F64).allClose(A.matmul(B), 1e-5, 1e-6)).isTrue();
  }

  @Test
  void aHundredAxesOfSizeOne() {
    Tensor wide = Tensor.scalar(2);
    int[] ones = new int[100];
    Arrays.fill(ones, 1);

    Tensor y = Tensor.einsum("...,...->...", wide.reshape(ones), wide);

    assertThat(y.rank()).isEqualTo(100);
    assertThat(y.sum().item()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ij->ij | has 1 terms for 2 operands; write one term per operand",
        "ij,jk,kl | has 3 terms for 2 operands; write one term per operand",
        "ij,j->i | names 1 axes of operand 1, which is [3, 4]; write one letter per axis",
        "ijk...,jk | names 3 axes of operand 0, which is [2, 3]; write one letter per axis",
        "ij,ik->jk | gives i size 2 in operand 0, which is [2, 3], and size 3 in operand 1, which is"
            + " [3, 4]; the sizes must be equal or 1",
        "ii,jk->ik | gives i size 2 in operand 0, which is [2, 3], and size 3 in operand 0, which is"
            + " [2, 3]; the sizes must be equal for a diagonal",
        "...,... | gives axis -2 of the ellipsis size 2 in operand 0, which is [2, 3], and size 3 in"
            + " operand 1, which is [3, 4]; the sizes must be equal or 1"
      })
  void shapesThatDoNotFit(String equation, String problem) {
    assertThatThrownBy(() -> Tensor.einsum(equation, A, B))
        .isInstanceOf(ShapeException.class)
        .hasMessage("einsum: \"" + equation + "\" " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i1,jk->ik | has '1' where a letter must stand",
        "ij,jk->i->k | has '-' where a letter must stand",
        "ij,jk-ik | has '-' where a letter must stand",
        "ij..,jk->ik | has '.' where a letter must stand",
        "...ij...,jk->ik | has '.' where a letter must stand",
        "ij,jk->ik, | has ',' where a letter must stand",
        "ij,jk->ii | names i twice in the output; name it once, see diagonalMatrix",
        "ij,jk->il | names l in the output only; no operand has such an axis"
      })
  void equationsWithoutMeaning(String equation, String problem) {
    assertThatThrownBy(() -> Tensor.einsum(equation, A, B))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("einsum: \"" + equation + "\" " + problem);
  }

  @Test
  void operandsThatDoNotFit() {
    assertThatThrownBy(() -> Tensor.einsum("ij,jk", A, B.to(DType.F32)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("einsum: left is F64 and right is F32; convert one of them with to(DType)");
    assertThatThrownBy(() -> Tensor.einsum("i", Tensor.indices(1, 2)))
        .isInstanceOf(DTypeException.class)
        .hasMessage("einsum: the tensor is I32; it must be F32 or F64, convert it with to(F64)");
    assertThatThrownBy(() -> Tensor.einsum("ij"))
        .isInstanceOf(ShapeException.class)
        .hasMessage("einsum: \"ij\" has 1 terms for 0 operands; write one term per operand");
  }
}
