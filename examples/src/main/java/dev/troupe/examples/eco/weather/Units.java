package dev.troupe.examples.eco.weather;

/** Rounding, and the other units that WeatherAPI tells beside the metric ones. */
final class Units {
    private Units() {}

    static double tenth(double value) {
        return StrictMath.rint(value * 10) / 10 + 0.0; // no negative zero
    }

    static double hundredth(double value) {
        return StrictMath.rint(value * 100) / 100 + 0.0;
    }

    static double fahrenheit(double celsius) {
        return tenth(celsius * 1.8 + 32);
    }

    static double miles(double kilometres) {
        return tenth(kilometres * 0.621371);
    }

    static double inches(double millimetres) {
        return hundredth(millimetres / 25.4);
    }

    /** Of mercury. */
    static double pressureInches(double millibars) {
        return hundredth(millibars * 0.02953);
    }
}
