package dev.keyling.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.properties.Setup.States;
import dev.keyling.time.TimerService;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** One thing that a turn does, to the states and to the model; reads are compared at once. */
record Op(Kind kind, long n) {

  enum Kind {
    UPDATE,
    CLEAR_VALUE,
    READ_VALUE,
    ADD,
    ADD_ALL,
    UPDATE_LIST,
    CLEAR_LIST,
    READ_LIST,
    PUT,
    PUT_NULL,
    REMOVE,
    CLEAR_MAP,
    GET,
    CONTAINS,
    KEYS,
    IS_EMPTY,
    REMOVE_LAST,
    REDUCE,
    CLEAR_REDUCED,
    READ_REDUCED,
    AGGREGATE,
    CLEAR_AGGREGATED,
    READ_AGGREGATED,
    EVENT_TIMER,
    DELETE_EVENT_TIMER,
    PROCESSING_TIMER,
    DELETE_PROCESSING_TIMER
  }

  private String entry() {
    return "k" + n % 6;
  }

  private static List<Long> upTo(long n) {
    return LongStream.range(0, n).boxed().toList();
  }

  void run(States states, Model model, TimerService timers) {
    switch (kind) {
      case UPDATE -> {
        states.value().update(n);
        model.value = model.written(n, model.value);
      }
      case CLEAR_VALUE -> {
        states.value().clear();
        model.value = null;
      }
      case READ_VALUE -> assertThat((Object) states.value().value()).isEqualTo(model.readValue());
      case ADD, ADD_ALL, UPDATE_LIST, CLEAR_LIST, READ_LIST -> list(states, model);
      case PUT, PUT_NULL, REMOVE, CLEAR_MAP, GET, CONTAINS, KEYS, IS_EMPTY, REMOVE_LAST ->
          map(states, model);
      case REDUCE -> {
        states.reducing().add(n);
        Long before = (Long) model.alive(model.reduced);
        model.reduced = model.written(before == null ? n : before + n, model.reduced);
      }
      case CLEAR_REDUCED -> {
        states.reducing().clear();
        model.reduced = null;
      }
      case READ_REDUCED ->
          assertThat((Object) states.reducing().get()).isEqualTo(model.readReduced());
      case AGGREGATE -> aggregate(states, model);
      case CLEAR_AGGREGATED -> {
        states.aggregating().clear();
        model.aggregated = null;
      }
      case READ_AGGREGATED ->
          assertThat((Object) states.aggregating().get()).isEqualTo(model.readAggregated());
      case EVENT_TIMER -> {
        timers.registerEventTimeTimer(n);
        model.eventTimers.add(n);
      }
      case DELETE_EVENT_TIMER -> {
        timers.deleteEventTimeTimer(n);
        model.eventTimers.remove(n);
      }
      case PROCESSING_TIMER -> {
        timers.registerProcessingTimeTimer(n);
        model.processingTimers.add(n);
      }
      case DELETE_PROCESSING_TIMER -> {
        timers.deleteProcessingTimeTimer(n);
        model.processingTimers.remove(n);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private void aggregate(States states, Model model) {
    states.aggregating().add(n);
    Object before = model.alive(model.aggregated);
    List<Long> after = before == null ? new ArrayList<>() : new ArrayList<>((List<Long>) before);
    after.add(n);
    model.aggregated = model.written(after, model.aggregated);
  }

  private void list(States states, Model model) {
    switch (kind) {
      case ADD -> {
        states.list().add(n);
        model.list.add(model.written(n, null));
      }
      case ADD_ALL -> {
        states.list().addAll(upTo(n));
        upTo(n).forEach(each -> model.list.add(model.written(each, null)));
      }
      case UPDATE_LIST -> {
        states.list().update(upTo(n % 4));
        model.list.clear();
        upTo(n % 4).forEach(each -> model.list.add(model.written(each, null)));
      }
      case CLEAR_LIST -> {
        states.list().clear();
        model.list.clear();
      }
      default -> assertThat((Iterable<?>) states.list().get()).isEqualTo(model.readList());
    }
  }

  private void map(States states, Model model) {
    switch (kind) {
      case PUT, PUT_NULL -> {
        Long put = kind == Kind.PUT ? n : null;
        states.map().put(entry(), put);
        model.map.put(entry(), model.written(put, model.map.get(entry())));
      }
      case REMOVE -> {
        states.map().remove(entry());
        model.map.remove(entry());
      }
      case CLEAR_MAP -> {
        states.map().clear();
        model.map.clear();
      }
      case GET -> assertThat((Object) states.map().get(entry())).isEqualTo(model.get(entry()));
      case CONTAINS ->
          assertThat(states.map().contains(entry())).isEqualTo(model.contains(entry()));
      case KEYS -> assertThat(states.map().keys()).containsExactlyElementsOf(model.keys());
      case IS_EMPTY -> assertThat(states.map().isEmpty()).isEqualTo(model.isMapEmpty());
      default -> removeLast(states, model);
    }
  }

  private static void removeLast(States states, Model model) {
    List<String> keys = model.keys();
    var entries = states.map().entries().iterator();
    for (String key : keys) {
      assertThat(entries.next().getKey()).isEqualTo(key);
    }
    assertThat(entries.hasNext()).isFalse();
    if (!keys.isEmpty()) {
      entries.remove();
      model.map.remove(keys.get(keys.size() - 1));
    }
  }
}
