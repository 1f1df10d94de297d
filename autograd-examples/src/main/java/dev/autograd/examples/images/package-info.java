/** Networks that read and redraw images of digits. */
@NullMarked
package dev.autograd.examples.images;

import org.jspecify.annotations.NullMarked;
