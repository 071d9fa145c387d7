/**
 * The examples themselves: one class each, with the records that go in and come out. They import
 * nothing but the language, so each file can be copied and changed.
 */
@NullMarked
package dev.keyling.examples.programs;

import org.jspecify.annotations.NullMarked;
