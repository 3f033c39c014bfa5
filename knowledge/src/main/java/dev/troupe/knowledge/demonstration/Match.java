package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.journal.Demonstration;

/**
 * A demonstration and how alike its question is to the one asked.
 *
 * @param similarity cosine of the two questions' vectors, 0 to 1
 */
public record Match(Demonstration demonstration, double similarity) {}
