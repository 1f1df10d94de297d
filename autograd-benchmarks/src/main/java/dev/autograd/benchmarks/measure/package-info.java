/** Check values first, then rounds of timed steps. */
@NullMarked
package dev.autograd.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
