/** Reverse-mode automatic differentiation: tensors, the tape, operations, the gradient check. */
module dev.autograd {
  requires transitive org.jspecify;
  requires org.slf4j;

  exports dev.autograd;
  exports dev.autograd.array;
  exports dev.autograd.check;

  uses dev.autograd.kernel.Backend;

  provides dev.autograd.kernel.Backend with
      dev.autograd.kernel.parallel.ParallelBackend,
      dev.autograd.kernel.scalar.PlainBackend;
}
