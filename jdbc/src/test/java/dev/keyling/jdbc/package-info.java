/** Tests of the JDBC sink, against an embedded database and a real server. */
@NullMarked
package dev.keyling.jdbc;

import org.jspecify.annotations.NullMarked;
