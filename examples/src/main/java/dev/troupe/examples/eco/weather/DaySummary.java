package dev.troupe.examples.eco.weather;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a day's hours add up to. */
record DaySummary(List<Sample> hours) {
    DaySummary {
        hours = List.copyOf(hours);
    }

    double warmest() {
        return hours.stream().mapToDouble(Sample::temperature).max().orElseThrow();
    }

    double coldest() {
        return hours.stream().mapToDouble(Sample::temperature).min().orElseThrow();
    }

    double mean(ToDoubleFunction<Sample> figure) {
        return hours.stream().mapToDouble(figure).average().orElseThrow();
    }

    double most(ToDoubleFunction<Sample> figure) {
        return hours.stream().mapToDouble(figure).max().orElseThrow();
    }

    double precipitation() {
        return Units.tenth(hours.stream().mapToDouble(Sample::precipitation).sum());
    }

    double snow() {
        return Units.tenth(hours.stream().mapToDouble(Sample::snow).sum());
    }

    boolean rains() {
        return hours.stream().anyMatch(Sample::rains);
    }

    boolean snows() {
        return hours.stream().anyMatch(Sample::snows);
    }

    /** That of the wettest hour where a millimetre falls; otherwise that of the most common sky by day. */
    Condition condition() {
        if (precipitation() >= 1) {
            return hours.stream()
                    .max(Comparator.comparingDouble(Sample::precipitation))
                    .orElseThrow()
                    .condition();
        }
        if (precipitation() > 0) {
            return Condition.of(snows() ? 1213 : 1063);
        }
        double cloud = mean(Sample::cloud);
        return Condition.of(cloud > 85 ? 1009 : cloud > 60 ? 1006 : cloud > 25 ? 1003 : 1000);
    }
}
