package dev.troupe.runtime.team;

import dev.troupe.tools.call.CallLimits;

/**
 * A tool whose functions are those of a Java class.
 *
 * @param className found by {@link java.util.ServiceLoader} when the team is opened
 */
public record FunctionSettings(String name, String className, CallLimits limits) {}
