package dev.autograd;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import dev.autograd.catalogue.Catalogue;
import dev.autograd.catalogue.Grid;
import dev.autograd.catalogue.OpCase;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A recorded operation keeps exactly the values that its derivative is a function of: whatever else
 * it was given is free for the garbage collector although the graph lives on.
 */
class CaptureTest {

  /**
   * Per operand, the values its derivative needs: the operands a, b, c and the result y. An
   * operation that is not listed is linear, and its derivative needs none.
   */
  private static final Map<String, List<String>> NEEDED =
      Map.ofEntries(
          entry("mul(Tensor)", List.of("b", "a")),
          entry("chain(Tensor)", List.of("b", "a")),
          entry("div(Tensor)", List.of("b", "by")),
          entry("divInto(double)", List.of("ay")),
          entry("pow(Tensor)", List.of("ab", "aby")),
          entry("pow(double)", List.of("a")),
          entry("reciprocal()", List.of("y")),
          entry("square()", List.of("a")),
          entry("sqrt()", List.of("y")),
          entry("rsqrt()", List.of("y")),
          entry("abs()", List.of("a")),
          // 0, but NaN at NaN.
          entry("sign()", List.of("y")),
          entry("maximum(Tensor)", List.of("ab", "ab")),
          entry("maximum(double)", List.of("a")),
          entry("minimum(Tensor)", List.of("ab", "ab")),
          entry("minimum(double)", List.of("a")),
          entry("clamp(double, double)", List.of("a")),
          entry("clamp(Tensor, Tensor)", List.of("abc", "abc", "abc")),
          entry("remainder(Tensor)", List.of("", "aby")),
          entry("floor()", List.of("y")),
          entry("ceil()", List.of("y")),
          entry("round()", List.of("y")),
          entry("trunc()", List.of("y")),
          entry("exp()", List.of("y")),
          entry("expm1()", List.of("y")),
          entry("log()", List.of("a")),
          entry("log1p()", List.of("a")),
          entry("log2()", List.of("a")),
          entry("log10()", List.of("a")),
          entry("logAddExp(Tensor)", List.of("ab", "ab")),
          entry("sin()", List.of("a")),
          entry("cos()", List.of("a")),
          entry("tan()", List.of("y")),
          entry("asin()", List.of("a")),
          entry("acos()", List.of("a")),
          entry("atan()", List.of("a")),
          entry("atan2(Tensor)", List.of("ab", "ab")),
          entry("hypot(Tensor)", List.of("ay", "by")),
          entry("sinh()", List.of("a")),
          entry("cosh()", List.of("a")),
          entry("tanh()", List.of("y")),
          entry("asinh()", List.of("a")),
          entry("acosh()", List.of("a")),
          entry("atanh()", List.of("a")),
          entry("erf()", List.of("a")),
          entry("erfc()", List.of("a")),
          entry("sigmoid()", List.of("y")),
          entry("logSigmoid()", List.of("a")),
          entry("softplus()", List.of("a")),
          entry("relu()", List.of("y")),
          entry("relu6()", List.of("y")),
          entry("hardtanh(double, double)", List.of("y")),
          entry("leakyRelu(double)", List.of("a")),
          entry("elu(double)", List.of("a")),
          entry("gelu()", List.of("a")),
          entry("geluTanh()", List.of("a")),
          entry("silu()", List.of("a")),
          entry("mish()", List.of("a")),
          entry("selu()", List.of("a")),
          entry("softsign()", List.of("a")),
          entry("max(int[])", List.of("ay")),
          entry("max(Axes)", List.of("ay")),
          entry("min(int[])", List.of("ay")),
          entry("min(Axes)", List.of("ay")),
          entry("var(int[])", List.of("a")),
          entry("var(Axes)", List.of("a")),
          entry("var(Axes, int)", List.of("a")),
          entry("std(int[])", List.of("ay")),
          entry("std(Axes)", List.of("ay")),
          entry("std(Axes, int)", List.of("ay")),
          entry("norm(int[])", List.of("ay")),
          entry("norm(Axes)", List.of("ay")),
          entry("norm(Axes, double)", List.of("ay")),
          entry("cumProd(int)", List.of("ay")),
          entry("prod(int[])", List.of("a")),
          entry("prod(Axes)", List.of("a")),
          entry("logSumExp(int[])", List.of("a")),
          entry("logSumExp(Axes)", List.of("a")),
          entry("softmax(int)", List.of("y")),
          entry("logSoftmax(int)", List.of("y")),
          entry("matmul(Tensor)", List.of("b", "a")),
          entry("linear(Tensor, Tensor)", List.of("b", "a", "")),
          // The slope follows from the result, which is kept.
          entry("linear(Tensor, Tensor, Activation)", List.of("by", "ay", "y")),
          entry("dot(Tensor)", List.of("b", "a")),
          entry("outer(Tensor)", List.of("b", "a")),
          entry("Tensor.einsum(String, Tensor[])", List.of("b", "a")),
          entry("inverse()", List.of("y")),
          entry("solve(Tensor)", List.of("ay", "a")),
          entry("solveLower(Tensor)", List.of("ay", "a")),
          entry("solveUpper(Tensor)", List.of("ay", "a")),
          entry("determinant()", List.of("ay")),
          entry("logDet()", List.of("a")),
          entry("logAbsDet()", List.of("a")),
          entry("cholesky()", List.of("y")),
          entry("conv2d(Tensor)", List.of("b", "a")),
          entry("conv2d(Tensor, Convolution)", List.of("b", "a")),
          entry("conv2d(Tensor, Tensor, Convolution)", List.of("b", "a", "")),
          entry("conv1d(Tensor)", List.of("b", "a")),
          entry("conv1d(Tensor, Convolution)", List.of("b", "a")),
          entry("conv1d(Tensor, Tensor, Convolution)", List.of("b", "a", "")),
          entry("convTranspose2d(Tensor)", List.of("b", "a")),
          entry("convTranspose2d(Tensor, Convolution)", List.of("b", "a")),
          entry("convTranspose2d(Tensor, Tensor, Convolution)", List.of("b", "a", "")),
          entry("convTranspose1d(Tensor)", List.of("b", "a")),
          entry("convTranspose1d(Tensor, Convolution)", List.of("b", "a")),
          entry("convTranspose1d(Tensor, Tensor, Convolution)", List.of("b", "a", "")),
          entry("layerNorm(Tensor, Tensor, double)", List.of("b", "", "")),
          entry("rmsNorm(Tensor, double)", List.of("b", "")),
          entry("batchNorm(Tensor, Tensor, double)", List.of("b", "", "")),
          entry("groupNorm(int, Tensor, Tensor, double)", List.of("b", "", "")),
          // Of queries and keys their scaled and transposed copies.
          entry("attention(Tensor, Tensor)", List.of("c", "c", "")),
          entry("attention(Tensor, Tensor, Tensor)", List.of("c", "c", "")),
          entry("causalAttention(Tensor, Tensor)", List.of("c", "c", "")),
          entry("causalAttention(Tensor, Tensor, Tensor)", List.of("c", "c", "")),
          entry("Losses.bce(Tensor, Tensor)", List.of("ab", "a")),
          entry("Losses.bce(Tensor, Tensor, Reduction)", List.of("ab", "a")),
          entry("Losses.bce(Tensor, Tensor, LossOptions)", List.of("ab", "a")),
          entry("Losses.bceWithLogits(Tensor, Tensor)", List.of("ab", "a")),
          entry("Losses.bceWithLogits(Tensor, Tensor, Reduction)", List.of("ab", "a")),
          entry("Losses.bceWithLogits(Tensor, Tensor, LossOptions)", List.of("ab", "a")),
          entry("Losses.hinge(Tensor, Tensor)", List.of("b", "a")),
          entry("Losses.hinge(Tensor, Tensor, Reduction)", List.of("b", "a")),
          entry("Losses.hinge(Tensor, Tensor, LossOptions)", List.of("b", "a")),
          entry("Losses.gaussianNll(Tensor, Tensor, Tensor)", List.of("c", "c", "c")),
          entry("Losses.gaussianNll(Tensor, Tensor, Tensor, Reduction)", List.of("c", "c", "c")),
          entry("Losses.gaussianNll(Tensor, Tensor, Tensor, LossOptions)", List.of("c", "c", "c")),
          entry("Losses.poissonNll(Tensor, Tensor)", List.of("b", "a")),
          entry("Losses.poissonNll(Tensor, Tensor, Reduction)", List.of("b", "a")),
          entry("Losses.poissonNll(Tensor, Tensor, LossOptions)", List.of("b", "a")),
          entry("Losses.klDiv(Tensor, Tensor)", List.of("b", "b")),
          entry("Losses.klDiv(Tensor, Tensor, Reduction)", List.of("b", "b")),
          entry("Losses.klDiv(Tensor, Tensor, LossOptions)", List.of("b", "b")),
          entry("Losses.crossEntropy(Tensor, int[])", List.of("a")),
          entry("Losses.crossEntropy(Tensor, int[], Reduction)", List.of("a")),
          // The logarithms of the probabilities stand between the logits and these.
          entry("Losses.crossEntropy(Tensor, Tensor)", List.of("b", "")),
          entry("Losses.crossEntropy(Tensor, Tensor, Reduction)", List.of("b", "")));

  private static final int COLLECTIONS = 20;

  /** One recorded call whose tensors are gone, with weak references to where their numbers were. */
  private record Recorded(
      String what, Vertex graph, Map<String, WeakReference<Object>> storage, String needed) {

    String kept() {
      return storage.entrySet().stream()
          .filter(place -> place.getValue().get() != null)
          .map(Map.Entry::getKey)
          .collect(Collectors.joining());
    }
  }

  @Test
  void operationsKeepWhatTheirDerivativesNeed() {
    List<Recorded> recorded = new ArrayList<>();
    representatives().values().forEach(c -> recordAll(c, recorded));

    for (int i = 0; i < COLLECTIONS && anyKeepsMore(recorded); i++) {
      System.gc();
    }

    assertThat(recorded).hasSizeGreaterThan(100);
    for (Recorded each : recorded) {
      assertThat(each.kept())
          .as("kept by %s (%s)", each.what(), each.graph())
          .isEqualTo(each.needed());
    }
  }

  @Test
  void theTableNamesOperationsThatExist() {
    assertThat(representatives().keySet()).containsAll(NEEDED.keySet());
  }

  private static boolean anyKeepsMore(List<Recorded> recorded) {
    return recorded.stream().anyMatch(each -> each.kept().length() > each.needed().length());
  }

  /** Returns the largest call of each operation that makes a new tensor. */
  private static Map<String, OpCase> representatives() {
    Map<String, OpCase> chosen = new LinkedHashMap<>();
    Catalogue.cases().stream()
        .filter(CaptureTest::isRecorded)
        .sorted(Comparator.comparing(CaptureTest::size).reversed())
        .forEach(c -> chosen.putIfAbsent(c.op().signature(), c));
    return chosen;
  }

  private static int size(OpCase c) {
    return c.operands().stream().mapToInt(Grid::size).sum();
  }

  private static boolean isRecorded(OpCase c) {
    List<Tensor> leaves = leaves(c, -1);
    Tensor y = c.call().apply(leaves);
    return y.requiresGrad() && !leaves.contains(y);
  }

  /** Returns the operands, tracked where a bit is set. */
  private static List<Tensor> leaves(OpCase c, int tracked) {
    List<Tensor> operands = new ArrayList<>();
    for (int i = 0; i < c.operands().size(); i++) {
      Tensor operand = c.operands().get(i).tensor(DType.F64);
      operands.add((tracked >> i & 1) != 0 ? operand.withGrad() : operand);
    }
    return operands;
  }

  /** Records a call once per choice of tracked operands. */
  private static void recordAll(OpCase c, List<Recorded> into) {
    int operands = Math.min(c.operands().size(), 3);
    for (int tracked = 1; tracked < 1 << operands; tracked++) {
      // A loss whose target is tracked and whose prediction is not is refused.
      if ((tracked & 3) != 2 || !c.op().signature().startsWith("Losses")) {
        into.add(record(c, tracked));
      }
    }
  }

  private static Recorded record(OpCase c, int tracked) {
    List<Tensor> operands = leaves(c, tracked);
    Tensor y = c.call().apply(operands);
    Map<String, WeakReference<Object>> storage = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(operands.size(), 3); i++) {
      storage.put("abc".substring(i, i + 1), weakly(operands.get(i)));
    }
    storage.put("y", weakly(y));
    return new Recorded(c + " tracked " + tracked, y.vertex(), storage, needed(c, tracked));
  }

  private static WeakReference<Object> weakly(Tensor tensor) {
    return new WeakReference<>(tensor.unguarded().data());
  }

  private static String needed(OpCase c, int tracked) {
    List<String> perOperand = Optional.ofNullable(NEEDED.get(c.op().signature())).orElse(List.of());
    TreeSet<String> all = new TreeSet<>();
    for (int i = 0; i < perOperand.size(); i++) {
      if ((tracked >> i & 1) != 0) {
        perOperand.get(i).chars().forEach(letter -> all.add(String.valueOf((char) letter)));
      }
    }
    return String.join("", all);
  }
}
