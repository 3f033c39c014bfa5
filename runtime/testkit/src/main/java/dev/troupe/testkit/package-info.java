/** What a project tests its teams with, where no model and no sandbox is at hand: scripts, recordings, assertions. */
@NullMarked
package dev.troupe.testkit;

import org.jspecify.annotations.NullMarked;
