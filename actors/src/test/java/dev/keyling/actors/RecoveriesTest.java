package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveriesTest {
  private final List<String> begun = new ArrayList<>();
  private final Recoveries recoveries = new Recoveries(2);

  private Recoveries.Turn ask(String name) {
    return recoveries.ask(() -> begun.add(name));
  }

  @Test
  void aFewBeginAtOnceAndTheOthersInOrderAsTheyEnd() {
    Recoveries.Turn a = ask("a");
    Recoveries.Turn b = ask("b");
    ask("c");
    ask("d");
    assertThat(begun).containsExactly("a", "b");
    b.end();
    assertThat(begun).containsExactly("a", "b", "c");
    a.end();
    assertThat(begun).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whoeverGoesBeforeItsTurnTakesNobodysPlace() {
    Recoveries.Turn a = ask("a");
    ask("b");
    Recoveries.Turn c = ask("c");
    ask("d");
    c.end();
    assertThat(begun).containsExactly("a", "b");
    a.end();
    assertThat(begun).containsExactly("a", "b", "d");
  }

  @Test
  void endingTwiceMakesRoomForOne() {
    Recoveries.Turn a = ask("a");
    ask("b");
    ask("c");
    ask("d");
    a.end();
    a.end();
    assertThat(begun).containsExactly("a", "b", "c");
  }
}
