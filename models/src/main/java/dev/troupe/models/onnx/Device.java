package dev.troupe.models.onnx;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.util.Locale;
import java.util.Set;

/** What a session computes on. */
public enum Device {
    CPU,
    CUDA;

    /** What a team file asks for. */
    public enum Wish {
        /** CUDA where it can be had, else the CPU. */
        AUTO,
        CPU,
        CUDA
    }

    /**
     * What this machine and this build offer.
     *
     * @param builtIn devices that the native library was built for
     * @param gpu whether the machine has an NVIDIA GPU that this process may use
     */
    public record Offer(Set<Device> builtIn, boolean gpu) {
        public Offer {
            builtIn = Set.copyOf(builtIn);
        }
    }

    /**
     * A device, and in a few words why this one.
     *
     * @param mayFallBack whether the CPU will do when the device refuses the model
     */
    public record Choice(Device device, String reason, boolean mayFallBack) {}

    /**
     * Chooses.
     *
     * @throws TroupeException {@code MODEL_UNAVAILABLE} when CUDA is demanded and cannot be had
     */
    public static Choice choose(Wish wish, Offer offer) {
        String missing = !offer.gpu()
                ? "no GPU is visible"
                : !offer.builtIn().contains(CUDA) ? "this build has no GPU support" : "";
        return switch (wish) {
            case CPU -> new Choice(CPU, "the team file says so", false);
            case AUTO ->
                missing.isEmpty()
                        ? new Choice(CUDA, "a GPU and a GPU build are there", true)
                        : new Choice(CPU, missing, false);
            case CUDA -> {
                if (!missing.isEmpty()) {
                    throw new TroupeException(
                            ErrorCode.MODEL_UNAVAILABLE,
                            "device: cuda, but " + missing + " (expected: auto or cpu here)",
                            offer.gpu() ? "build with -Pgpu" : "is the driver installed? `nvidia-smi` tells");
                }
                yield new Choice(CUDA, "the team file says so", false);
            }
        };
    }

    /** {@code cpu} or {@code cuda}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
