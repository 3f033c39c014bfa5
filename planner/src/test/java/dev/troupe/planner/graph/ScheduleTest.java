package dev.troupe.planner.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Candidate ONE = new Candidate("one", false, List.of(), "", null, null);
    private static final Candidate TWO = new Candidate("two", false, List.of(), "", null, null);
    private static final Candidate AGENT = new Candidate("agent", true, List.of(), "", null, null);
    private static final TaskGraph GRAPH = Scopes.graph("""
            {"id": "t1", "task": "image-to-text", "image": "receipt.png"},
            {"id": "t2", "task": "image-to-text", "image": "other.png"},
            {"id": "t3", "task": "sentence-similarity", "text": "t1", "sentences": ["t2"]}
            """, Scopes.RECEIPT, Scopes.OTHER);

    private static Schedule schedule(int parallel, List<Candidate> able) {
        return new Schedule(GRAPH, Map.of("t1", able, "t2", able, "t3", able), List.of(), parallel);
    }

    private static List<String> started(Schedule schedule) {
        return schedule.start().stream()
                .map(start -> start.task().id() + " " + start.candidate().name() + (start.again() ? " again" : ""))
                .toList();
    }

    @Test
    void readyTasks_startAtOnce_othersWhenTheirInputsAreThere() {
        Schedule schedule = schedule(8, List.of(ONE));
        assertThat(started(schedule)).containsExactly("t1 one", "t2 one");
        schedule.done("t1");
        assertThat(started(schedule)).isEmpty();
        schedule.done("t2");
        assertThat(started(schedule)).containsExactly("t3 one");
        schedule.done("t3");
        assertThat(schedule.isOver()).isTrue();
    }

    @Test
    void noMoreThanAllowed_runAtATime() {
        Schedule schedule = schedule(1, List.of(ONE));
        assertThat(started(schedule)).containsExactly("t1 one");
        assertThat(started(schedule)).isEmpty();
        schedule.done("t1");
        assertThat(started(schedule)).containsExactly("t2 one");
    }

    @Test
    void failure_goesToTheNextCandidate_thenOnceMoreToTheDisturbed_thenSkipsWhatNeedsIt() {
        Schedule schedule = schedule(8, List.of(ONE, TWO));
        assertThat(started(schedule)).containsExactly("t1 one", "t2 one");
        schedule.done("t2");
        assertThat(schedule.failed("t1", ErrorCode.PROVIDER_FAILED)).isTrue();
        assertThat(started(schedule)).containsExactly("t1 two");
        assertThat(schedule.failed("t1", ErrorCode.INPUT_INVALID)).isTrue();
        assertThat(started(schedule)).containsExactly("t1 one again");
        assertThat(schedule.failed("t1", ErrorCode.PROVIDER_FAILED)).isFalse();
        assertThat(schedule.state("t1")).isEqualTo(TaskState.FAILED);
        assertThat(schedule.state("t3")).isEqualTo(TaskState.SKIPPED);
        assertThat(schedule.isOver()).isTrue();
    }

    @Test
    void agents_andInvalidInput_andABudgetThatIsUsedUp_areNotRepeated() {
        Schedule agent = schedule(8, List.of(AGENT));
        agent.start();
        assertThat(agent.failed("t1", ErrorCode.PROVIDER_FAILED)).isFalse();
        Schedule invalid = schedule(8, List.of(ONE));
        invalid.start();
        assertThat(invalid.failed("t1", ErrorCode.INPUT_INVALID)).isFalse();
        Schedule budget = schedule(8, List.of(ONE, TWO));
        budget.start();
        assertThat(budget.failed("t1", ErrorCode.BUDGET_EXHAUSTED)).isFalse();
    }

    @Test
    void taskWithoutCandidates_failsFromTheStart() {
        Schedule schedule = new Schedule(GRAPH, Map.of("t1", List.of(ONE), "t2", List.of()), List.of(), 8);
        assertThat(schedule.state("t2")).isEqualTo(TaskState.FAILED);
        assertThat(schedule.state("t3")).isEqualTo(TaskState.FAILED);
        assertThat(started(schedule)).containsExactly("t1 one");
    }

    @Test
    void cancel_leavesNothingOpen() {
        Schedule schedule = schedule(1, List.of(ONE));
        schedule.start();
        schedule.cancel();
        assertThat(schedule.isOver()).isTrue();
        assertThat(schedule.state("t1")).isEqualTo(TaskState.CANCELLED);
        assertThat(started(schedule)).isEmpty();
    }
}
