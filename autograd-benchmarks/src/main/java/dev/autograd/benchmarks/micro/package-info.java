/** JMH benchmarks: the workloads' steps, and what they are made of. */
@NullMarked
package dev.autograd.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
