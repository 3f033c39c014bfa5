/**
 * Which rung tries next, and what it does, as pure functions of what has happened so far. Nothing here does I/O, reads
 * a clock or keeps state.
 */
@NullMarked
package dev.troupe.planner.ladder;

import org.jspecify.annotations.NullMarked;
