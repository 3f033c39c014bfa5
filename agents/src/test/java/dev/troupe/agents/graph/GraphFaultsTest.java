package dev.troupe.agents.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.planner.graph.TaskResult;
import dev.troupe.planner.graph.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Graphs over experts that fail in every way. */
class GraphFaultsTest extends GraphRunFixture {
    @Test
    void expertThatCannotBeLoaded_isReplacedByTheNext() throws Exception {
        one.fault = "load";
        TaskResult result = single(limits(PATIENCE), expert("one"), expert("two"));
        assertThat(result.candidate()).isEqualTo("two");
        assertThat(result.tried()).containsExactly("one");
        assertThat(progress)
                .anySatisfy(
                        change -> assertThat(change.why()).contains("model.onnx: truncated (expected: a whole file)"));
    }

    @Test
    void crashes_wrongNumbers_andMemoryThatRunsOut_areContained() throws Exception {
        for (String fault : List.of("crash", "wrong", "memory")) {
            one.fault = fault;
            TaskResult result = single(limits(PATIENCE), expert("one"), expert("two"));
            assertThat(result.candidate()).as(fault).isEqualTo("two");
        }
    }

    @Test
    void onlyCandidate_isTriedOnceMore() throws Exception {
        one.fault = "crash";
        one.faults = 1;
        TaskResult result = single(limits(PATIENCE), expert("one"));
        assertThat(result.isDone()).isTrue();
        assertThat(result.tried()).containsExactly("one");
        assertThat(one.runs).hasValue(2);
    }

    @Test
    void expertThatHangs_isLeftAtItsShareOfTheTime() throws Exception {
        one.fault = "hang";
        TaskResult result = single(limits(Duration.ofSeconds(2)), expert("one"), expert("two"));
        assertThat(result.candidate()).isEqualTo("two");
        assertThat(result.wallMillis()).isBetween(500L, 4_000L);
    }

    @Test
    void nothing_hangsPastTheDeadline() throws Exception {
        one.fault = "hang";
        agents = silent();
        long start = System.nanoTime();
        Going going = go(
                LABEL + ", {\"id\": \"t2\", \"task\": \"text-generation\", \"instruction\": \"Write.\", \"about\": []}",
                files("a.txt"),
                limits(PATIENCE),
                Duration.ofMillis(700),
                expert("one"),
                agent());
        List<TaskResult> results = going.await();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(results).extracting(TaskResult::code).containsExactly(ErrorCode.TIMEOUT, ErrorCode.TIMEOUT);
        assertThat(cancelled.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatNeedsATaskThatFailed_isSkipped_andSaysWhy() throws Exception {
        one.fault = "crash";
        List<TaskResult> results = go(
                        LABEL
                                + ", {\"id\": \"t2\", \"task\": \"text-generation\", \"instruction\": \"Say it.\", \"about\": [\"t1\"]}",
                        files("a.txt"),
                        limits(PATIENCE),
                        PATIENCE,
                        expert("one"),
                        agent())
                .await();
        assertThat(results.get(0).state()).isEqualTo(TaskState.FAILED);
        assertThat(results.get(0).why()).startsWith("expert one: ");
        assertThat(results.get(1).state()).isEqualTo(TaskState.SKIPPED);
        assertThat(results.get(1).why()).isEqualTo("t1 was not done");
        assertThat(questions).isEmpty();
    }
}
