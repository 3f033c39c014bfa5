/**
 * Agents as Pekko typed actors: the protocol that all of them share, and the actors that carry out what the planner
 * decides.
 */
@NullMarked
package dev.troupe.agents;

import org.jspecify.annotations.NullMarked;
