package dev.autograd;

import java.util.ArrayList;
import java.util.List;

/** Sums of products in index notation, as a static that {@link Tensor} inherits. */
abstract sealed class Einsum extends Joining permits Factories {

  /**
   * Returns a sum of products in Einstein's notation: a letter names an axis wherever it stands,
   * and what the output does not name is summed.
   *
   * <pre>{@code
   * Tensor.einsum("ij,jk->ik", a, b)            // matrix product
   * Tensor.einsum("bij,bkj->bik", a, b)         // of stacks, the right one transposed
   * Tensor.einsum("i,ij,j->", x, a, y)          // bilinear form
   * Tensor.einsum("ii->i", a)                   // diagonal
   * Tensor.einsum("...i,ij->...j", x, w)        // with any number of leading axes
   * }</pre>
   *
   * <p>Before the arrow stands one term per operand, with one letter per axis, small or capital,
   * between commas. A letter that a term repeats takes the diagonal of those axes. An ellipsis
   * stands for any number of axes, which broadcast, right-aligned. Without an arrow the output has
   * the axes of the ellipses and then, in the order of the alphabet and capitals first, the letters
   * that stand once. An axis of size 1 is repeated to the size that its letter has elsewhere.
   * Spaces do not matter.
   *
   * <p>Operands are multiplied in pairs from left to right, each pair by one matrix product over a
   * stack, or element by element where no letter is summed; a letter that only one operand still
   * has is summed before that. So write first what makes small intermediate results.
   *
   * <p>Derivative: per operand the product of g and the others, summed over what that operand does
   * not name.
   *
   * @param equation such as {@code "ij,jk->ik"}
   * @param operands one per term
   * @throws IllegalArgumentException if the equation is malformed
   * @throws ShapeException if it does not fit the number of operands, their axes or sizes
   */
  public static Tensor einsum(String equation, Tensor... operands) {
    List<Tensor> tensors = List.of(operands);
    for (Tensor operand : tensors) {
      Checks.sameFloating("einsum", tensors.get(0), operand);
    }
    EinsumEquation parsed =
        EinsumEquation.of(equation, tensors.stream().map(Tensor::shape).toList());
    List<Lettered> rest = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      Lettered operand = new Lettered(operands[i], parsed.term(i));
      rest.add(operand.withoutRepeats().withoutAxes(parsed.repeatedAxes(i)));
    }
    Lettered product = rest.remove(0);
    while (!rest.isEmpty()) {
      Lettered next = rest.remove(0);
      String later = parsed.output() + letters(rest);
      product =
          product.sumTo(later + next.letters()).times(next.sumTo(later + product.letters()), later);
    }
    return product.sumTo(parsed.output()).arrange(parsed.output()).tensor();
  }

  private static String letters(List<Lettered> operands) {
    StringBuilder letters = new StringBuilder();
    operands.forEach(operand -> letters.append(operand.letters()));
    return letters.toString();
  }
}
