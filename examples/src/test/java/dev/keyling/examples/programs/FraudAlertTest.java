package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.programs.FraudAlert.Alert;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

class FraudAlertTest {
  private static final List<Payment> PAYMENTS =
      List.of(
          new Payment("user1", 5000),
          new Payment("user2", 2000),
          new Payment("user1", 7000),
          new Payment("user2", 8000),
          new Payment("user1", 110000),
          new Payment("user2", 3000),
          new Payment("user2", 120000));
  private static final Alert FIRST = new Alert("user1", 7000, 110000, 103000);
  private static final Alert SECOND = new Alert("user2", 3000, 120000, 117000);

  @Test
  void alertsWhenAnAmountRisesByTenThousandOrMore() {
    assertThat(Programs.run(FraudAlert::of, PAYMENTS)).containsExactly(FIRST, SECOND);
  }

  @Test
  void alertsAtExactlyTenThousandAndNotBelow() {
    assertThat(
            Programs.run(
                FraudAlert::of,
                new Payment("u", 0),
                new Payment("u", 9_999),
                new Payment("u", 19_999)))
        .containsExactly(new Alert("u", 9_999, 19_999, 10_000));
  }

  @Test
  void remembersThePreviousPaymentWhenEveryKeyRestartsAfterEveryElement() {
    KeyedTestHarness<String, Payment, Alert> harness =
        KeyedTestHarness.of(Payment::user, Types.STRING, FraudAlert::new);
    harness.restartEveryElement(true);
    PAYMENTS.forEach(harness::processElement);
    assertThat(harness.takeOutput()).containsExactly(FIRST, SECOND);
  }
}
