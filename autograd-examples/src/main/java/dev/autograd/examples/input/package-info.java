/** What the user gave and cannot be used, in one line. */
@NullMarked
package dev.autograd.examples.input;

import org.jspecify.annotations.NullMarked;
