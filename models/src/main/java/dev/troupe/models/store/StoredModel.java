package dev.troupe.models.store;

import java.nio.file.Path;

/**
 * A model of the catalogue and how it stands on this machine.
 *
 * @param path where its file is, or would be
 * @param bytesOnDisk of the file, or of what is there of it
 */
public record StoredModel(CatalogueModel model, State state, Path path, long bytesOnDisk) {
    /** How a model stands in the store. */
    public enum State {
        ABSENT,
        /** A pull was begun, and can go on where it stopped. */
        PARTIAL,
        INSTALLED,
        /** The file is not what the catalogue says it should be. */
        DAMAGED
    }
}
