package dev.troupe.models.expert.sound;

import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import dev.troupe.models.expert.Resampling;
import dev.troupe.models.task.Value;

/** Sounds at the rate that models are trained with. */
final class Samples {
    static final int RATE = 16_000;

    private Samples() {}

    /**
     * At {@value #RATE} samples a second.
     *
     * @throws TroupeException {@code INPUT_INVALID} when it is empty
     */
    static float[] of(Value.Audio audio) {
        float[] samples = audio.samples();
        if (samples.length == 0) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    audio.name() + ": a sound of zero length (expected: at least one sample)",
                    "was it recorded to its end?");
        }
        if (audio.rate() == RATE) {
            return samples;
        }
        int count = Math.max(1, Math.toIntExact(Math.round((double) samples.length * RATE / audio.rate())));
        return Resampling.CUBIC.rows(samples, samples.length, 1, count);
    }
}
