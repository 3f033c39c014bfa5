package dev.troupe.models.expert.catalogue;

import dev.troupe.models.expert.isolated.WorkerLoop;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.ModelFiles;
import dev.troupe.models.task.Task;
import java.io.IOException;
import java.nio.file.Path;

/** The program of a worker process: a task, a folder in the standard export layout and a wish for a device. */
final class ExpertWorker {
    private ExpertWorker() {}

    public static void main(String[] arguments) throws IOException {
        Task task = Task.of(arguments[0]);
        ModelFiles files = ModelFiles.inFolder(Path.of(arguments[1]));
        Device.Wish wish = Device.Wish.valueOf(arguments[2]);
        WorkerLoop.serve(task, () -> Experts.load(task, files, wish));
        // Threads of native libraries would keep the process.
        System.exit(0);
    }
}
