package dev.keyling.examples.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What becomes of input that an example cannot handle. */
enum ErrorPolicy {
  /** It fails the job. */
  FAIL,
  /** It is put aside with the reason, and counted. */
  SKIP;

  /** Reads the policy as it is written on the command line. */
  static final class Converter implements ITypeConverter<ErrorPolicy> {
    @Override
    public ErrorPolicy convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "fail" -> FAIL;
        case "skip" -> SKIP;
        default -> throw new TypeConversionException("'" + text + "' is neither fail nor skip");
      };
    }
  }
}
