package dev.troupe.runtime.bench;

import dev.troupe.agents.expert.ExpertActor;
import dev.troupe.agents.expert.ExpertHealth;
import dev.troupe.agents.expert.ExpertLimits;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.onnx.NativeThreads;
import dev.troupe.models.task.Inputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * How many requests an expert answers: one at a time, straight through its pipeline on one thread, and by many callers
 * through its actor, on the same session. Each caller waits for its answer before it asks again.
 *
 * @param expert loaded; closed by {@link #together}
 * @param requests asked in turn
 * @param each how long a measurement takes, after a fifth of it to warm up
 */
public record ExpertLoad(Expert expert, List<Inputs> requests, int batchSize, Duration batchWait, Duration each) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    public ExpertLoad {
        requests = List.copyOf(requests);
    }

    /**
     * What was measured.
     *
     * @param requests that were answered
     * @param failed that were not
     * @param rate answers a second
     * @param slow the time that 95 of 100 answers took at most
     * @param meanBatch pieces of a run, on average
     */
    public record Measured(
            int callers, long requests, long failed, double rate, Duration median, Duration slow, double meanBatch) {}

    /** One request at a time, on this thread. */
    public Measured alone() {
        return measure(
                1,
                request -> {
                    expert.apply(request);
                    return true;
                },
                () -> 1.0);
    }

    /** That many callers, batched. */
    public Measured together(int callers) {
        ExpertLimits limits = ExpertLimits.DEFAULT.batching(batchSize, batchWait);
        try (NativeThreads threads = NativeThreads.ofMachine()) {
            ActorSystem<ExpertActor.Command> system =
                    ActorSystem.create(ExpertActor.create("bench", () -> expert, threads, limits), "expert-bench");
            try {
                return measure(
                        callers,
                        request -> ask(system, request),
                        () -> health(system).meanBatch());
            } finally {
                system.terminate();
                system.getWhenTerminated().toCompletableFuture().join();
            }
        }
    }

    private static boolean ask(ActorSystem<ExpertActor.Command> system, Inputs request) {
        ExpertActor.Outcome outcome = AskPattern.<ExpertActor.Command, ExpertActor.Outcome>ask(
                        system,
                        replyTo -> new ExpertActor.Apply(request, CallContext.LOCAL, Deadline.after(PATIENCE), replyTo),
                        PATIENCE.plusSeconds(5),
                        system.scheduler())
                .toCompletableFuture()
                .join();
        return outcome instanceof ExpertActor.Applied;
    }

    private static ExpertHealth health(ActorSystem<ExpertActor.Command> system) {
        return AskPattern.<ExpertActor.Command, ExpertHealth>ask(
                        system, ExpertActor.Describe::new, PATIENCE, system.scheduler())
                .toCompletableFuture()
                .join();
    }

    private interface Call {
        boolean of(Inputs request);
    }

    private Measured measure(int callers, Call call, java.util.function.DoubleSupplier meanBatch) {
        long start = System.nanoTime();
        long begin = start + each.toNanos() / 5;
        long end = begin + each.toNanos();
        List<Future<long[]>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                int first = i;
                all.add(threads.submit(() -> times(call, first, begin, end)));
            }
        }
        long[] times =
                all.stream().flatMapToLong(own -> Arrays.stream(get(own))).toArray();
        long[] answered =
                Arrays.stream(times).filter(time -> time >= 0).sorted().toArray();
        return new Measured(
                callers,
                answered.length,
                times.length - answered.length,
                answered.length / (each.toNanos() / 1e9),
                quantile(answered, 0.5),
                quantile(answered, 0.95),
                meanBatch.getAsDouble());
    }

    /** Nanoseconds of each call that ended in the time that counts; -1 for a failure. */
    private long[] times(Call call, int first, long begin, long end) {
        List<Long> times = new ArrayList<>();
        for (int i = first; System.nanoTime() - end < 0; i++) {
            long asked = System.nanoTime();
            boolean answered = call.of(requests.get(i % requests.size()));
            long now = System.nanoTime();
            if (now - begin >= 0 && now - end < 0) {
                times.add(answered ? now - asked : -1);
            }
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    private static long[] get(Future<long[]> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Duration quantile(long[] sorted, double share) {
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofNanos(sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))]);
    }
}
