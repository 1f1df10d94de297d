package dev.autograd.golden;

import dev.autograd.Tensor;
import dev.autograd.golden.GoldenOps.Op;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Trigonometric functions, rounding, and what else acts element by element. */
final class GoldenElementwise {

  private GoldenElementwise() {}

  static void addTo(Map<String, Op> table) {
    unary(table, "log2", Tensor::log2);
    unary(table, "log10", Tensor::log10);
    unary(table, "erfc", Tensor::erfc);
    unary(table, "tan", Tensor::tan);
    unary(table, "asin", Tensor::asin);
    unary(table, "acos", Tensor::acos);
    unary(table, "atan", Tensor::atan);
    unary(table, "sinh", Tensor::sinh);
    unary(table, "cosh", Tensor::cosh);
    unary(table, "asinh", Tensor::asinh);
    unary(table, "acosh", Tensor::acosh);
    unary(table, "atanh", Tensor::atanh);
    unary(table, "floor", Tensor::floor);
    unary(table, "ceil", Tensor::ceil);
    unary(table, "round", Tensor::round);
    unary(table, "trunc", Tensor::trunc);
    unary(table, "relu6", Tensor::relu6);
    unary(table, "selu", Tensor::selu);
    unary(table, "mish", Tensor::mish);
    unary(table, "softsign", Tensor::softsign);
    unary(table, "gelu_tanh", Tensor::geluTanh);
    table.put("hardtanh", (in, a) -> in.get(0).hardtanh(a.number("min", -1), a.number("max", 1)));
    binary(table, "atan2", Tensor::atan2);
    binary(table, "hypot", Tensor::hypot);
    binary(table, "logaddexp", Tensor::logAddExp);
  }

  private static void unary(Map<String, Op> table, String name, UnaryOperator<Tensor> f) {
    table.put(name, (in, a) -> f.apply(in.get(0)));
  }

  private static void binary(Map<String, Op> table, String name, BinaryOperator<Tensor> f) {
    table.put(name, (in, a) -> f.apply(in.get(0), in.get(1)));
  }
}
