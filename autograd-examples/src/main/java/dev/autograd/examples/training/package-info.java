/** Training a network on a table, with a progress line and a report. */
@NullMarked
package dev.autograd.examples.training;

import org.jspecify.annotations.NullMarked;
