/**
 * Matrix products by native libraries, on the arrays of the Java heap: oneDNN, OpenBLAS, MKL or any
 * library with the C interface of BLAS.
 *
 * <p>The way of a library: {@link dev.autograd.natives.Libraries} decides which are wanted, {@link
 * dev.autograd.natives.Carrier} finds the jar of each, {@link dev.autograd.natives.Extraction}
 * copies it to a private directory, {@link dev.autograd.natives.ForeignLibrary} opens it, {@link
 * dev.autograd.natives.ForeignProducts} makes its product a {@link dev.autograd.natives.Product},
 * and {@link dev.autograd.natives.NativeKernels} puts that above other kernels. Before Java 22,
 * {@link dev.autograd.natives.JniProducts} takes the place of the last but one.
 */
@NullMarked
package dev.autograd.natives;

import org.jspecify.annotations.NullMarked;
