/**
 * The world that the stand-ins tell of: cities with their true coordinates, time zones and climates, landmarks, sun and
 * moon, and a noise that is the same for the same seed. Nothing here knows an API.
 */
@NullMarked
package dev.troupe.examples.eco.world;

import org.jspecify.annotations.NullMarked;
