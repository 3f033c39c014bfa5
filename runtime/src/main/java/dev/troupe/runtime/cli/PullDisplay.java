package dev.troupe.runtime.cli;

import dev.troupe.models.store.PullProgress;
import java.util.function.Consumer;

/** Shows on a progress bar how far the pull of a model is. */
public final class PullDisplay {
    private PullDisplay() {}

    /** What to give to {@link dev.troupe.models.store.ModelStore#pull}. */
    public static Consumer<PullProgress> on(Progress progress) {
        return pull -> {
            switch (pull.stage()) {
                case WAITING -> progress.update("waiting for another process that fetches " + pull.model());
                case DOWNLOADING -> progress.update("fetching " + pull.model(), pull.bytesDone(), pull.bytesTotal());
                case JOINING -> progress.update("joining " + pull.model(), pull.bytesDone(), pull.bytesTotal());
                case VERIFYING -> progress.update("checking " + pull.model(), pull.bytesDone(), pull.bytesTotal());
                case DONE -> progress.close();
            }
        };
    }
}
