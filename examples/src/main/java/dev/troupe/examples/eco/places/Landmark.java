package dev.troupe.examples.eco.places;

import dev.troupe.examples.eco.world.City;
import dev.troupe.examples.eco.world.Point;
import java.util.List;

/**
 * A place that there really is.
 *
 * @param number its line in the table, from 0
 * @param names what it is called, plain
 */
record Landmark(int number, String name, City city, Point at, List<String> types, List<String> names) {}
