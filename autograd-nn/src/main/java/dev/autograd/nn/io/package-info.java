/**
 * Files: weights and models as safetensors, arrays as NumPy and IDX keep them, and logs for
 * TensorBoard.
 *
 * <p>All files are written whole or not at all ({@link dev.autograd.nn.io.AtomicFile}), but logs,
 * which grow record by record. Readers believe nothing that a file says about itself: sizes are
 * checked against the bytes that are there before anything is allocated, and what does not fit is a
 * {@link dev.autograd.nn.io.FormatException} of one line. A file that cannot be opened, read or
 * written is an {@link java.io.UncheckedIOException}. Java serialization is used nowhere.
 */
@NullMarked
package dev.autograd.nn.io;

import org.jspecify.annotations.NullMarked;
