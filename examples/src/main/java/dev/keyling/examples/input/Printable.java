package dev.keyling.examples.input;

/** Foreign text for messages: at most 200 characters, without control characters. */
public final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /** Returns the text, cut and with {@code ?} for what would disturb a terminal. */
  public static String of(String text) {
    String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
