package dev.keyling.kernel;

import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.ValueStateDescriptor;

/** The kinds of states. The code is part of the stored format. */
enum StateKind {
  VALUE('v', "ValueState"),
  LIST('l', "ListState"),
  MAP('m', "MapState"),
  REDUCING('r', "ReducingState"),
  AGGREGATING('a', "AggregatingState"),
  /** A list of an operator of which every partition gets all items after a restart. */
  UNION('u', "union ListState");

  final byte code;
  final String inWords;

  StateKind(char code, String inWords) {
    this.code = (byte) code;
    this.inWords = inWords;
  }

  static StateKind of(StateDescriptor<?> descriptor) {
    if (descriptor instanceof ValueStateDescriptor<?>) {
      return VALUE;
    } else if (descriptor instanceof ListStateDescriptor<?>) {
      return LIST;
    } else if (descriptor instanceof MapStateDescriptor<?, ?>) {
      return MAP;
    } else if (descriptor instanceof ReducingStateDescriptor<?>) {
      return REDUCING;
    } else if (descriptor instanceof AggregatingStateDescriptor<?, ?, ?>) {
      return AGGREGATING;
    }
    throw new IllegalArgumentException("no kind of state: " + descriptor);
  }

  /** Tells whether its entries are chunks. */
  boolean isList() {
    return this == LIST || this == UNION;
  }

  static StateKind ofCode(byte code) {
    for (StateKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of state is stored as " + code);
  }
}
