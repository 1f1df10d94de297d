package dev.autograd.check;

import dev.autograd.DTypeException;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;

/** The inputs a user names, or the reason why they cannot be checked. */
final class Inputs {

  private Inputs() {}

  /** Returns copies of the values of tensors that differences can be taken at. */
  static List<Block> blocks(List<? extends Tensor> inputs) {
    List<Block> blocks = new ArrayList<>(inputs.size());
    for (Tensor input : inputs) {
      String name = input.name();
      String label = name.isEmpty() ? "input " + blocks.size() : '"' + name + '"';
      // Integers are refused before they are converted.
      requireType(input, label);
      Block block = new Block(name, label, input.shape(), input.toDoubleArray());
      requireFinite(block);
      blocks.add(block);
    }
    return blocks;
  }

  private static void requireType(Tensor input, String label) {
    String asked = "gradient check: " + label + " " + input.shape() + " is ";
    if (input.dtype() == DType.F32) {
      throw new DTypeException(
          asked
              + "F32, too coarse for differences; convert it with to(F64), F32 operations are tested"
              + " against their F64 twins");
    }
    if (input.dtype() != DType.F64) {
      throw new DTypeException(
          asked
              + input.dtype()
              + ", which has no derivative; let the function close over it instead: of(x -> f(x,"
              + " indices)).at(x)");
    }
  }

  private static void requireFinite(Block block) {
    for (int i = 0; i < block.values().length; i++) {
      double x = block.values()[i];
      if (!Double.isFinite(x)) {
        throw new IllegalArgumentException(
            "gradient check: "
                + block.label()
                + " is "
                + x
                + " at "
                + Block.index(block.shape(), i)
                + "; there is no difference around it, choose finite inputs");
      }
    }
  }

  /** Returns the inputs as parameters, each once. */
  static List<Parameter> parameters(List<Tensor> inputs) {
    List<Parameter> parameters = new ArrayList<>();
    for (Tensor input : inputs) {
      if (!(input instanceof Parameter parameter)) {
        throw new IllegalArgumentException(
            "gradient check: input "
                + inputs.indexOf(input)
                + " "
                + input.shape()
                + " is no Parameter, and a function without arguments reads the same tensor"
                + " whatever value is tried; pass it as an argument, of(x -> ...).at(x), or make it"
                + " a Parameter");
      }
      if (parameter.frozen()) {
        throw new IllegalArgumentException(
            "gradient check: parameter \""
                + parameter.name()
                + "\" is frozen and gets no gradient; unfreeze() it or leave it out");
      }
      if (!parameters.contains(parameter)) {
        parameters.add(parameter);
      }
    }
    return parameters;
  }
}
