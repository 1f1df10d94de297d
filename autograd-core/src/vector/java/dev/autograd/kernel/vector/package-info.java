/**
 * The kernels in the Vector API, for what the JIT compiler does not vectorise by itself: the matrix
 * product in registers, functions by polynomials, exceptions without branches. All else is left to
 * the kernels below.
 *
 * <p>The classes for {@code double[]} are the source, those for {@code float[]} are derived by the
 * build. They are compiled apart, because the module is incubating, and loaded by {@code
 * dev.autograd.kernel.Backends} only where it is present.
 *
 * <p>What the compiler needs (measured, JDK 17 and 25): one width of vectors per element type in
 * the whole virtual machine; operators that are constants where they are used, hence one method per
 * function; no vector in a field, an array or an argument of a method that is not inlined; and
 * loops that are compiled by themselves, hence called through handles ({@code F64Loop}).
 */
@NullMarked
package dev.autograd.kernel.vector;

import org.jspecify.annotations.NullMarked;
