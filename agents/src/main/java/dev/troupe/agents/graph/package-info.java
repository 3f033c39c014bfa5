/**
 * Plans that are carried out: a graph's tasks are given to experts and agents, what they need is read and what they give is
 * kept, and plans that were solved are remembered. Agents are asked through an interface; their protocol lies above.
 */
@NullMarked
package dev.troupe.agents.graph;

import org.jspecify.annotations.NullMarked;
