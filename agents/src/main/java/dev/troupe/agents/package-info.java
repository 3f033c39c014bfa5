/**
 * Agents as Pekko typed actors: the protocol that all of them share ({@link dev.troupe.agents.Agent}), the actors that
 * carry out what the planner decides, and {@link dev.troupe.agents.Team}, by which plain Java uses them.
 */
@NullMarked
package dev.troupe.agents;

import org.jspecify.annotations.NullMarked;
