package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.Types;
import java.util.ArrayList;
import java.util.List;

/** Remembers the last five pages of each user: a {@link ListState}. */
public final class LastPages implements MapFunction<LastPages.Visit, LastPages.Pages> {
  private static final int REMEMBERED = 5;

  /** A user looks at a page. */
  public record Visit(String user, String page) {}

  /** The pages that a user saw last, oldest first. */
  public record Pages(String user, List<String> pages) {}

  private final ListState<String> pages;

  LastPages(RuntimeContext ctx) {
    pages = ctx.getListState(new ListStateDescriptor<>("pages", Types.STRING));
  }

  /** Gives, for every visit, the user's last pages including that one. */
  public static KeyedStep<String, Pages> of(DataStream<Visit> visits) {
    return visits.keyBy(Visit::user).map("pages", LastPages::new);
  }

  @Override
  public Pages map(Visit visit) {
    List<String> seen = new ArrayList<>();
    pages.get().forEach(seen::add);
    seen.add(visit.page());
    if (seen.size() <= REMEMBERED) {
      pages.add(visit.page());
    } else {
      seen.remove(0);
      pages.update(seen);
    }
    return new Pages(visit.user(), seen);
  }
}
