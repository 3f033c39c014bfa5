package dev.troupe.models.local.worker;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The loaded model. Counting is thread-safe; generating is for one thread at a time. */
final class Engine {
    private final LlamaModel model;
    private final Prompt prompt;
    private final int[] prefix;
    private final int contextTokens;
    /** What the model's only slot holds for certain, as tokens; the next prompt's common prefix with it is free. */
    private volatile int[] held = {};

    private Engine(LlamaModel model, GgufHeader header, int contextTokens) {
        this.model = model;
        this.prompt = new Prompt(model::applyTemplate, header.controlTokens());
        this.prefix = header.prefix();
        this.contextTokens = contextTokens;
    }

    static Engine load(WorkerRequest.Load load) throws IOException {
        GgufHeader header = GgufHeader.read(Path.of(load.file()));
        ModelParameters parameters = new ModelParameters()
                .setModel(load.file())
                .setCtxSize(load.contextTokens())
                .setThreads(load.threads())
                .setThreadsBatch(load.threads())
                .setBatchSize(load.batchTokens())
                .setUbatchSize(load.batchTokens())
                .setGpuLayers(0)
                .disableContextShift()
                .enableJinja();
        return new Engine(new LlamaModel(parameters), header, load.contextTokens());
    }

    int contextTokens() {
        return contextTokens;
    }

    String prompt(List<WorkerRequest.Turn> turns) {
        return prompt.of(turns);
    }

    /** The tokens of a whole prompt, as the library will compute them. */
    int[] promptTokens(String text) {
        int[] tokens = model.encode(text);
        int[] all = Arrays.copyOf(prefix, prefix.length + tokens.length);
        System.arraycopy(tokens, 0, all, prefix.length, tokens.length);
        return all;
    }

    /** The tokens of a piece of text within an answer. */
    int[] tokens(String text) {
        return model.encode(text);
    }

    /** How many tokens of the prompt need not be computed: the library computes at least the last one anew. */
    int cached(int[] promptTokens) {
        int[] before = held;
        int mismatch = Arrays.mismatch(before, promptTokens);
        int common = mismatch < 0 ? promptTokens.length : mismatch;
        return Math.min(common, promptTokens.length - 1);
    }

    void holds(int[] tokens) {
        held = tokens;
    }

    LlamaIterator start(String text, WorkerRequest.Generate request, int maxTokens) {
        InferenceParameters parameters =
                new InferenceParameters(text).setCachePrompt(true).setNPredict(maxTokens);
        if (request.temperature() != null) {
            parameters.setTemperature(request.temperature().floatValue());
        }
        if (request.topP() != null) {
            parameters.setTopP(request.topP().floatValue());
        }
        if (request.seed() != null) {
            parameters.setSeed(request.seed());
        }
        if (!request.stop().isEmpty()) {
            parameters.setStopStrings(request.stop().toArray(String[]::new));
        }
        if (request.schema() != null) {
            parameters.setGrammar(LlamaModel.jsonSchemaToGrammar(request.schema()));
        }
        return model.generate(parameters).iterator();
    }
}
