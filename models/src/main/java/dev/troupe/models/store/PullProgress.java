package dev.troupe.models.store;

/**
 * How far a pull is, for whoever shows it; speed and time left follow from successive values.
 *
 * @param model the catalogue's name
 * @param source where the bytes come from
 * @param bytesDone bytes of this stage that are on disk or checked, those of an earlier, broken pull included
 * @param bytesTotal of this stage, in the same measure
 */
public record PullProgress(String model, Stage stage, String source, long bytesDone, long bytesTotal) {
    /** What is being done. */
    public enum Stage {
        /** Another process pulls the same model; nothing to do but wait. */
        WAITING,
        DOWNLOADING,
        JOINING,
        VERIFYING,
        DONE
    }
}
