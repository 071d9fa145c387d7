package dev.keyling.examples.cli;

import dev.keyling.JoinEmitMode;
import dev.keyling.JoinInsertMode;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the modes of a join as they are written on the command line. */
final class Modes {
  private Modes() {}

  static final class Insert implements ITypeConverter<JoinInsertMode> {
    @Override
    public JoinInsertMode convert(String text) {
      return mode(JoinInsertMode.class, text, "first, last or product");
    }
  }

  static final class Emit implements ITypeConverter<JoinEmitMode> {
    @Override
    public JoinEmitMode convert(String text) {
      return mode(JoinEmitMode.class, text, "complete, final or running");
    }
  }

  private static <E extends Enum<E>> E mode(Class<E> modes, String text, String all) {
    try {
      return Enum.valueOf(modes, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is not " + all);
    }
  }
}
