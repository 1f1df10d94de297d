/** From a CSV file to numbers: rows with their lines, columns, targets, encoded features. */
@NullMarked
package dev.autograd.examples.table;

import org.jspecify.annotations.NullMarked;
