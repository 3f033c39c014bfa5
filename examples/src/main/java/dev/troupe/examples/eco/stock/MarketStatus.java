package dev.troupe.examples.eco.stock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.examples.eco.world.Table;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** Which of the world's markets are open: the function {@code MARKET_STATUS}. */
final class MarketStatus {
    private final TradingCalendar calendar;

    MarketStatus(TradingCalendar calendar) {
        this.calendar = calendar;
    }

    ObjectNode json(Instant now) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("endpoint", "Global Market Open & Close Status");
        ArrayNode markets = body.putArray("markets");
        for (String line : Table.lines(MarketStatus.class, "markets.txt")) {
            List<String> fields = Table.fields(line, 7);
            markets.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("market_type", fields.get(0))
                    .put("region", fields.get(1))
                    .put("primary_exchanges", fields.get(2))
                    .put("local_open", fields.get(3))
                    .put("local_close", fields.get(4))
                    .put("current_status", open(fields, now) ? "open" : "closed")
                    .put("notes", fields.get(6)));
        }
        return body;
    }

    private boolean open(List<String> fields, Instant now) {
        ZonedDateTime local = now.atZone(ZoneId.of(fields.get(5)));
        LocalTime time = local.toLocalTime();
        return switch (fields.get(0)) {
            case "Cryptocurrency" -> true;
            case "Forex" -> forex(local.getDayOfWeek(), time);
            default ->
                trades(fields.get(1), local.toLocalDate())
                        && !time.isBefore(LocalTime.parse(fields.get(3)))
                        && time.isBefore(LocalTime.parse(fields.get(4)))
                        && !pause(fields.get(6), time);
        };
    }

    /** From Sunday at five in the afternoon to Friday at four, New York's time. */
    private static boolean forex(DayOfWeek day, LocalTime time) {
        return switch (day) {
            case SATURDAY -> false;
            case SUNDAY -> !time.isBefore(LocalTime.of(17, 0));
            case FRIDAY -> time.isBefore(LocalTime.of(16, 0));
            default -> true;
        };
    }

    private boolean trades(String region, LocalDate date) {
        return calendar.trades(region.equals("United States") ? Exchange.US : Exchange.LONDON, date);
    }

    private static boolean pause(String notes, LocalTime time) {
        if (!notes.startsWith("Break ")) {
            return false;
        }
        String[] words = notes.split(" ", -1);
        return !time.isBefore(LocalTime.parse(words[1])) && time.isBefore(LocalTime.parse(words[3]));
    }
}
