package dev.troupe.models.embedding;

import com.sun.management.OperatingSystemMXBean;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Short questions a second against LangChain4j's in-process model of the same weights. The candidates take turns, round
 * by round, so that a noisy neighbour meets them all; the medians decide, and the CPU time shows what noise hides. Run it with {@code main}; results are in
 * {@code docs/benchmarks/embeddings.md}.
 */
public final class EmbeddingBenchmark {
    private static final int QUESTIONS = 400;
    private static final int ROUNDS = 7;
    private static final long SEED = 20_251_122;
    private static final OperatingSystemMXBean OS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private EmbeddingBenchmark() {}

    public static void main(String[] arguments) {
        List<String> questions = questions(new Random(SEED));
        List<TextSegment> segments = questions.stream().map(TextSegment::from).toList();
        EmbeddingModel other = new AllMiniLmL6V2QuantizedEmbeddingModel();
        try (MiniLmEmbedder alone = MiniLmEmbedder.open();
                MiniLmEmbedder grouped = MiniLmEmbedder.openGrouped()) {
            Map<String, Runnable> candidates = new LinkedHashMap<>();
            candidates.put("langchain4j embedAll", () -> other.embedAll(segments));
            candidates.put("langchain4j one by one", () -> segments.forEach(other::embed));
            candidates.put("troupe", () -> alone.embed(questions));
            candidates.put("troupe one by one", () -> questions.forEach((Consumer<String>) alone::embed));
            candidates.put("troupe grouped", () -> grouped.embed(questions));
            report(candidates);
        }
        // LangChain4j's model cannot be closed and its threads would keep the process for a while.
        System.exit(0);
    }

    private static void report(Map<String, Runnable> candidates) {
        Map<String, double[]> perSecond = new LinkedHashMap<>();
        Map<String, double[]> cpuMillis = new LinkedHashMap<>();
        candidates.forEach((name, candidate) -> {
            candidate.run();
            perSecond.put(name, new double[ROUNDS]);
            cpuMillis.put(name, new double[ROUNDS]);
        });
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Runnable> candidate : candidates.entrySet()) {
                long cpu = OS.getProcessCpuTime();
                long start = System.nanoTime();
                candidate.getValue().run();
                cpuMillis.get(candidate.getKey())[round] = (OS.getProcessCpuTime() - cpu) / 1e6 / QUESTIONS;
                perSecond.get(candidate.getKey())[round] = QUESTIONS * 1e9 / (System.nanoTime() - start);
            }
        }
        double[] base = perSecond.get("langchain4j embedAll");
        System.out.printf(
                "%d questions, %d rounds, seed %d, %d processors, Java %s%n",
                QUESTIONS, ROUNDS, SEED, Runtime.getRuntime().availableProcessors(), Runtime.version());
        System.out.println(
                "| candidate | per second, median | lowest to highest | ratio, median of rounds | CPU ms a question |");
        System.out.println("|---|---|---|---|---|");
        perSecond.forEach((name, values) -> {
            double[] ratios = new double[ROUNDS];
            Arrays.setAll(ratios, i -> values[i] / base[i]);
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            Arrays.sort(ratios);
            double[] cpu = cpuMillis.get(name).clone();
            Arrays.sort(cpu);
            System.out.printf(
                    "| %s | %.0f | %.0f to %.0f | %.2f | %.2f |%n",
                    name, sorted[ROUNDS / 2], sorted[0], sorted[ROUNDS - 1], ratios[ROUNDS / 2], cpu[ROUNDS / 2]);
        });
    }

    /** Questions as people ask them of data: 8 to 20 tokens, all different in words, some alike in length. */
    static List<String> questions(Random random) {
        String[] subject = {"region", "carrier", "sales channel", "product line", "warehouse", "customer segment"};
        String[] measure = {"revenue", "return rate", "number of orders", "average delivery time", "gross margin"};
        String[] place = {"Paris", "Oslo", "Kuala Lumpur", "Lyon", "Buenos Aires", "Osaka"};
        String[] pattern = {
            "Which %1$s had the highest %2$s in %4$d?",
            "What was the %2$s per %1$s in %3$s?",
            "Plot the %2$s of each %1$s for the first quarter of %4$d.",
            "How did the %2$s change in %3$s between %4$d and now?",
            "What is the weather in %3$s tomorrow?",
            "Is the %2$s of any %1$s below that of %4$d, and by how much?"
        };
        List<String> questions = new ArrayList<>();
        while (questions.size() < QUESTIONS) {
            questions.add(pattern[random.nextInt(pattern.length)].formatted(
                    subject[random.nextInt(subject.length)],
                    measure[random.nextInt(measure.length)],
                    place[random.nextInt(place.length)],
                    1990 + random.nextInt(40)));
        }
        return questions;
    }
}
