package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.programs.LastPages.Pages;
import dev.keyling.examples.programs.LastPages.Visit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastPagesTest {

  @Test
  void givesTheLastFivePagesWithEveryVisit() {
    List<Visit> visits = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      visits.add(new Visit("u", "p" + i));
    }
    assertThat(Programs.run(LastPages::of, visits))
        .containsExactly(
            new Pages("u", List.of("p1")),
            new Pages("u", List.of("p1", "p2")),
            new Pages("u", List.of("p1", "p2", "p3")),
            new Pages("u", List.of("p1", "p2", "p3", "p4")),
            new Pages("u", List.of("p1", "p2", "p3", "p4", "p5")),
            new Pages("u", List.of("p2", "p3", "p4", "p5", "p6")),
            new Pages("u", List.of("p3", "p4", "p5", "p6", "p7")));
  }

  @Test
  void keepsAPageThatIsVisitedAgain() {
    assertThat(Programs.run(LastPages::of, new Visit("u", "p"), new Visit("u", "p")))
        .last()
        .isEqualTo(new Pages("u", List.of("p", "p")));
  }
}
