/**
 * What a block of numbers is: sizes ({@link dev.autograd.array.Shape}), element type ({@link
 * dev.autograd.array.DType}) and one Java array ({@link dev.autograd.array.NdArray}), always dense
 * and row-major. Permuting, slicing and broadcasting never make views: they are index plans ({@link
 * dev.autograd.array.Strides}, {@link dev.autograd.array.Broadcast}) that a kernel reads by.
 */
@NullMarked
package dev.autograd.array;

import org.jspecify.annotations.NullMarked;
