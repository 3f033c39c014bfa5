package dev.troupe.runtime.host;

import dev.troupe.agents.TeamSetup;
import java.nio.file.Path;
import java.util.Map;

/**
 * What this machine gives a team.
 *
 * @param data the journal and what is learned; one process at a time
 * @param cache models and Python packages
 * @param environment the process's variables
 * @param machine this machine's configuration
 * @param unsafe whether {@code sandbox: none} may be obeyed
 * @param learns whether solved questions become demonstrations
 * @param tasks how many tasks the team works on at the same time; others wait
 * @param everyAgent whether all agents of the team can be asked, and not only its entry
 * @param plugins what the program brings itself
 */
public record HostSettings(
        Path data,
        Path cache,
        Map<String, String> environment,
        MachineConfig machine,
        boolean unsafe,
        boolean learns,
        int tasks,
        boolean everyAgent,
        Plugins plugins) {
    public HostSettings {
        environment = Map.copyOf(environment);
    }

    public HostSettings(Path data, Path cache, Map<String, String> environment, boolean unsafe) {
        this(
                data,
                cache,
                environment,
                MachineConfig.NONE,
                unsafe,
                true,
                TeamSetup.Bounds.DEFAULT.running(),
                false,
                Plugins.NONE);
    }

    /** The same, but what is solved leaves no demonstration behind. */
    public HostSettings withoutLearning() {
        return new HostSettings(data, cache, environment, machine, unsafe, false, tasks, everyAgent, plugins);
    }

    public HostSettings withMachine(MachineConfig other) {
        return new HostSettings(data, cache, environment, other, unsafe, learns, tasks, everyAgent, plugins);
    }

    public HostSettings withData(Path other) {
        return new HostSettings(other, cache, environment, machine, unsafe, learns, tasks, everyAgent, plugins);
    }

    public HostSettings withTasks(int other) {
        return new HostSettings(data, cache, environment, machine, unsafe, learns, other, everyAgent, plugins);
    }

    public HostSettings withEveryAgent() {
        return new HostSettings(data, cache, environment, machine, unsafe, learns, tasks, true, plugins);
    }

    public HostSettings withPlugins(Plugins other) {
        return new HostSettings(data, cache, environment, machine, unsafe, learns, tasks, everyAgent, other);
    }
}
