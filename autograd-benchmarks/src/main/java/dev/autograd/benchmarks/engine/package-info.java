/** The workloads on this library, written as a user would write them. */
@NullMarked
package dev.autograd.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
