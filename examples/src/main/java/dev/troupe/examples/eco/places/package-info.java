/** What answers like Google's Places and Geocoding APIs, over made-up places around the true middle of each city. */
@NullMarked
package dev.troupe.examples.eco.places;

import org.jspecify.annotations.NullMarked;
