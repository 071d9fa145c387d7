package dev.keyling.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the README shows is what the sources say. */
class CodeBlocksTest {
  private static final Set<String> CUT = Set.of("java", "xml", "hocon");
  private final Page readme = Page.of("README.md");

  @Test
  void everyBlockIsCutFromASourceOrRunOrASetUpCommand() {
    for (Page.Block block : readme.blocks()) {
      assertThat(block.source().isPresent())
          .as("%s: a block of \"%s\" says where it is from", block.where(), block.language())
          .isEqualTo(CUT.contains(block.language()));
      if (block.source().isEmpty()) {
        assertThat(block.language()).as(block.where()).isIn("console", "sh");
      }
    }
  }

  @Test
  void everyBlockThatIsCutFromASourceStandsThere() {
    readme.blocks().forEach(CodeBlocksTest::standsInItsSource);
  }

  @Test
  void theConfigurationOfAStoreOfItsOwnIsTheOneThatIsTested() {
    List<Page.Block> cut =
        Page.of("docs/store.md").blocks().stream()
            .filter(block -> CUT.contains(block.language()))
            .toList();
    assertThat(cut).allSatisfy(block -> assertThat(block.source()).isPresent());
    assertThat(cut).anySatisfy(block -> assertThat(block.lines()).hasSize(4));
    cut.forEach(CodeBlocksTest::standsInItsSource);
  }

  private static void standsInItsSource(Page.Block block) {
    block
        .source()
        .ifPresent(
            source ->
                assertThat(Project.read(Project.ROOT.resolve(source)))
                    .as("%s is from %s", block.where(), source)
                    .contains(String.join("\n", block.lines()) + "\n"));
  }

  @Test
  void thereAreTwoSetUpCommands() {
    List<String> commands =
        readme.blocks().stream()
            .filter(block -> block.is("sh"))
            .flatMap(block -> block.lines().stream())
            .toList();
    assertThat(commands).containsExactly("./keyling run fraud", "mvn verify");
  }
}
