package dev.troupe.examples.eco.weather;

import dev.troupe.examples.eco.world.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A weather condition with WeatherAPI's code for it. */
record Condition(int code, String day, String night, int icon) {
    private static final Map<Integer, Condition> ALL = new HashMap<>();

    static {
        for (String line : Table.lines(Condition.class, "conditions.txt")) {
            List<String> fields = Table.fields(line, 4);
            int code = Integer.parseInt(fields.get(0));
            ALL.put(code, new Condition(code, fields.get(1), fields.get(2), Integer.parseInt(fields.get(3))));
        }
    }

    static Condition of(int code) {
        Condition condition = ALL.get(code);
        if (condition == null) {
            throw new IllegalArgumentException("condition: " + code + " (expected: a code of conditions.txt)");
        }
        return condition;
    }

    String text(boolean byDay) {
        return byDay ? day : night;
    }

    String iconAddress(boolean byDay) {
        return "//cdn.weatherapi.com/weather/64x64/" + (byDay ? "day" : "night") + "/" + icon + ".png";
    }
}
