/** Reverse-mode automatic differentiation: tensors, the tape, operations, the gradient check. */
// The module of native kernels is optional, and not there when this one is compiled.
@SuppressWarnings("module")
module dev.autograd {
  requires transitive org.jspecify;
  requires org.slf4j;

  exports dev.autograd;
  exports dev.autograd.array;
  exports dev.autograd.check;
  exports dev.autograd.kernel to
      dev.autograd.natives;

  uses dev.autograd.kernel.Backend;

  provides dev.autograd.kernel.Backend with
      dev.autograd.kernel.parallel.ParallelBackend,
      dev.autograd.kernel.scalar.PlainBackend;
}
