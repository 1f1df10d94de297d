/** Reading and writing the user's files, with messages that say what to do. */
@NullMarked
package dev.autograd.examples.file;

import org.jspecify.annotations.NullMarked;
