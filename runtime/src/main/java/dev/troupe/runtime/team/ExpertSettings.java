package dev.troupe.runtime.team;

import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Task;
import java.time.Duration;

/**
 * An expert of the team.
 *
 * @param name in the team file
 * @param model a name of the catalogue, or the absolute path of a folder in the standard export layout
 * @param device what it should compute on
 * @param isolated whether it runs in a process of its own, as every model from outside the catalogue does
 * @param batchSize the most pieces of one run
 * @param batchWait how long the oldest piece waits for others
 */
public record ExpertSettings(
        String name, Task task, String model, Device.Wish device, boolean isolated, int batchSize, Duration batchWait) {
    /** Pieces of one run when the file does not say. */
    public static final int DEFAULT_BATCH_SIZE = 16;
    /** How long a piece waits for others when the file does not say. */
    public static final Duration DEFAULT_BATCH_WAIT = Duration.ofMillis(5);
}
