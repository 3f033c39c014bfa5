package dev.troupe.models.expert;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Inputs;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A loaded model that solves one task. Thread-safe: any number of threads may prepare and run at a time. Native memory is
 * freed by {@link #close}, at the end of runs that are still under way.
 */
public interface Expert extends AutoCloseable {
    Task task();

    /** What it computes on, and why there: {@code cpu (no GPU is visible)}. */
    String placement();

    /** What it computes on. */
    Device device();

    /**
     * Checks and pre-processes a request: tokens, pixels, samples. No model runs.
     *
     * @throws TroupeException {@code INPUT_INVALID} when the input is not fit for this model
     */
    Prepared prepare(Inputs inputs);

    /** The most pieces that a run may take; 1 where the model takes only one. */
    default int mostPieces() {
        return Integer.MAX_VALUE;
    }

    /**
     * Runs the model once over pieces of one shape, at most {@link #mostPieces}.
     *
     * @return one result for each piece, in order
     * @throws TroupeException {@code PROVIDER_FAILED} when the model fails on them
     */
    List<Result> run(List<Piece> pieces);

    /** Asks runs in progress to end early; those that listen fail soon after. */
    void interrupt();

    @Override
    void close();

    /** What one run takes of one request. Pieces of equal shape may share a run. */
    interface Piece {
        /** Compared by {@code equals}. */
        Object shape();
    }

    /** What a run gives for one piece. */
    interface Result {
        /** False when the model computed NaN or infinity, of which no answer can be made. */
        boolean isSound();
    }

    /**
     * A request, ready to run.
     *
     * @param pieces at least one
     * @param finish makes the answer of the results, which come in the order of the pieces
     */
    record Prepared(List<Piece> pieces, Function<List<Result>, Value> finish) {
        public Prepared {
            pieces = List.copyOf(pieces);
        }
    }

    /** The error of a result that is not sound. */
    static TroupeException unsound(Task task) {
        return new TroupeException(
                ErrorCode.PROVIDER_FAILED,
                task + ": the model computed NaN or infinity (expected: finite numbers)",
                "is this the right model for the input? another expert may take it");
    }

    /** One request from beginning to end on this thread; pieces of one shape share a run. */
    default Value apply(Inputs inputs) {
        Prepared prepared = prepare(inputs);
        Map<Object, List<Integer>> byShape = new LinkedHashMap<>();
        for (int i = 0; i < prepared.pieces().size(); i++) {
            byShape.computeIfAbsent(prepared.pieces().get(i).shape(), shape -> new ArrayList<>())
                    .add(i);
        }
        Result[] results = new Result[prepared.pieces().size()];
        for (List<Integer> group : byShape.values()) {
            for (int from = 0; from < group.size(); from += Math.min(mostPieces(), group.size())) {
                List<Integer> some =
                        group.subList(from, Math.min(group.size(), from + Math.min(mostPieces(), group.size())));
                List<Result> given =
                        run(some.stream().map(prepared.pieces()::get).toList());
                for (int i = 0; i < some.size(); i++) {
                    if (!given.get(i).isSound()) {
                        throw unsound(task());
                    }
                    results[some.get(i)] = given.get(i);
                }
            }
        }
        return prepared.finish().apply(List.of(results));
    }
}
