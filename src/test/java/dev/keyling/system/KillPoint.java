package dev.keyling.system;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The points of the protocol (docs/protocol.md) at which a process kills itself. */
enum KillPoint {
  START_BEFORE_RECORD(Course.RUN, 1),
  START_AFTER_RECORD(Course.RUN, 1),
  START_WHILE_KEY_GROUPS_OPEN(Course.RUN, 40),
  START_BEFORE_RECOVER(Course.RUN, 2),
  START_WITHIN_RECOVER_OF_ROWS(Course.RUN, 1),
  START_AFTER_RECOVER(Course.RUN, 2),

  /** 2: a source is asked for its position. */
  CUT(Course.RUN, 6),

  /** 4: a barrier has aligned its lanes and seals when this has been answered. */
  BEFORE_SEAL(Course.RUN, 20),

  /** 5: a key group has sealed and hands its commit to the journal. */
  BEFORE_COMMIT(Course.RUN, 60),

  /** 5: one key group's commit is written, those of others perhaps not. */
  AFTER_COMMIT(Course.RUN, 60),

  BEFORE_PREPARE(Course.RUN, 6),
  WITHIN_PREPARE_OF_ROWS(Course.RUN, 3),
  AFTER_PREPARE(Course.RUN, 6),
  BEFORE_COMPLETION(Course.RUN, 3),
  AFTER_COMPLETION(Course.RUN, 3),
  BEFORE_PUBLISH(Course.RUN, 6),

  /** 8: the file has grown, by all or a part. */
  WITHIN_PUBLISH_OF_LINES(Course.RUN, 3),

  /** 8: all statements have run, and their transaction is not committed. */
  WITHIN_PUBLISH_OF_ROWS(Course.RUN, 3),
  AFTER_PUBLISH(Course.RUN, 6),

  /** 9: rows and mark of a key group are written, its journal is not trimmed. */
  BEFORE_TRIM(Course.RUN, 40),
  AFTER_TRIM(Course.RUN, 40),

  /** Its directory is made, its checkpoint not asked for. */
  SAVEPOINT_BEFORE_CHECKPOINT(Course.SAVEPOINT, 1),

  /** Its checkpoint, or one that was under way before it, is about to be complete. */
  SAVEPOINT_BEFORE_COMPLETION(Course.SAVEPOINT, 1),
  SAVEPOINT_AFTER_COMPLETION(Course.SAVEPOINT, 1),

  /** 3: a key group is about to begin its file; those of others are whole, or one in part. */
  SAVEPOINT_BEFORE_GROUP_FILE(Course.SAVEPOINT, 16),

  /** 3: a key group has begun its file. */
  SAVEPOINT_WITHIN_GROUP_FILE(Course.SAVEPOINT, 16),

  /** 4: all files are there. */
  SAVEPOINT_BEFORE_MANIFEST(Course.SAVEPOINT, 1),
  SAVEPOINT_WITHIN_MANIFEST(Course.SAVEPOINT, 1),

  /** 4: the manifest is durable under another name. */
  SAVEPOINT_BEFORE_NAME_OF_MANIFEST(Course.SAVEPOINT, 1),

  /** 4: all is durable, in the directory of an unfinished one. */
  SAVEPOINT_BEFORE_NAME(Course.SAVEPOINT, 1),
  SAVEPOINT_AFTER_NAME(Course.SAVEPOINT, 1),

  /** The savepoint is there, and the job that was to stop with it is about to let go of others. */
  STOP_AFTER_SAVEPOINT(Course.SAVEPOINT, 1),

  RESTORE_BEFORE_RESERVATION(Course.RESTORE, 1),
  RESTORE_AFTER_RESERVATION(Course.RESTORE, 1),

  /** A file of a key group is about to be read; what those before hold may be in rows. */
  RESTORE_WHILE_COPYING(Course.RESTORE, 40),

  /** All rows are written. */
  RESTORE_BEFORE_RECORD(Course.RESTORE, 1),
  RESTORE_AFTER_RECORD(Course.RESTORE, 1),

  /** A savepoint that was claimed goes, its manifest first. */
  RESTORE_BEFORE_CLAIM(Course.RESTORE, 1),
  RESTORE_WITHIN_CLAIM(Course.RESTORE, 16),
  RESTORE_BEFORE_FIRST_ATTEMPT(Course.RESTORE, 1),
  RESTORE_AFTER_FIRST_CHECKPOINT(Course.RESTORE, 1);

  /** When a process comes to a point. */
  enum Course {
    /** In any run of a job. */
    RUN,

    /** When it takes a savepoint. */
    SAVEPOINT,

    /** When it begins with one. */
    RESTORE
  }

  private final Course course;

  /** How often a process comes here before it may be through with the interesting part. */
  final int most;

  KillPoint(Course course, int most) {
    this.course = course;
    this.most = most;
  }

  /**
   * Returns the points of {@code -Dkeyling.rounds} rounds in a random order.
   *
   * @param few what is taken if nothing is said
   */
  static List<KillPoint> rounds(Course course, Random random, KillPoint... few) {
    List<KillPoint> points = new ArrayList<>();
    for (int round = 0; round < Integer.getInteger("keyling.rounds", 0); round++) {
      points.addAll(of(course));
    }
    Collections.shuffle(points, random);
    return points.isEmpty() ? List.of(few) : points;
  }

  static List<KillPoint> of(Course course) {
    return Arrays.stream(values()).filter(point -> point.course == course).toList();
  }
}
