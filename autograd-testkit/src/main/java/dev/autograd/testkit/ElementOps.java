package dev.autograd.testkit;

import static dev.autograd.testkit.GraphOp.unary;

import java.util.List;

/** Functions of each element. */
final class ElementOps {

  private ElementOps() {}

  static List<GraphOp> all() {
    return List.of(
        unary("neg", "a.neg()", a -> a.neg()),
        unary("identity", "a.identity()", a -> a.identity()),
        unary("tanh", "a.tanh()", a -> a.tanh()),
        unary("sin", "a.sin()", a -> a.sin()),
        unary("cos", "a.cos()", a -> a.cos()),
        unary("sigmoid", "a.sigmoid()", a -> a.sigmoid()),
        unary("logSigmoid", "a.logSigmoid()", a -> a.logSigmoid()),
        unary("softplus", "a.softplus()", a -> a.softplus()),
        unary("gelu", "a.gelu()", a -> a.gelu()),
        unary("silu", "a.silu()", a -> a.silu()),
        unary("geluTanh", "a.geluTanh()", a -> a.geluTanh()),
        unary("mish", "a.mish()", a -> a.mish()),
        unary("erf", "a.erf()", a -> a.erf()),
        unary("erfc", "a.erfc()", a -> a.erfc()),
        unary("atan", "a.atan()", a -> a.atan()),
        unary("sinh", "a.sinh()", a -> a.sinh()),
        unary("cosh", "a.cosh()", a -> a.cosh()),
        unary("asinh", "a.asinh()", a -> a.asinh()),
        unary("exp", "a.exp()", a -> a.exp()),
        unary("expm1", "a.expm1()", a -> a.expm1()),
        unary("square", "a.square()", a -> a.square()),
        unary("subFrom", "a.subFrom(1)", a -> a.subFrom(1)),
        unary("tan", "a.sin().tan()", a -> a.sin().tan()),
        unary("asin", "a.sin().mul(0.9).asin()", a -> a.sin().mul(0.9).asin()),
        unary("acos", "a.cos().mul(0.9).acos()", a -> a.cos().mul(0.9).acos()),
        unary("acosh", "a.square().add(1.5).acosh()", a -> a.square().add(1.5).acosh()),
        unary("atanh", "a.tanh().mul(0.9).atanh()", a -> a.tanh().mul(0.9).atanh()),
        unary("sqrt", "a.square().add(1).sqrt()", a -> a.square().add(1).sqrt()),
        unary("rsqrt", "a.square().add(1).rsqrt()", a -> a.square().add(1).rsqrt()),
        unary("log", "a.square().add(0.5).log()", a -> a.square().add(0.5).log()),
        unary("log2", "a.square().add(0.5).log2()", a -> a.square().add(0.5).log2()),
        unary("log10", "a.square().add(0.5).log10()", a -> a.square().add(0.5).log10()),
        unary("log1p", "a.square().log1p()", a -> a.square().log1p()),
        unary("reciprocal", "a.square().add(1).reciprocal()", a -> a.square().add(1).reciprocal()),
        unary("divInto", "a.square().add(1).divInto(2)", a -> a.square().add(1).divInto(2)),
        unary("power", "a.square().add(1).pow(-0.75)", a -> a.square().add(1).pow(-0.75)),
        unary("relu", "a.relu()", a -> a.relu()).kinkedAt(0),
        unary("abs", "a.abs()", a -> a.abs()).kinkedAt(0),
        unary("leakyRelu", "a.leakyRelu(0.1)", a -> a.leakyRelu(0.1)).kinkedAt(0),
        unary("relu6", "a.relu6()", a -> a.relu6()).kinkedAt(0, 6),
        unary("hardtanh", "a.hardtanh(-2, 1)", a -> a.hardtanh(-2, 1)).kinkedAt(-2, 1),
        unary("selu", "a.selu()", a -> a.selu()).kinkedAt(0),
        unary("softsign", "a.softsign()", a -> a.softsign()).kinkedAt(0),
        unary("elu", "a.elu(1)", a -> a.elu(1)).kinkedAt(0),
        unary("clamp", "a.clamp(-1, 1)", a -> a.clamp(-1, 1)).kinkedAt(-1, 1),
        unary("sign", "a.mul(a.sign())", a -> a.mul(a.sign())).kinkedAt(0),
        unary("floor", "a.sub(a.floor())", a -> a.sub(a.floor())).kinkedEvery(1, 0),
        unary("ceil", "a.mul(a.ceil())", a -> a.mul(a.ceil())).kinkedEvery(1, 0),
        unary("trunc", "a.mul(a.trunc().add(1))", a -> a.mul(a.trunc().add(1))).kinkedEvery(1, 0),
        unary("round", "a.sub(a.round())", a -> a.sub(a.round())).kinkedEvery(1, 0.5),
        unary("remainder", "a.remainder(1.5)", a -> a.remainder(1.5)).kinkedEvery(1.5, 0));
  }
}
