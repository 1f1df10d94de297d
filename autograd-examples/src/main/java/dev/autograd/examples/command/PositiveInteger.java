package dev.autograd.examples.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts an argument to a whole number from 1 to a million. */
final class PositiveInteger implements ITypeConverter<Integer> {

  private static final int LARGEST = 1_000_000;

  @Override
  public Integer convert(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= LARGEST) {
        return number;
      }
    } catch (NumberFormatException notWhole) {
      // Reported below, as a number out of range is.
    }
    throw new TypeConversionException(
        "'" + text + "' is no whole number from 1 to " + LARGEST);
  }
}
