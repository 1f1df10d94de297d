package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Operands of two element types are refused in the name of the operation that was called. */
class OperandTypesTest {

  private static final Tensor A = Tensor.ones(F64, 2, 2);
  private static final Tensor B = Tensor.ones(F64, 2);
  private static final Tensor NARROW = Tensor.ones(F32, 2, 2);
  private static final Tensor ROW = Tensor.ones(F32, 2);
  private static final Tensor IMAGE = Tensor.ones(F64, 1, 2, 2);
  private static final Tensor KERNEL = Tensor.ones(F32, 1, 1, 1, 1);

  private record Call(String op, Runnable run) {}

  private static List<Call> calls() {
    LossOptions weighted = LossOptions.mean().weight(ROW);
    return List.of(
        new Call("where", () -> A.where(A.gt(0), NARROW)),
        new Call("clamp", () -> A.clamp(NARROW, A)),
        new Call("clamp", () -> A.clamp(A, NARROW)),
        new Call("cosineSimilarity", () -> A.cosineSimilarity(0, NARROW)),
        new Call("layerNorm", () -> A.layerNorm(ROW, B, 0)),
        new Call("layerNorm", () -> A.layerNorm(B, ROW, 0)),
        new Call("rmsNorm", () -> A.rmsNorm(ROW, 0)),
        new Call("batchNorm", () -> A.batchNorm(ROW, B, 1)),
        new Call("batchNorm", () -> A.batchNorm(B, ROW, 1)),
        new Call("batchNorm", () -> A.batchNorm(ROW, B, B, B, 1)),
        new Call("batchNorm", () -> A.batchNorm(B, ROW, B, B, 1)),
        new Call("groupNorm", () -> A.groupNorm(1, ROW, B, 1)),
        new Call("crossEntropy", () -> Losses.crossEntropy(A, Tensor.indices(0, 1), weighted)),
        new Call("mse", () -> Losses.mse(A, NARROW)),
        new Call("cosineEmbedding", () -> Losses.cosineEmbedding(A, NARROW, B, 0)),
        new Call("tripletMargin", () -> Losses.tripletMargin(A, NARROW, A, 1)),
        new Call("tripletMargin", () -> Losses.tripletMargin(A, A, NARROW, 1)),
        new Call("matmul", () -> A.matmul(NARROW)),
        new Call("dot", () -> B.dot(ROW)),
        new Call("outer", () -> B.outer(ROW)),
        new Call("linear", () -> A.linear(NARROW, B)),
        new Call("solve", () -> A.solve(NARROW)),
        new Call("solveLower", () -> A.solveLower(NARROW)),
        new Call("solveUpper", () -> A.solveUpper(NARROW)),
        new Call("einsum", () -> Tensor.einsum("ij,jk", A, NARROW)),
        new Call("conv2d", () -> IMAGE.conv2d(KERNEL)),
        new Call("conv2d", () -> IMAGE.conv2d(KERNEL.to(F64), ROW, Convolution.stride(1))),
        new Call("convTranspose2d", () -> IMAGE.convTranspose2d(KERNEL)),
        new Call("attention", () -> A.attention(NARROW, A)),
        new Call("attention", () -> A.attention(A, NARROW)),
        new Call("scatterAdd", () -> A.scatterAdd(0, Tensor.indices(0, 1).unsqueeze(0), NARROW)),
        new Call("indexAdd", () -> A.indexAdd(0, Tensor.indices(0, 1), NARROW)),
        new Call("concat", () -> Tensor.concat(0, A, NARROW)),
        new Call("stack", () -> Tensor.stack(0, A, NARROW)));
  }

  @TestFactory
  Stream<DynamicTest> areEqual() {
    return calls().stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.op(),
                    () ->
                        assertThatThrownBy(() -> call.run().run())
                            .isInstanceOf(DTypeException.class)
                            .hasMessageStartingWith(call.op() + ": ")
                            .hasMessageContaining("F64")
                            .hasMessageContaining("F32")));
  }
}
