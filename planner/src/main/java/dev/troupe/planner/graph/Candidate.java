package dev.troupe.planner.graph;

import dev.troupe.models.onnx.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can do a type of task: an expert or an agent of the team.
 *
 * @param name in the team file
 * @param agent whether it is an agent
 * @param capabilities names of the types of tasks that it can do
 * @param description what it is for, of agents; may be empty
 * @param licence of its weights, an SPDX identifier; null where it is not known
 * @param device what it is to compute on, of experts
 */
public record Candidate(
        String name,
        boolean agent,
        List<String> capabilities,
        String description,
        @Nullable String licence,
        Device.@Nullable Wish device) {
    public Candidate {
        capabilities = List.copyOf(capabilities);
    }

    /** An agent. */
    public static Candidate agent(String name, List<String> capabilities, String description) {
        return new Candidate(name, true, capabilities, description, null, null);
    }

    public boolean does(Capability capability) {
        return capabilities.contains(capability.name());
    }
}
