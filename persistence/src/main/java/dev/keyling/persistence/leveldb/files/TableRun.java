package dev.keyling.persistence.leveldb.files;

import dev.keyling.persistence.StoreException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The changes of one table from some key on. Opens the file when they are asked for. */
final class TableRun implements Run {

  private final Manifest.Table table;
  private final byte[] from;
  private final Damage.Sink damage;
  private @Nullable TableFile file;
  private List<StoredChange> block = List.of();
  private int nextBlock;
  private int nextChange;

  TableRun(Manifest.Table table, byte[] from, Damage.Sink damage) {
    this.table = table;
    this.from = from;
    this.damage = damage;
  }

  @Override
  public InternalKey start() {
    InternalKey wanted = InternalKey.before(from);
    return table.smallest().compareTo(wanted) < 0 ? wanted : table.smallest();
  }

  @Override
  public @Nullable StoredChange next() throws IOException {
    TableFile opened = file;
    if (opened == null) {
      opened = TableFile.open(table.path());
      file = opened;
      nextBlock = opened.blockOf(from);
    }
    while (true) {
      while (nextChange < block.size()) {
        StoredChange change = block.get(nextChange++);
        if (InternalKey.before(from).compareTo(change.at()) < 0) {
          return change;
        }
      }
      if (nextBlock == opened.blocks()) {
        return null;
      }
      block = readOrSkip(opened, nextBlock++);
      nextChange = 0;
    }
  }

  private List<StoredChange> readOrSkip(TableFile opened, int number) throws IOException {
    try {
      return opened.read(number);
    } catch (StoreException e) {
      damage.found(e);
      return List.of();
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
