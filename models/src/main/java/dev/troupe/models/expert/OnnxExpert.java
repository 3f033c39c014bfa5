package dev.troupe.models.expert;

import dev.troupe.models.onnx.Device;
import dev.troupe.models.onnx.OnnxModel;
import dev.troupe.models.task.Task;
import java.util.List;

/** What all experts on ONNX sessions share: task, device, interruption. */
public abstract class OnnxExpert implements Expert {
    private final Task task;
    private final List<OnnxModel> models;

    /** @param models its sessions, the one that takes the longest first */
    protected OnnxExpert(Task task, OnnxModel... models) {
        this.task = task;
        this.models = List.of(models);
    }

    @Override
    public final Task task() {
        return task;
    }

    @Override
    public final Device device() {
        return models.getFirst().device();
    }

    @Override
    public final String placement() {
        return device().label() + " (" + models.getFirst().deviceReason() + ")";
    }

    @Override
    public final void interrupt() {
        models.forEach(OnnxModel::interrupt);
    }

    @Override
    public void close() {
        models.forEach(OnnxModel::close);
    }
}
