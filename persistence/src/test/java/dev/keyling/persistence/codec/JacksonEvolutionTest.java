package dev.keyling.persistence.codec;

import static dev.keyling.persistence.codec.JacksonCodecProviderTest.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.persistence.codec.JacksonCodecProviderTest.Counter;
import dev.keyling.persistence.codec.JacksonCodecProviderTest.Payment;
import dev.keyling.state.Types;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What may change in a type without losing what is stored. */
class JacksonEvolutionTest {
  record Wider(String user, long amount, BigDecimal price, Instant at, int added, String text) {}

  record Narrower(long amount) {}

  @Test
  void ignoresFieldsThatAreGoneAndDefaultsThoseThatAreNew() {
    byte[] stored = Types.of(Payment.class).codec().encode(PAYMENT);
    assertThat(Types.of(Narrower.class).codec().decode(stored)).isEqualTo(new Narrower(12));
    assertThat(Types.of(Wider.class).codec().decode(stored))
        .isEqualTo(new Wider("käte", 12, PAYMENT.price(), PAYMENT.at(), 0, null));
  }

  @Test
  void keepsTheBytesThatEarlierVersionsWrote() {
    assertThat(HexFormat.of().formatHex(Types.of(Payment.class).codec().encode(PAYMENT)))
        .isEqualTo(
            "bf6475736572656bc3a4746566616d6f756e740c657072696365c4822118646261747"
                + "81e313937302d30312d30315430303a30303a30372e3132333435363738395aff");
    assertThat(HexFormat.of().formatHex(Types.of(Counter.class).codec().encode(new Counter())))
        .isEqualTo("bf647365656e806373756d00ff");
  }
}
