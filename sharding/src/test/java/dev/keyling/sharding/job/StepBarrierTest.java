package dev.keyling.sharding.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.actors.GroupCommand;
import dev.keyling.actors.GroupEvent;
import dev.keyling.kernel.OperatorCall;
import dev.keyling.sharding.lane.LaneEvent;
import dev.keyling.sharding.lane.LaneReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A step with one lane while several checkpoints are in progress. */
class StepBarrierTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final TestProbe<LaneReport.Release> lane = KIT.createTestProbe(LaneReport.Release.class);
  private final List<TestInbox<GroupCommand>> groups =
      List.of(TestInbox.create("zero"), TestInbox.create("one"));
  private final List<JobMessage> told = new ArrayList<>();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private BehaviorTestKit<Object> barrier(boolean operator) {
    return BehaviorTestKit.create(
        StepBarrier.create(
            new BarrierSetup(
                0,
                1,
                0,
                1,
                operator,
                false,
                0,
                0,
                false,
                groups.stream().map(TestInbox::getRef).toList(),
                told::add)));
  }

  private LaneReport marker(long id, int... touched) {
    long[] soonest = new long[touched.length];
    Arrays.fill(soonest, Long.MAX_VALUE);
    return new LaneReport(
        1, 0, new LaneEvent.Marker(id), touched, soonest, false, Adapter.toClassic(lane.getRef()));
  }

  private List<GroupCommand> toldTo(int group) {
    return groups.get(group).getAllReceived();
  }

  private static List<Long> completed(List<GroupCommand> commands) {
    return commands.stream()
        .filter(GroupCommand.Complete.class::isInstance)
        .map(each -> ((GroupCommand.Complete) each).id())
        .toList();
  }

  @Test
  void aGroupIsToldOfEveryCheckpointThatItCommittedForWhenThatIsComplete() {
    BehaviorTestKit<Object> barrier = barrier(false);
    barrier.run(marker(1, 0));
    barrier.run(marker(2, 0, 1));
    barrier.run(new StepBarrier.Complete(1, List.of(1L)));
    assertThat(completed(toldTo(0))).containsExactly(1L);
    assertThat(completed(toldTo(1))).isEmpty();
    barrier.run(new StepBarrier.Complete(2, List.of(2L)));
    assertThat(completed(toldTo(0))).containsExactly(2L);
    assertThat(completed(toldTo(1))).containsExactly(2L);
  }

  @Test
  void whatWasCommittedForOneThatIsGivenUpIsCompleteWithTheNext() {
    BehaviorTestKit<Object> barrier = barrier(false);
    barrier.run(marker(1, 0));
    barrier.run(new StepBarrier.Abort(1));
    barrier.run(marker(2, 1));
    barrier.run(new StepBarrier.Complete(2, List.of(2L)));
    assertThat(completed(toldTo(0))).containsExactly(2L);
  }

  private static List<OperatorCall> calls(List<GroupCommand> commands) {
    return commands.stream()
        .filter(GroupCommand.CallOperator.class::isInstance)
        .map(each -> ((GroupCommand.CallOperator) each).call())
        .toList();
  }

  private static void answered(BehaviorTestKit<Object> barrier) {
    for (int group = 0; group < 2; group++) {
      barrier.run(new GroupEvent.OperatorAnswered(group, new OperatorCall.Done()));
    }
  }

  @Test
  void anOperatorIsStillAskedForAnEarlierCheckpointThanOneThatIsGivenUp() {
    BehaviorTestKit<Object> barrier = barrier(true);
    barrier.run(new StepBarrier.Abort(2));
    answered(barrier);
    assertThat(calls(toldTo(0))).containsExactly(new OperatorCall.Aborted(2));
    barrier.run(marker(1));
    answered(barrier);
    assertThat(calls(toldTo(0))).containsExactly(new OperatorCall.Snapshot(1));
    barrier.run(marker(2));
    assertThat(calls(toldTo(0))).isEmpty();
  }
}
