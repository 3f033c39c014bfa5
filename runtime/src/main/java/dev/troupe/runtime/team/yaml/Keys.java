package dev.troupe.runtime.team.yaml;

import java.util.List;

/**
 * The keys that a section of a file may have.
 *
 * @param section its name in the JSON Schema's {@code $defs}
 * @param known what is read
 * @param later what a later version will read and this one refuses by name
 */
public record Keys(String section, List<String> known, List<String> later) {
    public Keys {
        known = List.copyOf(known);
        later = List.copyOf(later);
    }

    public Keys(String section, String... known) {
        this(section, List.of(known), List.of());
    }

    /** The same with keys that are refused as "not in this version". */
    public Keys notYet(String... keys) {
        return new Keys(section, known, List.of(keys));
    }
}
