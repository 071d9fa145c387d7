package dev.keyling.semantics;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the rows of the semantics that a test, or every test of a class, proves: {@code "K1"},
 * {@code "decision 8"}, {@code "error 1"}. The table in {@code docs/semantics.md} is made of these.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.SOURCE)
public @interface Proves {
  String[] value();
}
