/**
 * Stand-ins for three public APIs (WeatherAPI, Alpha Vantage, Google Places) that the benchmark asks: the command that
 * starts them, and what a test starts them with. What each of them answers is in a package of its own.
 */
@NullMarked
package dev.troupe.examples.eco;

import org.jspecify.annotations.NullMarked;
