package dev.keyling.system;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import javax.sql.DataSource;

/** A database that lights the {@link Fuse} before it commits a transaction. */
final class KillingDatabase {
  /** What the transactions of a thread are for. */
  private static final ThreadLocal<KillPoint> DURING = new ThreadLocal<>();

  private KillingDatabase() {}

  static void during(KillPoint point) {
    DURING.set(point);
  }

  static DataSource at(String url) {
    return proxy(
        DataSource.class,
        (proxy, method, arguments) -> {
          Connection real = DriverManager.getConnection(url);
          return proxy(
              Connection.class,
              (connection, call, given) -> {
                if (call.getName().equals("commit") && DURING.get() != null) {
                  Fuse.at(DURING.get());
                }
                try {
                  return call.invoke(real, given);
                } catch (InvocationTargetException e) {
                  throw e.getTargetException();
                }
              });
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            KillingDatabase.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
