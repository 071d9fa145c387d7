package dev.keyling.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupAddressTest {

  @Test
  void readsLikeAPath() {
    assertThat(new GroupAddress("fraud", "alerts", 17)).hasToString("fraud/alerts/17");
  }

  @Test
  void neverSharesAPersistenceId() {
    assertThat(new GroupAddress("fraud", "alerts", 17).persistenceId())
        .isEqualTo("keyling|fraud|alerts|17");
    assertThat(new GroupAddress("a|b", "c", 1).persistenceId())
        .isNotEqualTo(new GroupAddress("a", "b|c", 1).persistenceId());
    assertThat(new GroupAddress("a%7Cb", "c", 1).persistenceId())
        .isNotEqualTo(new GroupAddress("a|b", "c", 1).persistenceId());
  }
}
