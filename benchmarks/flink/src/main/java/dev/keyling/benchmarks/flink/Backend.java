package dev.keyling.benchmarks.flink;

/** Where Flink keeps state. */
enum Backend {
  /** In objects on the heap; a checkpoint writes all of them. */
  heap("hashmap"),
  /** In RocksDB; a checkpoint writes what is new. */
  rocksdb("rocksdb");

  private final String setting;

  Backend(String setting) {
    this.setting = setting;
  }

  /** Returns what Flink's configuration calls it. */
  String setting() {
    return setting;
  }
}
