package dev.troupe.examples.eco.weather;

import dev.troupe.examples.eco.world.City.Climate;

/**
 * What sets a climate apart from another at the same latitude and height.
 *
 * @param warmer degrees Celsius above 28 - 0.0065 latitude², which the mean of a year at the sea follows
 * @param seasons how much of 0.28 degrees a degree of latitude the seasons move the mean to either side
 * @param day half of the difference between afternoon and early morning under a clear sky
 * @param fronts the deviation from one few days to the next
 * @param cloud mean share of the sky
 * @param summerCloud what summer adds to that, and winter takes away
 * @param humidity mean, percent
 * @param rain how hard it rains when it does, millimetres an hour
 * @param wind mean, kilometres an hour
 */
record ClimateFigures(
        double warmer,
        double seasons,
        double day,
        double fronts,
        double cloud,
        double summerCloud,
        double humidity,
        double rain,
        double wind) {
    static ClimateFigures of(Climate climate) {
        return switch (climate) {
            case OCEANIC -> new ClimateFigures(-0.7, 0.50, 3.4, 2.6, 0.60, -0.10, 76, 9, 17);
            case CONTINENTAL -> new ClimateFigures(-5.0, 1.15, 5.0, 3.8, 0.50, 0.00, 66, 14, 15);
            case SUBTROPICAL -> new ClimateFigures(-3.0, 1.00, 4.2, 3.0, 0.50, 0.05, 68, 20, 13);
            case MEDITERRANEAN -> new ClimateFigures(-1.5, 0.75, 5.0, 2.0, 0.30, -0.18, 60, 14, 12);
            case DESERT -> new ClimateFigures(2.5, 1.15, 7.5, 2.0, 0.14, 0.00, 30, 8, 14);
            case TROPICAL -> new ClimateFigures(1.3, 0.60, 3.5, 1.0, 0.50, 0.10, 76, 16, 14);
            case HIGHLAND -> new ClimateFigures(1.0, 1.05, 7.0, 3.4, 0.42, 0.05, 48, 10, 13);
            case POLAR -> new ClimateFigures(-1.0, 0.70, 3.4, 3.4, 0.62, 0.00, 74, 6, 16);
        };
    }
}
