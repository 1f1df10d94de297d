package dev.autograd.testkit;

import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of a random graph; its result is multiplied by a scale and moved by a shift, which are 1
 * and 0 mostly.
 *
 * @param op which operation
 * @param operands the ids of values made before
 * @param numbers what the call takes besides
 * @param scale a power of two
 * @param shift a multiple of a quarter
 */
record Instruction(
    GraphOp op, List<Integer> operands, List<Integer> numbers, double scale, double shift) {

  /** Returns the result on values found by their ids. */
  Tensor apply(List<Tensor> values, int id, Wiring wiring) {
    List<Tensor> chosen = new ArrayList<>(operands.size());
    for (int from : operands) {
      chosen.add(wiring.carry(from, id, values.get(from)));
    }
    return normalise(op.apply(chosen, numberArray()));
  }

  /** Returns a result of the operation, scaled and moved. */
  Tensor normalise(Tensor result) {
    Tensor scaled = scale == 1 ? result : result.mul(scale);
    return shift == 0 ? scaled : scaled.add(shift);
  }

  /** Returns the result on an engine's values, found by their ids. */
  <V> V applyOn(Engine<V> engine, List<V> values) {
    V result = engine.apply(op, operands.stream().map(values::get).toList(), numberArray());
    return scale == 1 && shift == 0 ? result : engine.affine(result, scale, shift);
  }

  /** Returns the same call with its operands elsewhere. */
  Instruction on(List<Integer> others) {
    return new Instruction(op, others, numbers, scale, shift);
  }

  /** Returns the same call of another operation. */
  Instruction by(GraphOp other) {
    return new Instruction(other, operands, numbers, scale, shift);
  }

  /** Returns the same call with its result normalised otherwise. */
  Instruction normalised(double scale, double shift) {
    return new Instruction(op, operands, numbers, scale, shift);
  }

  /** Returns the call in Java. */
  String print(List<String> names) {
    return op.print(names, numberArray())
        + (scale == 1 ? "" : ".mul(" + scale + ")")
        + (shift == 0 ? "" : ".add(" + shift + ")");
  }

  private int[] numberArray() {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
