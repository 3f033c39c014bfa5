/**
 * The append-only journal, the one source of truth: what is stored in it, and how it gets onto the disk before anything
 * is acknowledged.
 */
@NullMarked
package dev.troupe.knowledge.journal;

import org.jspecify.annotations.NullMarked;
