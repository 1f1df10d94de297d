/**
 * What a back end has to offer: a small, closed vocabulary of loops over arrays, named by enums
 * ({@link dev.autograd.kernel.Unary}, {@link dev.autograd.kernel.Binary}, …), and nothing about
 * tensors or derivatives. {@link dev.autograd.kernel.Backend}s are found with {@link
 * java.util.ServiceLoader} and stacked over plain Java, each overriding only what it speeds up;
 * {@link dev.autograd.kernel.Backends} chooses the stack once per virtual machine.
 */
@NullMarked
package dev.autograd.kernel;

import org.jspecify.annotations.NullMarked;
