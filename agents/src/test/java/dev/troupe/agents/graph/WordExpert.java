package dev.troupe.agents.graph;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An expert of any task over text that does as it is told: labels texts by their first word, or fails in the ways in which
 * experts fail.
 */
final class WordExpert implements Expert {
    /** How it behaves, and what it has done. */
    static final class Script {
        final AtomicInteger runs = new AtomicInteger();
        final Semaphore begun = new Semaphore(0);
        final CountDownLatch release = new CountDownLatch(1);
        volatile String fault = "";
        volatile int faults = Integer.MAX_VALUE;

        Expert open() {
            if (fault.equals("load")) {
                throw new TroupeException(
                        ErrorCode.MODEL_UNAVAILABLE,
                        "model.onnx: truncated (expected: a whole file)",
                        "fetch it again");
            }
            return new WordExpert(this);
        }
    }

    private record Words(String text) implements Piece {
        @Override
        public Object shape() {
            return "any";
        }
    }

    private record Said(String text, boolean isSound) implements Result {}

    private final Script script;

    private WordExpert(Script script) {
        this.script = script;
    }

    @Override
    public Task task() {
        return Task.TEXT_CLASSIFICATION;
    }

    @Override
    public String placement() {
        return "cpu (a test's)";
    }

    @Override
    public Device device() {
        return Device.CPU;
    }

    @Override
    public Prepared prepare(Inputs inputs) {
        return new Prepared(
                List.of(new Words(inputs.text("text"))),
                results -> Value.Labels.of(Map.of(((Said) results.getFirst()).text(), 0.9)));
    }

    @Override
    public List<Result> run(List<Piece> pieces) {
        int run = script.runs.incrementAndGet();
        script.begun.release();
        switch (run <= script.faults ? script.fault : "") {
            case "crash" -> throw new IllegalStateException("segments");
            case "memory" -> throw new OutOfMemoryError("tensor of 8 GiB");
            case "hang" -> {
                try {
                    script.release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            default -> {
                // It works.
            }
        }
        boolean sound = !script.fault.equals("wrong") || run > script.faults;
        return pieces.stream()
                .map(piece -> (Result) new Said(((Words) piece).text().split("\\W", 2)[0], sound))
                .toList();
    }

    @Override
    public void interrupt() {
        // What hangs does not listen.
    }

    @Override
    public void close() {
        script.release.countDown();
    }
}
