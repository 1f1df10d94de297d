/** A network that learns to write as a text does, one character after the other. */
@NullMarked
package dev.autograd.examples.text;

import org.jspecify.annotations.NullMarked;
