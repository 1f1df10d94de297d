/** The commands, their options, and their messages. */
@NullMarked
package dev.autograd.examples.command;

import org.jspecify.annotations.NullMarked;
