package dev.troupe.models.expert.catalogue;

import dev.troupe.models.call.CallContext;
import dev.troupe.models.expert.isolated.WorkerLoop;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The program of a worker process: a task, a model as a team file names it, a wish for a device, the cache folder. */
final class ExpertWorker {
    /** A check of a stored file's checksum takes seconds; nothing is fetched here. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private ExpertWorker() {}

    public static void main(String[] arguments) throws IOException {
        Task task = Task.of(arguments[0]);
        Device.Wish wish = Device.Wish.valueOf(arguments[2]);
        Experts experts = Experts.of(Path.of(arguments[3]), System.getenv());
        WorkerLoop.serve(
                task, () -> Experts.load(task, experts.files(arguments[1], CallContext.standalone(LONGEST)), wish));
        // Threads of native libraries would keep the process.
        System.exit(0);
    }
}
