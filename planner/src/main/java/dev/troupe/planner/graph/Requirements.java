package dev.troupe.planner.graph;

import dev.troupe.models.onnx.Device;
import java.util.Set;

/**
 * What candidates have to be like.
 *
 * @param licences SPDX identifiers that weights may have; empty for any, unknown ones too
 * @param devices what experts may be set to compute on; empty for any
 */
public record Requirements(Set<String> licences, Set<Device.Wish> devices) {
    /** Any will do. */
    public static final Requirements NONE = new Requirements(Set.of(), Set.of());

    public Requirements {
        licences = Set.copyOf(licences);
        devices = Set.copyOf(devices);
    }
}
