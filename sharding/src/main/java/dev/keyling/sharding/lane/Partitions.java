package dev.keyling.sharding.lane;

import dev.keyling.actors.Elements;
import java.util.function.UnaryOperator;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;

/** Hands the elements of one lane to the partitions of an operator in turn. */
public final class Partitions {
  private Partitions() {}

  /** Returns the last stage before an operator; each lane begins with another partition. */
  public static Flow<LaneEvent, LaneEvent, NotUsed> spread(int partitions, int lane) {
    return Stateless.onElements(new InTurn(partitions, lane % partitions)); // run only once
  }

  private static final class InTurn implements UnaryOperator<Elements> {
    private final int partitions;
    private int next;

    InTurn(int partitions, int first) {
      this.partitions = partitions;
      this.next = first;
    }

    @Override
    public Elements apply(Elements elements) {
      Elements spread = new Elements(elements.size(), true);
      for (int i = 0; i < elements.size(); i++) {
        spread.add(next, elements.value(i), elements.timestamp(i));
        next = (next + 1) % partitions;
      }
      return spread;
    }
  }
}
