package dev.keyway.app.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port number, 0 included. */
final class PortConverter implements ITypeConverter<Integer> {
  private static final int GREATEST_PORT = 65_535;

  @Override
  public Integer convert(String text) {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= GREATEST_PORT) {
      return Integer.valueOf(text);
    }
    throw new TypeConversionException(
        "must be from 0 to " + GREATEST_PORT + ", not '" + text + "'");
  }
}
