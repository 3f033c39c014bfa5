/** Runs what the guide shows. */
@NullMarked
package dev.troupe.examples.guide;

import org.jspecify.annotations.NullMarked;
