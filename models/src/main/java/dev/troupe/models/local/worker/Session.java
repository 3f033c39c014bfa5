package dev.troupe.models.local.worker;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What one client asks of the model, until it goes. */
final class Session {
    private final Wire wire;
    private final LoadedModel model;
    private final LongFunction<WorkerReply> status;
    private final Runnable stop;
    private final Runnable used;
    private final Map<Long, Answering> answering = new ConcurrentHashMap<>();

    /**
     * @param status what the process is doing, as a reply under an id
     * @param stop ends the process
     * @param used is told that the client is one that wants the model
     */
    Session(Wire wire, LoadedModel model, LongFunction<WorkerReply> status, Runnable stop, Runnable used) {
        this.wire = wire;
        this.model = model;
        this.status = status;
        this.stop = stop;
        this.used = used;
    }

    /** Serves the client to its end; what it had asked for is given up then. */
    void serve() throws IOException {
        try {
            WorkerRequest request;
            while ((request = wire.receive(WorkerRequest.class)) != null) {
                take(request);
            }
        } finally {
            answering.values().forEach(Answering::cancel);
        }
    }

    private void take(WorkerRequest request) {
        switch (request) {
            case WorkerRequest.Load load -> {
                used.run();
                onThread(WorkerRequest.LOADING, () -> send(model.load(load)));
            }
            case WorkerRequest.Generate generate -> {
                Answering asked = new Answering(generate);
                answering.put(generate.id(), asked);
                onThread(generate.id(), asked::run);
            }
            case WorkerRequest.Count count -> onThread(count.id(), () -> count(count));
            case WorkerRequest.Cancel cancel -> {
                Answering asked = answering.get(cancel.id());
                if (asked != null) {
                    asked.cancel();
                }
            }
            case WorkerRequest.Look look -> send(status.apply(look.id()));
            case WorkerRequest.Stop ignored -> stop.run();
        }
    }

    private void count(WorkerRequest.Count count) {
        Engine engine = model.engine();
        send(new WorkerReply.Counted(count.id(), engine.promptTokens(engine.prompt(count.turns())).length));
    }

    private void onThread(long id, Runnable work) {
        Thread.ofPlatform().name("request-" + id).daemon().start(() -> {
            try {
                work.run();
            } catch (RuntimeException | LinkageError e) {
                e.printStackTrace();
                send(new WorkerReply.Refused(id, WorkerReply.Reason.FAILED, String.valueOf(e.getMessage())));
            }
        });
    }

    /** A client that has gone is noticed by the thread that reads. */
    private void send(WorkerReply reply) {
        try {
            wire.send(reply);
        } catch (IOException e) {
            System.err.println("connection lost: " + e.getMessage());
            answering.values().forEach(Answering::cancel);
        }
    }

    /** An answer that was asked for: it waits for its turn, and is written. */
    private final class Answering {
        private final WorkerRequest.Generate request;
        private @Nullable Generation generation;
        private boolean cancelled;

        Answering(WorkerRequest.Generate request) {
            this.request = request;
        }

        void run() {
            LoadedModel.Turn turn;
            try {
                turn = model.takeTurn();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            try {
                Generation begun = begin(turn);
                if (begun != null) {
                    begun.run();
                }
            } finally {
                turn.end();
            }
        }

        private synchronized @Nullable Generation begin(LoadedModel.Turn turn) {
            if (cancelled) {
                return null;
            }
            generation = new Generation(model.engine(), request, reply -> {
                boolean last = !(reply instanceof WorkerReply.Piece);
                if (last) {
                    answering.remove(request.id());
                    turn.end();
                }
                send(reply);
            });
            return generation;
        }

        void cancel() {
            Generation begun;
            synchronized (this) {
                begun = generation;
                if (cancelled) {
                    return;
                }
                cancelled = true;
            }
            if (begun != null) {
                begun.cancel();
                model.countCancelled();
            } else if (answering.remove(request.id()) != null) {
                send(new WorkerReply.Done(request.id(), 0, 0, 0, WorkerReply.End.CANCELLED));
            }
        }
    }
}
