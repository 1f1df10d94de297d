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
      Block block =
          new Block(name, label, input.shape(), precision(input.dtype()), input.toDoubleArray());
      requireFinite(block);
      blocks.add(block);
    }
    return blocks;
  }

  private static Precision precision(DType dtype) {
    return dtype == DType.F32 ? Precision.SINGLE : Precision.DOUBLE;
  }

  /** Returns the exception for a function that changes what it is given. */
  static IllegalArgumentException changed(Block block, int element, double before, double after) {
    return new IllegalArgumentException(
        "gradient check: the function changes its inputs: "
            + block.label()
            + " "
            + Block.index(block.shape(), element)
            + " was "
            + before
            + " before it ran and is "
            + after
            + " now; it must leave them as they are, keep updates out of it");
  }

  private static void requireType(Tensor input, String label) {
    if (!input.dtype().isFloating()) {
      throw new DTypeException(
          "gradient check: "
              + label
              + " "
              + input.shape()
              + " is "
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
