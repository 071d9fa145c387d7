/**
 * An exactly-once sink into a database. {@link dev.keyling.jdbc.JdbcSink} is what users touch.
 * Knows the connectors of the language and the JDK, nothing else.
 */
@NullMarked
package dev.keyling.jdbc;

import org.jspecify.annotations.NullMarked;
