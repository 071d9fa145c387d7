package dev.keyling.system;

/** The points of the protocol (docs/protocol.md) at which a process kills itself. */
enum KillPoint {
  START_BEFORE_RECORD(1),
  START_AFTER_RECORD(1),
  START_WHILE_KEY_GROUPS_OPEN(40),
  START_BEFORE_RECOVER(2),
  START_WITHIN_RECOVER_OF_ROWS(1),
  START_AFTER_RECOVER(2),

  /** 2: a source is asked for its position. */
  CUT(6),

  /** 4: a barrier has aligned its lanes and seals when this has been answered. */
  BEFORE_SEAL(20),

  /** 5: a key group has sealed and hands its commit to the journal. */
  BEFORE_COMMIT(60),

  /** 5: one key group's commit is written, those of others perhaps not. */
  AFTER_COMMIT(60),

  BEFORE_PREPARE(6),
  WITHIN_PREPARE_OF_ROWS(3),
  AFTER_PREPARE(6),
  BEFORE_COMPLETION(3),
  AFTER_COMPLETION(3),
  BEFORE_PUBLISH(6),

  /** 8: the file has grown, by all or a part. */
  WITHIN_PUBLISH_OF_LINES(3),

  /** 8: all statements have run, and their transaction is not committed. */
  WITHIN_PUBLISH_OF_ROWS(3),
  AFTER_PUBLISH(6),

  /** 9: rows and mark of a key group are written, its journal is not trimmed. */
  BEFORE_TRIM(40),
  AFTER_TRIM(40);

  /** How often a process comes here before it may be through with the interesting part. */
  final int most;

  KillPoint(int most) {
    this.most = most;
  }
}
