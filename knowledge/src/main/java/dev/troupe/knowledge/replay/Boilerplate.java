package dev.troupe.knowledge.replay;

import java.util.Set;
import java.util.regex.Pattern;

/** What programs have for everybody, whatever is asked: time limits, keys, the words of a query language. */
final class Boilerplate {
    private static final Set<String> SAME_FOR_ALL = Lexicon.words("""
            timeout radius limit max_results per_page page page_size count size width height dpi decimals ndigits
            digits indent status_code retries outputsize output_size interval function apikey api_key key token units
            unit format fields sort order orderby order_by rankby mode encoding lang language user-agent accept aqi
            alerts weather_api_key appid app_key sep delimiter engine freq how axis method datatype aggfunc by on
            ascending kind dtype errors header rank_by minprice maxprice opennow
            """);
    private static final Set<String> OF_A_PLACE = Lexicon.words("""
            country country_code state region tz timezone time_zone lat lon lng latitude longitude coordinates
            location city_id station station_id place_id id market exchange currency locale geo zone airport iata
            code
            """);
    private static final Set<String> CALLS_FOR_ALL = Lexicon.words("""
            groupby sort_values set_index get drop rename nlargest nsmallest merge pivot_table to_datetime find
            find_all select getattr strftime strptime encode decode split join strip open read_csv read_excel
            read_json request session round isinstance replace environ getenv agg resample to_period astype
            import_module range len rolling head tail fillna add_argument setattr quantile
            """);
    private static final Set<String> NUMBERS_FOR_ALL = Lexicon.words("""
            12 24 60 100 200 404 1000 3600 86400 1e3 1e6 1e9 1000000 1000000000 0.0 1.0 0.5 100.0 1.8 32 3.6 0.621371
            1.609344 1.60934 2.54 25.4 0.3048 273.15 inf 10.0 1_000 1_000_000
            """);
    private static final Pattern SQL_WORD =
            Pattern.compile("\\b(?:SELECT|FROM|WHERE|AND|OR|COUNT|SUM|AVG|MIN|MAX|GROUP|ORDER|BY"
                    + "|AS|DISTINCT|JOIN|ON|DESC|ASC|LIMIT|BETWEEN|IN|LIKE)\\b");

    private Boilerplate() {}

    /** What may belong to one place alone. */
    static boolean isOfAPlace(String role) {
        return OF_A_PLACE.contains(role);
    }

    static boolean isNumber(String text) {
        return NUMBERS_FOR_ALL.contains(text);
    }

    static boolean isForAll(String role) {
        if (role.startsWith("call:")) {
            return CALLS_FOR_ALL.contains(role.replaceAll("^call:|:\\d+$", ""));
        }
        return SAME_FOR_ALL.contains(role)
                || role.endsWith("_key")
                || role.endsWith("apikey")
                || role.endsWith("url")
                || role.endsWith("format")
                || role.endsWith("headers");
    }

    /** Names, codes and identifiers can stand for something; words in lower case and constants do not. */
    static boolean isTelling(String left) {
        String said = isSql(left) ? SQL_WORD.matcher(left).replaceAll("") : left;
        String plain = said.replace("\u0001", "").strip();
        boolean constant =
                plain.matches("[A-Z]+(?:_[A-Z]+)+") || plain.matches("GET|POST|JSON|CSV|UTF-?8|UTC|OK|ANSWER:?");
        boolean identifier = plain.length() > 4 && plain.matches("(?=.*\\d)(?=.*[A-Za-z])[\\w-]+");
        boolean capital = plain.matches("(?s).*\\b\\p{Lu}.*");
        return !constant && (capital || identifier || Places.isSurelyPlace(plain));
    }

    /** A query that compares with nothing but what was exchanged. */
    private static boolean isSql(String left) {
        return left.startsWith("SELECT ")
                && left.replace("'\u0001'", "").chars().noneMatch(c -> c == '\'' || c == '"' || Character.isDigit(c));
    }
}
