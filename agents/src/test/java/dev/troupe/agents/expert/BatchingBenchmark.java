package dev.troupe.agents.expert;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.call.Deadline;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.expert.catalogue.Experts;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.NativeThreads;
import dev.troupe.models.store.CacheFolder;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * What batching gains, and how much of it reaches the callers: the bare session one request at a time and in batches, and
 * an {@link ExpertActor} asked by one and by 64 callers, all on one session. The candidates take turns, round by round, so
 * that a noisy neighbour meets them all. Run it with {@code main}; results are in {@code docs/benchmarks/experts.md}.
 */
public final class BatchingBenchmark {
    private static final int REQUESTS = 640;
    private static final int ROUNDS = 7;
    private static final int CALLERS = 64;
    private static final int BATCH = 16;
    private static final Duration WAIT = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long SEED = 20_251_125;

    private final Expert expert;
    private final List<Inputs> requests;
    private final int threads = Runtime.getRuntime().availableProcessors();

    private BatchingBenchmark(Expert expert, List<Inputs> requests) {
        this.expert = expert;
        this.requests = requests;
    }

    public static void main(String[] arguments) throws Exception {
        String model = arguments.length == 0 ? "all-minilm-l6-v2" : arguments[0];
        Experts experts = Experts.of(CacheFolder.of(System.getenv()), System.getenv());
        Expert expert = experts.open(Task.FEATURE_EXTRACTION, model, Device.Wish.CPU, CallContext.standalone(PATIENCE));
        System.out.printf(
                "%s, %d requests, %d rounds, seed %d, %d processors, Java %s%n",
                model, REQUESTS, ROUNDS, SEED, Runtime.getRuntime().availableProcessors(), Runtime.version());
        new BatchingBenchmark(expert, requests(new Random(SEED))).run();
    }

    /** Short questions of 4 to 15 words: about ten lengths. */
    private static List<Inputs> requests(Random random) {
        String[] words = {"what", "was", "the", "price", "of", "coffee", "in", "oslo", "last", "year", "total", "sales"
        };
        List<Inputs> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            StringBuilder text = new StringBuilder("which");
            int length = 3 + random.nextInt(12);
            for (int word = 0; word < length; word++) {
                text.append(' ').append(words[random.nextInt(words.length)]);
            }
            requests.add(Inputs.of(Task.FEATURE_EXTRACTION, new Value.Text(text.toString())));
        }
        return requests;
    }

    private interface Candidate {
        /** Nanoseconds that each request took; empty where that says nothing. */
        List<Long> run() throws Exception;
    }

    private void run() throws Exception {
        ExpertLimits limits = ExpertLimits.DEFAULT.batching(BATCH, WAIT);
        NativeThreads pool = new NativeThreads(threads);
        ActorSystem<ExpertActor.Command> system =
                ActorSystem.create(ExpertActor.create("bench", () -> expert, pool, limits), "bench");
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        candidates.put("bare session, one at a time", this::oneByOne);
        candidates.put("bare session, " + threads + " threads, one text a run", () -> bare(1, threads));
        candidates.put("bare session, 1 thread, up to " + BATCH + " of one length", () -> bare(BATCH, 1));
        candidates.put(
                "bare session, " + threads + " threads, up to " + BATCH + " of one length", () -> bare(BATCH, threads));
        candidates.put("actor, " + CALLERS + " callers", () -> callers(system, CALLERS));
        try {
            report(candidates);
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
            pool.close();
        }
    }

    private List<Long> oneByOne() {
        List<Long> times = new ArrayList<>();
        for (Inputs request : requests) {
            long start = System.nanoTime();
            expert.apply(request);
            times.add(System.nanoTime() - start);
        }
        return times;
    }

    /** All requests known beforehand, sorted by length: the most that batching can gain. */
    private List<Long> bare(int size, int atOnce) throws Exception {
        Map<Object, List<Expert.Piece>> byShape = new LinkedHashMap<>();
        for (Inputs request : requests) {
            Expert.Piece piece = expert.prepare(request).pieces().getFirst();
            byShape.computeIfAbsent(piece.shape(), shape -> new ArrayList<>()).add(piece);
        }
        List<Callable<Integer>> runs = new ArrayList<>();
        for (List<Expert.Piece> pieces : byShape.values()) {
            for (int from = 0; from < pieces.size(); from += size) {
                List<Expert.Piece> batch = pieces.subList(from, Math.min(pieces.size(), from + size));
                runs.add(() -> expert.run(batch).size());
            }
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(atOnce)) {
            for (Future<Integer> run : executor.invokeAll(runs)) {
                run.get();
            }
        }
        return List.of();
    }

    private List<Long> callers(ActorSystem<ExpertActor.Command> system, int count) {
        AtomicInteger next = new AtomicInteger();
        ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                callers.execute(() -> {
                    for (int own = next.getAndIncrement(); own < REQUESTS; own = next.getAndIncrement()) {
                        long start = System.nanoTime();
                        ask(system, requests.get(own));
                        times.add(System.nanoTime() - start);
                    }
                });
            }
        }
        return List.copyOf(times);
    }

    private static void ask(ActorSystem<ExpertActor.Command> system, Inputs request) {
        ExpertActor.Outcome outcome = AskPattern.<ExpertActor.Command, ExpertActor.Outcome>ask(
                        system,
                        replyTo -> new ExpertActor.Apply(request, "local", Deadline.after(PATIENCE), replyTo),
                        PATIENCE,
                        system.scheduler())
                .toCompletableFuture()
                .join();
        if (!(outcome instanceof ExpertActor.Applied)) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    private static void report(Map<String, Candidate> candidates) throws Exception {
        Map<String, double[]> rates = new LinkedHashMap<>();
        Map<String, List<Long>> times = new LinkedHashMap<>();
        for (Map.Entry<String, Candidate> candidate : candidates.entrySet()) {
            candidate.getValue().run();
            rates.put(candidate.getKey(), new double[ROUNDS]);
            times.put(candidate.getKey(), new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Candidate> candidate : candidates.entrySet()) {
                long start = System.nanoTime();
                List<Long> own = candidate.getValue().run();
                rates.get(candidate.getKey())[round] = REQUESTS * 1e9 / (System.nanoTime() - start);
                times.get(candidate.getKey()).addAll(own);
            }
        }
        double[] base = rates.values().iterator().next();
        System.out.println("| candidate | per second, median | lowest to highest | ratio | p50 ms | p95 ms |");
        System.out.println("|---|---|---|---|---|---|");
        rates.forEach((name, values) -> {
            double[] ratios = new double[ROUNDS];
            Arrays.setAll(ratios, i -> values[i] / base[i]);
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            Arrays.sort(ratios);
            long[] own =
                    times.get(name).stream().mapToLong(Long::longValue).sorted().toArray();
            System.out.printf(
                    "| %s | %.0f | %.0f to %.0f | %.2f | %s | %s |%n",
                    name,
                    sorted[ROUNDS / 2],
                    sorted[0],
                    sorted[ROUNDS - 1],
                    ratios[ROUNDS / 2],
                    own.length == 0 ? "" : "%.1f".formatted(own[own.length / 2] / 1e6),
                    own.length == 0 ? "" : "%.1f".formatted(own[own.length * 95 / 100] / 1e6));
        });
    }
}
