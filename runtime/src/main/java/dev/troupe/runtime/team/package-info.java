/**
 * The team file: one YAML file that says which models, tools and assistants a team has, read once and strictly into
 * records that the rest of the runtime is wired from.
 */
@NullMarked
package dev.troupe.runtime.team;

import org.jspecify.annotations.NullMarked;
