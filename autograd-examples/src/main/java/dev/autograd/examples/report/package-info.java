/** A page about a run, in one file. */
@NullMarked
package dev.autograd.examples.report;

import org.jspecify.annotations.NullMarked;
