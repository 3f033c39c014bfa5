/** Experts that listen: where somebody speaks, and what is said. */
@NullMarked
package dev.troupe.models.expert.sound;

import org.jspecify.annotations.NullMarked;
