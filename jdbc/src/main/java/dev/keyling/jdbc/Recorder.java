package dev.keyling.jdbc;

import dev.keyling.jdbc.Row.Parameter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RowBinder} gets as a statement: it takes note of what is set. It sets it in the
 * real statement as well, so that a driver that cannot take a value says so while the element is
 * there.
 */
final class Recorder implements InvocationHandler {
  private final PreparedStatement real;
  private final int parameters;
  private final PreparedStatement recording;
  private final BitSet set = new BitSet();
  private List<Parameter> calls = new ArrayList<>();

  /**
   * @param parameters how many the statement has; -1 if the driver does not tell
   */
  Recorder(PreparedStatement real, int parameters) {
    this.real = real;
    this.parameters = parameters;
    this.recording =
        (PreparedStatement)
            Proxy.newProxyInstance(
                Recorder.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, this);
  }

  /** Lets the user's code set the parameters, and returns them. */
  <T> Row record(RowBinder<? super T> binder, T element) throws SQLException {
    calls = new ArrayList<>(Math.max(parameters, 4));
    set.clear();
    binder.bind(recording, element);
    int missing = set.nextClearBit(1);
    if (missing <= parameters) {
      throw new SQLException(
          "parameter %d of %d was not set; the binder sets all of them"
              .formatted(missing, parameters));
    }
    return new Row(calls);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? new Object[0] : given;
    if (method.getDeclaringClass() == Object.class) {
      return ofEveryObject(proxy, method, arguments);
    }
    Setter setter = Setter.of(method.getName(), arguments);
    if (setter == null) {
      throw new UnsupportedOperationException(
          "%s cannot be called here: a row is staged until its checkpoint completes, so only scalar parameters can be set, by setString, setLong, setObject and the like"
              .formatted(method.getName()));
    }
    boolean isNull = setter == Setter.setNull;
    boolean typed = isNull || setter == Setter.setTyped;
    Object value = isNull ? null : arguments[1];
    int index = (Integer) arguments[0];
    if (Scalar.of(value) == null) {
      throw new UnsupportedOperationException(
          "parameter %d is of %s, which cannot be staged; set a number, a text, bytes, a date or time, or a UUID"
              .formatted(index, value == null ? "no type" : value.getClass().getName()));
    }
    int sqlType = typed ? (Integer) arguments[arguments.length - 1] : 0;
    setter.set(real, index, value, sqlType);
    calls.add(new Parameter(index, setter, value, sqlType));
    set.set(index);
    return null;
  }

  private Object ofEveryObject(Object proxy, Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "equals":
        return proxy == arguments[0];
      case "hashCode":
        return System.identityHashCode(proxy);
      default:
        try {
          return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
          throw e.getTargetException();
        }
    }
  }
}
