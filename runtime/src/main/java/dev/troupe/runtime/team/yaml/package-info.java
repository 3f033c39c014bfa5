/**
 * Strict reading of a YAML file that people write: nodes with their places, keys that are declared, values with units,
 * references to the environment, and every problem collected instead of the first one thrown. Knows nothing of teams.
 */
@NullMarked
package dev.troupe.runtime.team.yaml;

import org.jspecify.annotations.NullMarked;
