package dev.autograd.examples.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts an argument to a whole number from 1 to a limit. */
abstract class PositiveInteger implements ITypeConverter<Integer> {

  private final int limit;

  private PositiveInteger(int limit) {
    this.limit = limit;
  }

  /** How often something is done, or how many rows are taken at once. */
  static final class Count extends PositiveInteger {
    Count() {
      super(1_000_000);
    }
  }

  /** The width of a layer, such that the weights between two layers fit into one array. */
  static final class Width extends PositiveInteger {
    Width() {
      super(10_000);
    }
  }

  @Override
  public Integer convert(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= limit) {
        return number;
      }
    } catch (NumberFormatException notWhole) {
      // Reported below, as a number out of range is.
    }
    throw new TypeConversionException("'" + text + "' is no whole number from 1 to " + limit);
  }
}
