/** The workloads on PyTorch, through the Deep Java Library, written as its users would. */
@NullMarked
package dev.autograd.benchmarks.djl;

import org.jspecify.annotations.NullMarked;
