package dev.troupe.examples.eco.weather;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.examples.eco.world.City;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A warning for a day. */
record Alert(String event, String description, City city, LocalDate date) {
    private static final double GALE_KPH = 62;
    private static final double DOWNPOUR_MM = 60;

    /** What is to be warned of, if anything. */
    static Optional<Alert> of(City city, LocalDate date, DaySummary day) {
        if (day.most(Sample::wind) >= GALE_KPH) {
            return Optional.of(new Alert("Gale Warning", "Gale force winds are expected.", city, date));
        }
        if (day.precipitation() >= DOWNPOUR_MM) {
            return Optional.of(new Alert("Flood Watch", "Excessive rain may lead to flooding.", city, date));
        }
        return Optional.empty();
    }

    ObjectNode json() {
        ZonedDateTime begin = date.atStartOfDay(city.zone());
        return WeatherJson.object()
                .put("headline", event + " for " + city.name())
                .put("msgtype", "Alert")
                .put("severity", "Moderate")
                .put("urgency", "Expected")
                .put("areas", city.name())
                .put("category", "Met")
                .put("certainty", "Likely")
                .put("event", event)
                .put("note", "")
                .put("effective", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(begin))
                .put("expires", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(begin.plusDays(1)))
                .put("desc", description)
                .put("instruction", "");
    }
}
