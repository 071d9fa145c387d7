package dev.keyling.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown page.
 *
 * @param text its lines outside of code blocks, as one text
 */
record Page(Path file, List<Block> blocks, String text) {
  private static final String HEADING = "## ";
  private static final Pattern FENCE = Pattern.compile("```([a-z]*)");
  private static final Pattern FROM = Pattern.compile("<!-- from (\\S+) -->");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)\\)");

  /**
   * A code block.
   *
   * @param section the heading above it; empty before the first
   * @param source the file it is cut from, which a comment above it names
   */
  record Block(
      String where, String section, String language, Optional<String> source, List<String> lines) {
    boolean is(String wanted) {
      return language.equals(wanted);
    }
  }

  static Page of(Path file) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Optional<String> source = Optional.empty();
    String section = "";
    List<String> lines = Project.read(file).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        String where = Project.ROOT.relativize(file) + ":" + (i + 1);
        blocks.add(new Block(where, section, fence.group(1), source, lines.subList(i + 1, end)));
        i = end;
      } else {
        text.append(lines.get(i)).append('\n');
        section =
            lines.get(i).startsWith(HEADING) ? lines.get(i).substring(HEADING.length()) : section;
      }
      Matcher from = FROM.matcher(lines.get(i));
      source = from.matches() ? Optional.of(from.group(1)) : Optional.empty();
    }
    return new Page(file, blocks, text.toString());
  }

  static Page of(String file) {
    return of(Project.ROOT.resolve(file));
  }

  /** Returns what stands between backticks in the text. */
  List<String> codes() {
    return CODE.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** Returns the targets of links to other files. */
  List<String> links() {
    return LINK.matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(target -> !target.contains(":"))
        .toList();
  }

  @Override
  public String toString() {
    return Project.ROOT.relativize(file).toString();
  }
}
