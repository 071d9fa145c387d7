/** What users write: functions, and what they are handed. Part of the language. */
@NullMarked
package dev.keyling.function;

import org.jspecify.annotations.NullMarked;
