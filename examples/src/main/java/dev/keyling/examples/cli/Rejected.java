package dev.keyling.examples.cli;

import dev.keyling.DeadLetter;
import dev.keyling.connector.Line;
import dev.keyling.examples.input.MalformedLineException;
import dev.keyling.examples.input.Printable;

/**
 * Input that was skipped.
 *
 * @param where {@code FILE:LINE}, or the step and key whose function threw
 * @param input the line, or the element
 * @param reason what is wrong with it
 */
record Rejected(String where, String input, String reason) {

  static Rejected of(Line line, MalformedLineException cause) {
    return new Rejected(cause.place(), line.text(), cause.reason());
  }

  static Rejected of(DeadLetter letter) {
    return new Rejected(
        "step \"%s\"".formatted(letter.stepId())
            + (letter.key() == null ? "" : " key \"%s\"".formatted(letter.key())),
        letter.element() == null ? "a timer" : letter.element().toString(),
        String.valueOf(Causes.innermost(letter.cause())));
  }

  /** Returns it for people to read. */
  String message() {
    return "rejected %s: \"%s\": %s".formatted(where, Printable.of(input), Printable.of(reason));
  }
}
