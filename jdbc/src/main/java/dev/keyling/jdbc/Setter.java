package dev.keyling.jdbc;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a statement that a {@link RowBinder} may call, by name. The ordinal is what is
 * stored.
 */
enum Setter {
  setNull((statement, index, value, type) -> statement.setNull(index, type)),
  setBoolean((statement, index, value, type) -> statement.setBoolean(index, (Boolean) value)),
  setByte((statement, index, value, type) -> statement.setByte(index, (Byte) value)),
  setShort((statement, index, value, type) -> statement.setShort(index, (Short) value)),
  setInt((statement, index, value, type) -> statement.setInt(index, (Integer) value)),
  setLong((statement, index, value, type) -> statement.setLong(index, (Long) value)),
  setFloat((statement, index, value, type) -> statement.setFloat(index, (Float) value)),
  setDouble((statement, index, value, type) -> statement.setDouble(index, (Double) value)),
  setBigDecimal(
      (statement, index, value, type) -> statement.setBigDecimal(index, (BigDecimal) value)),
  setString((statement, index, value, type) -> statement.setString(index, (String) value)),
  setNString((statement, index, value, type) -> statement.setNString(index, (String) value)),
  setBytes((statement, index, value, type) -> statement.setBytes(index, (byte[]) value)),
  setDate((statement, index, value, type) -> statement.setDate(index, (Date) value)),
  setTime((statement, index, value, type) -> statement.setTime(index, (Time) value)),
  setTimestamp((statement, index, value, type) -> statement.setTimestamp(index, (Timestamp) value)),
  setObject((statement, index, value, type) -> statement.setObject(index, value)),

  /** {@code setObject} with an SQL type behind. */
  setTyped((statement, index, value, type) -> statement.setObject(index, value, type));

  private final Call call;

  private interface Call {
    void on(PreparedStatement statement, int index, Object value, int type) throws SQLException;
  }

  Setter(Call call) {
    this.call = call;
  }

  /**
   * Sets a parameter.
   *
   * @param sqlType only of {@link #setNull} and {@link #setTyped}
   */
  @SuppressWarnings("NullAway") // all but the primitive ones take null
  void set(PreparedStatement statement, int index, @Nullable Object value, int sqlType)
      throws SQLException {
    call.on(statement, index, value, sqlType);
  }

  /** Returns the one that a method is; null if it is none of these. */
  static @Nullable Setter of(String method, Object[] arguments) {
    boolean typed = arguments.length == 3 && arguments[2] instanceof Integer;
    if (arguments.length != 2 && !typed) {
      return null;
    }
    for (Setter each : values()) {
      if (typed ? each == setTyped && method.equals("setObject") : each.name().equals(method)) {
        return each;
      }
    }
    return null;
  }
}
