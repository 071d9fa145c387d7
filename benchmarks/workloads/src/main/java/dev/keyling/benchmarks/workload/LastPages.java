package dev.keyling.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;

/** W3: a hash of the last pages, oldest first. */
final class LastPages implements Model {
  private final String[] pages;

  LastPages(int keys) {
    pages = new String[keys * Workload.REMEMBERED];
  }

  @Override
  public void add(int key, long amount, long time, Digest out) {
    int first = key * Workload.REMEMBERED;
    int end = first + Workload.REMEMBERED;
    System.arraycopy(pages, first + 1, pages, first, Workload.REMEMBERED - 1);
    pages[end - 1] = Event.page(amount);
    List<String> seen = new ArrayList<>();
    for (int i = first; i < end; i++) {
      if (pages[i] != null) {
        seen.add(pages[i]);
      }
    }
    out.add(seen.hashCode());
  }
}
