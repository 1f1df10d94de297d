/** What is measured, free of any engine: inputs, check values, goals. */
@NullMarked
package dev.autograd.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
