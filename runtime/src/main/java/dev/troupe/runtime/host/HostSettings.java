package dev.troupe.runtime.host;

import java.nio.file.Path;
import java.util.Map;

/**
 * What this machine gives a team.
 *
 * @param data the journal and what is learned; one process at a time
 * @param cache models and Python packages
 * @param environment the process's variables
 * @param unsafe whether {@code sandbox: none} may be obeyed
 * @param learns whether solved questions become demonstrations
 */
public record HostSettings(Path data, Path cache, Map<String, String> environment, boolean unsafe, boolean learns) {
    public HostSettings {
        environment = Map.copyOf(environment);
    }

    public HostSettings(Path data, Path cache, Map<String, String> environment, boolean unsafe) {
        this(data, cache, environment, unsafe, true);
    }

    /** The same, but what is solved leaves no demonstration behind. */
    public HostSettings withoutLearning() {
        return new HostSettings(data, cache, environment, unsafe, false);
    }
}
