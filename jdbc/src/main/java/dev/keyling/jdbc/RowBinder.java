package dev.keyling.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Sets the parameters of a statement from an element.
 *
 * @param <T> the elements; never null
 */
@FunctionalInterface
public interface RowBinder<T> {

  /**
   * Sets all parameters, by {@code setString}, {@code setLong}, {@code setObject} and the like, of
   * scalars, texts, bytes, dates and times; nothing else may be called. What is set is stored until
   * the checkpoint completes, so streams, arrays and large objects are refused.
   *
   * @throws SQLException if a value does not fit; ends the attempt
   */
  void bind(PreparedStatement statement, T element) throws SQLException;
}
