package dev.troupe.models.store;

import dev.troupe.models.call.CallContext;
import java.time.Duration;

/** Pulls a model of the catalogue into this user's store and tells how far it is, for trying it by hand. */
final class PullCatalogueModel {
    private PullCatalogueModel() {}

    /** @param arguments the model's name */
    public static void main(String[] arguments) {
        PullProgress.Stage[] stage = {null};
        long[] shown = {0};
        System.out.println(ModelStore.standard()
                .pull(
                        arguments[0],
                        progress -> {
                            if (progress.stage() != stage[0] || System.nanoTime() - shown[0] > 2_000_000_000L) {
                                stage[0] = progress.stage();
                                shown[0] = System.nanoTime();
                                System.out.println(progress);
                            }
                        },
                        CallContext.standalone(Duration.ofHours(1))));
    }
}
