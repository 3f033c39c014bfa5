package dev.troupe.agents.expert;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** An expert that does what its input says: the vector of a text is its length, unless the text names a fault. */
final class ScriptedExpert implements Expert {
    /** Over all that share it: what was run, and a gate that each run must pass. */
    static final class Script {
        final List<List<String>> runs = new CopyOnWriteArrayList<>();
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        final CountDownLatch release = new CountDownLatch(1);
        volatile Semaphore gate = new Semaphore(Integer.MAX_VALUE);
        volatile int loadsThatFail;

        Expert open() {
            if (opened.incrementAndGet() <= loadsThatFail) {
                throw new TroupeException(
                        ErrorCode.MODEL_UNAVAILABLE,
                        "model.onnx: truncated (expected: a whole file)",
                        "fetch it again");
            }
            return new ScriptedExpert(this);
        }

        List<String> ran() {
            return runs.stream().flatMap(List::stream).toList();
        }
    }

    private record Words(String text) implements Piece {
        @Override
        public Object shape() {
            return text.length();
        }
    }

    private record Length(float value) implements Result {
        @Override
        public boolean isSound() {
            return Float.isFinite(value);
        }
    }

    private final Script script;

    private ScriptedExpert(Script script) {
        this.script = script;
    }

    @Override
    public Task task() {
        return Task.FEATURE_EXTRACTION;
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
        String text = inputs.text("text");
        if (text.startsWith("unfit")) {
            throw new TroupeException(ErrorCode.INPUT_INVALID, "text: unfit (expected: fit)", null);
        }
        return new Prepared(
                List.of(new Words(text)),
                results -> new Value.Vector(new float[] {((Length) results.getFirst()).value()}));
    }

    @Override
    public List<Result> run(List<Piece> pieces) {
        script.gate.acquireUninterruptibly();
        List<String> texts =
                pieces.stream().map(piece -> ((Words) piece).text()).toList();
        script.runs.add(texts);
        for (String text : texts) {
            if (text.startsWith("crash")) {
                throw new IllegalStateException("segments");
            }
            if (text.startsWith("error")) {
                throw new TroupeException(ErrorCode.PROVIDER_FAILED, "model.onnx: shapes differ", null);
            }
            if (text.startsWith("hangs")) {
                try {
                    script.release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return texts.stream()
                .map(text -> (Result) new Length(text.startsWith("NaN") ? Float.NaN : text.length()))
                .toList();
    }

    @Override
    public void interrupt() {
        // A model that hangs does not listen.
    }

    @Override
    public void close() {
        script.closed.incrementAndGet();
    }
}
