package dev.troupe.knowledge.replay;

import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A solved question whose answer somebody vouches for.
 *
 * @param id of its demonstration
 * @param asked when and where it was asked, or null when nobody knows: then no relative date of it can be told
 */
public record Solution(
        String id,
        String question,
        String language,
        String code,
        @Nullable ZonedDateTime asked) {}
