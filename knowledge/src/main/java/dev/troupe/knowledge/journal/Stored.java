package dev.troupe.knowledge.journal;

import java.time.Instant;

/**
 * An entry and its place in the journal.
 *
 * @param sequence 1 for the first entry, without gaps
 * @param at when it was written, in microseconds; never before the entry ahead of it
 */
public record Stored(long sequence, Instant at, Entry entry) {}
