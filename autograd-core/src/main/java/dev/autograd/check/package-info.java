/** The gradient check: analytic derivatives against finite differences. */
@NullMarked
package dev.autograd.check;

import org.jspecify.annotations.NullMarked;
