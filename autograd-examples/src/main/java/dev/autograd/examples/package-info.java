/** The runnable jar: one command per example. */
@NullMarked
package dev.autograd.examples;

import org.jspecify.annotations.NullMarked;
