/**
 * The Python of this machine: which interpreter it is and the packages that a team wants in it. Both are settled outside
 * the sandbox, once, and mounted into it read-only.
 */
@NullMarked
package dev.troupe.tools.python;

import org.jspecify.annotations.NullMarked;
