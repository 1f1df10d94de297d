package dev.autograd.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.Map;

/** A case carried out: every named tensor of it, and its derivatives. */
final class Run {

  private final GoldenCase golden;
  private final DType floating;
  private final Named<Tensor> tensors = new Named<>();

  private Run(GoldenCase golden, DType floating) {
    this.golden = golden;
    this.floating = floating;
  }

  /**
   * Returns the case carried out with the given operations, its floating-point numbers in a type.
   */
  static Run of(GoldenCase golden, Map<String, GoldenOps.Op> operations, DType floating) {
    Run run = new Run(golden, floating);
    for (GoldenCase.Operand operand : golden.inputs()) {
      run.tensors.put(operand.name(), run.input(operand));
    }
    for (GoldenCase.Step step : golden.steps()) {
      List<Tensor> operands = step.operands().stream().map(run::tensor).toList();
      GoldenOps.Op op = GoldenOps.find(step.op(), operations);
      run.tensors.put(step.result(), op.apply(operands, step.attributes()));
    }
    return run;
  }

  private Tensor input(GoldenCase.Operand operand) {
    Tensor exact = Tensor.of(Json.shape(operand.json().get("shape")), operand.values());
    Tensor typed =
        switch (operand.dtype()) {
          case "int64" -> exact.to(DType.I64);
          case "bool" -> exact.ne(0);
          default -> exact.to(floating);
        };
    return operand.wantsGradient() ? typed.withGrad() : typed;
  }

  Tensor tensor(String name) {
    return tensors.of(name);
  }

  Tensor out() {
    return tensor(golden.out());
  }

  /** Returns the upstream gradient of the case. */
  Tensor cotangent() {
    return Tensor.of(out().shape(), Json.numbers(golden.json().get("cot"))).to(floating);
  }

  /** Returns the gradients of Σ cotangent · out by name, zeros where it does not depend on one. */
  Named<Tensor> gradients(List<String> names, GradOptions options) {
    return gradients(out(), names, options.seed(cotangent()));
  }

  /**
   * Returns the gradients of a one-element tensor by name, zeros where it does not depend on one.
   */
  Named<Tensor> gradients(Tensor of, List<String> names, GradOptions options) {
    Named<Tensor> byName = new Named<>();
    if (!of.requiresGrad()) {
      names.forEach(name -> byName.put(name, zeros(tensor(name).shape())));
      return byName;
    }
    Gradients gradients =
        Autograd.grad(of, names.stream().map(this::tensor).toList(), options.allowUnused());
    names.forEach(name -> byName.put(name, gradients.of(tensor(name))));
    return byName;
  }

  /**
   * Returns, with the gradients g of all names and directions v, the gradients of Σ g · v: the
   * Hessian over all inputs jointly, times v.
   */
  Named<Tensor> hessianTimes(List<String> names, JsonNode directions) {
    Named<Tensor> g = gradients(names, GradOptions.createGraph());
    Tensor sum = Tensor.full(floating, 0);
    for (String name : names) {
      double[] direction = Json.numbers(directions.get(name));
      Tensor v = Tensor.of(tensor(name).shape(), direction).to(floating);
      sum = sum.add(g.of(name).mul(v).sum());
    }
    return gradients(sum, names, GradOptions.retainGraph());
  }

  /** Returns the gradients of the sum of the squares of all first gradients. */
  Named<Tensor> gradientOfSquaredGradient(List<String> names) {
    Named<Tensor> g = gradients(names, GradOptions.createGraph());
    Tensor sum = Tensor.full(floating, 0);
    for (String name : names) {
      sum = sum.add(g.of(name).square().sum());
    }
    return gradients(sum, names, GradOptions.retainGraph());
  }

  private Tensor zeros(Shape shape) {
    return Tensor.zeros(floating, shape.toArray());
  }
}
