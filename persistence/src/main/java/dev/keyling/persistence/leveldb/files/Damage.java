package dev.keyling.persistence.leveldb.files;

import dev.keyling.persistence.StoreException;
import java.nio.file.Path;

/** Words for what is wrong with a file of a store. */
public final class Damage {

  private Damage() {}

  /** Returns the refusal of a file. */
  public static StoreException in(Path file, String what) {
    return new StoreException(
        "damaged store: " + file + ": " + what + "; restore the directory from a copy");
  }

  /** Takes what is wrong with a store: refuses it, or notes it and looks on. */
  @FunctionalInterface
  public interface Sink {

    /** Refuses at the first damage. */
    Sink REFUSE =
        damage -> {
          throw damage;
        };

    /** Called per damage. May throw it. */
    void found(StoreException damage);
  }
}
