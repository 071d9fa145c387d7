package dev.keyling.kernel;

import dev.keyling.state.StateMigration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The function of a waking key turns what is left over of earlier programs into its own states. */
final class Migration {
  private final StateMigration function;
  private final Scope own;
  private final Scope stored;

  private Migration(StateMigration function, Scope own, Turns cell) {
    this.function = function;
    this.own = own;
    this.stored = own.ofLeftOver(new Reading(cell, new CellChanges()));
  }

  /** Returns null if nothing is left over, or the function does not migrate. */
  static @Nullable Migration of(Object function, Scope own, Turns cell) {
    return !own.leftOver().isEmpty() && function instanceof StateMigration migrating
        ? new Migration(migrating, own, cell)
        : null;
  }

  /** Calls the function. To be run as a turn. */
  void run() throws Exception {
    function.migrateState(stored);
  }

  /** Lets go of what the function has asked for; returns the entries that are no more. */
  List<EntryKey> consumed() {
    return own.leftOver().keepOnly(stored.leftOver());
  }

  /** Turns in which what is stored is only read: what changes there is forgotten. */
  private record Reading(Turns cell, CellChanges changes) implements Turns {
    @Override
    public void check() {
      cell.check();
    }

    @Override
    public long epoch() {
      return cell.epoch();
    }

    @Override
    public Aging aging() {
      return cell.aging();
    }

    @Override
    public void namespaceOpened() {}
  }
}
