package dev.troupe.models.expert.isolated;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Expert;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker process does: one expert, asked over standard input and output until the former ends. How it is loaded is
 * told by the class with {@code main}, since pipelines are not known here.
 */
public final class WorkerLoop {
    static final int OK = 0;
    static final int FAILED = 1;

    private WorkerLoop() {}

    /** Loads the expert of this process. */
    public interface Loader {
        /** @throws TroupeException as loading an expert does */
        Expert load();
    }

    /** Serves until standard input ends. */
    public static void serve(Task task, Loader loader) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        // Whatever a library prints must not come between.
        System.setOut(new PrintStream(System.err, true));
        Expert expert;
        try {
            expert = loader.load();
        } catch (TroupeException e) {
            writeFailure(out, e);
            out.flush();
            return;
        }
        out.writeByte(OK);
        Wire.writeText(out, expert.device().name());
        Wire.writeText(out, expert.placement());
        out.flush();
        try (expert) {
            while (true) {
                List<Inputs> batch = read(in, task);
                if (batch.isEmpty()) {
                    return;
                }
                for (Object outcome : answer(expert, batch)) {
                    if (outcome instanceof Value value) {
                        out.writeByte(OK);
                        Wire.write(out, value);
                    } else {
                        writeFailure(out, (TroupeException) outcome);
                    }
                }
                out.flush();
            }
        }
    }

    /** Empty when there is nothing more to come. */
    private static List<Inputs> read(DataInputStream in, Task task) throws IOException {
        int count;
        try {
            count = in.readInt();
        } catch (EOFException e) {
            return List.of();
        }
        List<Inputs> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(Wire.readInputs(in, task));
        }
        return batch;
    }

    private record Part(int request, int index, Expert.Piece piece) {}

    /** A value or a failure for each request; pieces of one shape share a run. */
    private static List<Object> answer(Expert expert, List<Inputs> batch) {
        Object[] outcomes = new Object[batch.size()];
        Expert.Prepared[] prepared = new Expert.Prepared[batch.size()];
        Map<Object, List<Part>> byShape = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            try {
                prepared[i] = expert.prepare(batch.get(i));
                for (int piece = 0; piece < prepared[i].pieces().size(); piece++) {
                    Part part = new Part(i, piece, prepared[i].pieces().get(piece));
                    byShape.computeIfAbsent(part.piece().shape(), shape -> new ArrayList<>())
                            .add(part);
                }
            } catch (RuntimeException e) {
                outcomes[i] = failure(e);
            }
        }
        Map<Integer, Map<Integer, Expert.Result>> results = new LinkedHashMap<>();
        for (List<Part> parts : byShape.values()) {
            int size = Math.min(parts.size(), expert.mostPieces());
            for (int from = 0; from < parts.size(); from += size) {
                run(expert, parts.subList(from, Math.min(parts.size(), from + size)), results, outcomes);
            }
        }
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                outcomes[i] = finish(prepared[i], results.getOrDefault(i, Map.of()));
            }
        }
        return List.of(outcomes);
    }

    private static void run(
            Expert expert, List<Part> parts, Map<Integer, Map<Integer, Expert.Result>> results, Object[] outcomes) {
        try {
            List<Expert.Result> given =
                    expert.run(parts.stream().map(Part::piece).toList());
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                results.computeIfAbsent(part.request(), request -> new LinkedHashMap<>())
                        .put(part.index(), given.get(i));
                if (!given.get(i).isSound()) {
                    outcomes[part.request()] = Expert.unsound(expert.task());
                }
            }
        } catch (RuntimeException e) {
            if (parts.size() > 1) {
                // Which of them is to blame shows when each runs by itself.
                parts.forEach(part -> run(expert, List.of(part), results, outcomes));
            } else {
                outcomes[parts.getFirst().request()] = failure(e);
            }
        }
    }

    private static Object finish(Expert.Prepared prepared, Map<Integer, Expert.Result> results) {
        try {
            List<Expert.Result> inOrder = new ArrayList<>();
            for (int i = 0; i < prepared.pieces().size(); i++) {
                inOrder.add(results.get(i));
            }
            return prepared.finish().apply(inOrder);
        } catch (RuntimeException e) {
            return failure(e);
        }
    }

    private static TroupeException failure(RuntimeException e) {
        return e instanceof TroupeException known
                ? known
                : new TroupeException(ErrorCode.PROVIDER_FAILED, e + " (expected: an answer)", null, e);
    }

    private static void writeFailure(DataOutputStream out, TroupeException e) throws IOException {
        String hint = e.hint();
        out.writeByte(FAILED);
        Wire.writeText(out, e.code().name());
        Wire.writeText(out, String.valueOf(e.getMessage()));
        Wire.writeText(out, hint == null ? "" : hint);
    }
}
