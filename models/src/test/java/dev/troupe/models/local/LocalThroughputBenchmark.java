package dev.troupe.models.local;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.Message;
import dev.troupe.models.store.CacheFolder;
import dev.troupe.models.store.ModelStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Tokens per second through the whole path (queue, process, JSON lines) against the library used directly, in turns in
 * one run, both with a warm prompt cache.
 *
 * <pre>java … LocalThroughputBenchmark qwen2.5-coder-1.5b-instruct 64 5</pre>
 */
final class LocalThroughputBenchmark {
    private static final String QUESTION = "Write a Python function that parses a CSV file, with comments.";
    private static final Duration TIME = Duration.ofMinutes(30);

    private LocalThroughputBenchmark() {}

    /** @param arguments a model of the catalogue, tokens a round, rounds */
    public static void main(String[] arguments) {
        String name = arguments[0];
        int tokens = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        Path cache = CacheFolder.of(System.getenv());
        Path file = ModelStore.standard().pull(name, progress -> {}, CallContext.standalone(TIME));
        LocalModelOptions options = LocalModelOptions.of(name, file, 32_768, cache, System.getenv());
        System.setProperty(
                "de.kherud.llama.lib.path",
                NativeLibrary.unpack(options.nativeFolder()).toString());
        List<Double> ours = new ArrayList<>();
        List<Double> direct = new ArrayList<>();
        try (LocalChatModel model = LocalChatModel.open(options)) {
            long start = System.nanoTime();
            model.warmUp(CallContext.standalone(TIME));
            System.out.printf("loaded in %.2f s%n", seconds(start));
            LlamaModel library = new LlamaModel(new ModelParameters()
                    .setModel(file.toString())
                    .setCtxSize(options.contextTokens())
                    .setThreads(options.threads())
                    .setThreadsBatch(options.threads())
                    .setGpuLayers(0));
            through(model, 2);
            direct(library, 2);
            for (int i = 0; i < rounds; i++) {
                direct.add(direct(library, tokens));
                ours.add(through(model, tokens));
                System.out.printf(
                        "round %d: library %.2f tokens/s, through Troupe %.2f tokens/s%n",
                        i + 1, direct.getLast(), ours.getLast());
            }
        }
        System.out.printf(
                "median: library %.2f tokens/s, through Troupe %.2f tokens/s, ratio %.3f (aim: 0.90 or more)%n",
                median(direct), median(ours), median(ours) / median(direct));
        // The library leaves a thread that would keep this process.
        System.exit(0);
    }

    private static double through(LocalChatModel model, int tokens) {
        ChatRequest request = ChatRequest.of(new Sampling(0.0, null, 1, tokens, List.of()), Message.user(QUESTION));
        long start = System.nanoTime();
        long written = model.chat(request, piece -> {}, CallContext.standalone(TIME))
                .usage()
                .outputTokens();
        return written / seconds(start);
    }

    private static double direct(LlamaModel library, int tokens) {
        InferenceParameters parameters = new InferenceParameters(
                        "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n"
                                + "<|im_start|>user\n" + QUESTION + "<|im_end|>\n<|im_start|>assistant\n")
                .setTemperature(0)
                .setSeed(1)
                .setCachePrompt(true)
                .setNPredict(tokens);
        long start = System.nanoTime();
        int written = -1; // the report that closes stands for no token
        for (LlamaOutput ignored : library.generate(parameters)) {
            written++;
        }
        return written / seconds(start);
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
