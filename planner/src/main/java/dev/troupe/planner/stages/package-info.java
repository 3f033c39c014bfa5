/**
 * What a planner does, as pure functions of what has happened so far: plan a graph of typed tasks, select who does each,
 * have it executed, and have the answer written from the results.
 */
@NullMarked
package dev.troupe.planner.stages;

import org.jspecify.annotations.NullMarked;
