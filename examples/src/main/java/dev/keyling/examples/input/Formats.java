package dev.keyling.examples.input;

import dev.keyling.examples.programs.BruteForce.Failure;
import dev.keyling.examples.programs.ClicksPerMinute.Click;
import dev.keyling.examples.programs.CountWindowAverage.Reading;
import dev.keyling.examples.programs.LastPages.Visit;
import dev.keyling.examples.programs.Orders.Entry;
import dev.keyling.examples.programs.Orders.Order;
import dev.keyling.examples.programs.Orders.User;
import dev.keyling.examples.programs.Payment;
import dev.keyling.examples.programs.Sessions.Event;
import dev.keyling.examples.programs.ShoppingCart.Change;

/** The lines that the examples read. */
public final class Formats {
  public static final LineFormat<Long> NUMBER =
      LineFormat.ofFields("an integer", "42", fields -> fields.number(0));

  public static final LineFormat<Reading> READING =
      LineFormat.ofFields(
          "key,long", "sensor1,17", fields -> new Reading(fields.text(0), fields.number(1)));

  public static final LineFormat<Payment> PAYMENT =
      LineFormat.ofFields(
          "user,amount", "user1,5000", fields -> new Payment(fields.text(0), fields.number(1)));

  public static final LineFormat<Visit> VISIT =
      LineFormat.ofFields(
          "user,page", "user1,/home", fields -> new Visit(fields.text(0), fields.text(1)));

  public static final LineFormat<Change> CART_CHANGE =
      LineFormat.ofFields(
          "user,product,quantity",
          "user1,apple,2",
          fields -> new Change(fields.text(0), fields.text(1), fields.number(2)));

  public static final LineFormat<Event> EVENT =
      new LineFormat<>(
          "a line of an Apache access log or user,epochMillis",
          "user1,1431857103000",
          EventLine::read);

  public static final LineFormat<Entry> USER_OR_ORDER =
      LineFormat.ofFields("user|order,id,text", "order,user1,book", Formats::entry);

  public static final LineFormat<Click> CLICK =
      new LineFormat<>(
          "a line of an Apache access log or page,epochMillis",
          "/home,1431857103000",
          ClickLine::read);

  public static final LineFormat<Failure> AUTH_LOG =
      new LineFormat<>(
          "a line of an auth.log",
          "Mar 29 23:18:33 host sshd[6402]: Failed password for root from 192.0.2.7 port 22 ssh2",
          AuthLogLine::read);

  private Formats() {}

  private static Entry entry(Fields fields) {
    return switch (fields.text(0)) {
      case "user" -> new User(fields.text(1), fields.text(2));
      case "order" -> new Order(fields.text(1), fields.text(2));
      default ->
          throw new IllegalArgumentException(
              "\"%s\" is neither user nor order".formatted(Printable.of(fields.text(0))));
    };
  }
}
