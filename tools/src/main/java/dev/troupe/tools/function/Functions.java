package dev.troupe.tools.function;

/**
 * A class with methods that models may call: each public one with {@link Function}. Team files name the class; it is
 * found by {@link java.util.ServiceLoader}, so it is listed in
 * {@code META-INF/services/dev.troupe.tools.function.Functions} and has a public constructor without parameters. One
 * instance serves all tasks of a team, on many threads at once.
 */
public interface Functions {}
