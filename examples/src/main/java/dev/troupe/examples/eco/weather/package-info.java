/** What answers like WeatherAPI: its paths, parameters, fields and errors, over a made-up but plausible weather. */
@NullMarked
package dev.troupe.examples.eco.weather;

import org.jspecify.annotations.NullMarked;
