/** The programs: workloads, their comparison with a peer, and the report. */
@NullMarked
package dev.autograd.benchmarks;

import org.jspecify.annotations.NullMarked;
