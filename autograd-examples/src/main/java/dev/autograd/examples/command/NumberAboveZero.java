package dev.autograd.examples.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts an argument to a number above 0. */
abstract class NumberAboveZero implements ITypeConverter<Double> {

  private final double limit;
  private final String expected;

  private NumberAboveZero(double limit, String expected) {
    this.limit = limit;
    this.expected = expected;
  }

  /** Any finite number above 0. */
  static final class Finite extends NumberAboveZero {
    Finite() {
      super(Double.POSITIVE_INFINITY, "number above 0");
    }
  }

  /** A number between 0 and 1, both excluded. */
  static final class Share extends NumberAboveZero {
    Share() {
      super(1, "number between 0 and 1");
    }
  }

  @Override
  public Double convert(String text) {
    try {
      double number = Double.parseDouble(text);
      if (number > 0 && number < limit) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // Reported below, as a number out of range is.
    }
    throw new TypeConversionException("'" + text + "' is no " + expected);
  }
}
