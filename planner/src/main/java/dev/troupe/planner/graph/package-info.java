/**
 * Plans over experts as graphs of typed tasks: what can be planned with, how a plan is written, read and checked, which
 * candidate does a task, and what is done next while a graph is executed. What is here decides and never acts; files are
 * names with types, and values come from whoever executes.
 */
@NullMarked
package dev.troupe.planner.graph;

import org.jspecify.annotations.NullMarked;
