package dev.troupe.knowledge.replay;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a place in a program is for, by the name that stands beside it. */
final class Roles {
    private static final Pattern PARAMETER = Pattern.compile("(?:^|[?&])([\\w.-]+)=[^&=]*$");
    private static final Pattern TICKER =
            Pattern.compile(".*(?:symbol|ticker).*|call:download:0|stock|stock_code|tickers?");
    private static final Pattern CONSTRUCTOR = Pattern.compile("call:(?:date|datetime|timestamp):(\\d)");
    private static final Set<String> FREE_TEXT = Set.of(
            "q",
            "query",
            "city",
            "city_name",
            "address",
            "location",
            "place",
            "keyword",
            "input",
            "input_value",
            "name",
            "location_name",
            "search",
            "text",
            "term");

    private Roles() {}

    /** The role of an index in a piece: of the parameter in a URL, or of the whole piece. */
    static String at(Piece piece, int index) {
        Matcher parameter = PARAMETER.matcher(piece.value().substring(0, index));
        return (piece.isNumber() || !parameter.find() ? piece.role() : parameter.group(1)).toLowerCase(Locale.ROOT);
    }

    static boolean isParameter(Piece piece, int index) {
        return !piece.isNumber()
                && PARAMETER.matcher(piece.value().substring(0, index)).find();
    }

    static boolean isTicker(String role) {
        return TICKER.matcher(role).matches();
    }

    /** Whether the name beside a number says that it is that part of a date: {@code year ==}, {@code date(2025, …)}. */
    static boolean isCalendar(String role, Form.Part part) {
        Matcher constructor = CONSTRUCTOR.matcher(role);
        String name = part.name().toLowerCase(Locale.ROOT);
        return constructor.matches()
                ? Integer.parseInt(constructor.group(1))
                        == List.of("year", "month", "day").indexOf(name)
                : role.matches("(?:cmp:)?(?:\\w*_)?" + name + "(?:_\\w*)?");
    }

    static boolean isFreeText(String role) {
        return FREE_TEXT.contains(role);
    }
}
