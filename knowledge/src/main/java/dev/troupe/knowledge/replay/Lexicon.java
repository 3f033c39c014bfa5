package dev.troupe.knowledge.replay;

import java.util.Locale;
import java.util.Set;

/** Closed lists of words: what never is a name, and what is one of a known category. */
final class Lexicon {
    /** Words that say which or how much of something is asked. Written with a capital they are no names. */
    private static final Set<String> QUALIFIERS = words("""
            average mean median total sum count number minimum maximum min max highest lowest high low most least
            best worst first last latest earliest largest smallest biggest cheapest nearest closest top bottom more
            less fewer greater over under above below before after between until since not no never without except
            excluding including only all any each every per and or adjusted variance range standard deviation hourly
            daily weekly monthly quarterly yearly annual current now today tomorrow yesterday celsius fahrenheit
            kelvin i
            """);

    /** Words that say what is asked, not of what. With a capital they can only be a part of a name. */
    private static final Set<String> QUANTITIES = words("""
            open close opening closing volume price prices revenue profit cost costs sales units orders customers
            rate ratio share percentage percent difference growth change increase decrease second minute hour day
            week month quarter year morning afternoon evening night noon midnight weekend degree degrees metric
            imperial km kilometer kilometers kilometre kilometres mile miles meter meters metre metres feet foot inch
            inches cm mm kph mph kmh knots kg kilogram kilograms pounds lbs grams ounces liter liters litre litres
            gallons mb hpa mbar psi bar watts temperature humidity pressure wind rain snow snowfall precipitation
            visibility sunrise sunset moonrise moonset uv index cloud cover forecast weather dew point direction
            speed gust gusts address phone website url hours rating reviews pe eps ebitda dividend market cap
            capitalization beta sector industry population area capital gdp elevation altitude distance duration
            """);

    /** Of these, the ones that are written in capitals though they are no tickers, or are emphasised so. */
    private static final Set<String> CAPITALS = words("""
            AVERAGE MEAN MEDIAN TOTAL SUM COUNT NUMBER MIN MAX UV PE EPS EBITDA GDP CM MM KPH MPH KMH KG LBS MB HPA MBAR PSI KM
            NOT NO ALL ANY EACH EVERY PER AND OR ONLY SINCE UNTIL NEVER I
            """);

    /** Words that begin a question or an order and are no names, though they are capitalised there. */
    private static final Set<String> OPENERS = words("""
            a an the what which who whom whose when where why how is are was were am be do does did has have had can
            could would will shall should may might must please kindly tell show give get find look list check
            inquire enquire search calculate compute determine report retrieve fetch display return state print
            provide let help i it there that this these those my our your hi hello hey thanks thank if in on at for
            of from to by with during as ok okay so also just any some plot draw compare convert name express using
            considering according out among suggest recommend locate need want looking wondering quick question
            explain describe
            """);

    /**
     * Types of places, as place services name them (the table of types in the documentation of Google's Places API),
     * with blanks for underscores: one of these can stand for another.
     */
    private static final Set<String> PLACE_TYPES = phrases("""
            accounting firm, airport, amusement park, aquarium, art gallery, atm, bakery, bank, bar, beauty salon,
            bicycle store, book store, bookstore, bowling alley, bus station, cafe, café, campground, car dealer,
            car rental, car repair, car wash, casino, cemetery, church, city hall, clothing store, convenience store,
            courthouse, dentist, department store, doctor, drugstore, electrician, electronics store, embassy,
            fire station, florist, funeral home, furniture store, gas station, grocery store, gym, hair salon,
            hardware store, hindu temple, hospital, hotel, jewelry store, laundromat, laundry, library, liquor store,
            locksmith, mosque, movie theater, museum, night club, park, parking lot, pet store, pharmacy, plumber,
            police station, post office, primary school, restaurant, school, shoe store, shopping mall, spa, stadium,
            subway station, supermarket, synagogue, taxi stand, tourist attraction, train station, travel agency,
            university, veterinary clinic, zoo
            """);

    /** Of these, the ones that people say and the service has under another name or not at all. */
    private static final Set<String> SAID = phrases("""
            bookstore, café, grocery store, hair salon, hotel, parking lot, veterinary clinic
            """);

    private Lexicon() {}

    /** Whether a place service has a type of that name, with underscores. */
    static boolean isListedType(String type) {
        String said = type.replace('_', ' ');
        return PLACE_TYPES.contains(said) && !SAID.contains(said);
    }

    /** The words of a text. */
    static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+", -1));
    }

    /** What stands between the commas of a text. */
    static Set<String> phrases(String text) {
        return Set.of(text.strip().split("\\s*,\\s*", -1));
    }

    static boolean isMeaning(String lower) {
        return QUALIFIERS.contains(lower) || QUANTITIES.contains(lower) || Dates.isCalendarWord(lower);
    }

    /** Whether a word in capitals can be the ticker of a company, and no abbreviation. */
    static boolean canBeTicker(String text) {
        return text.matches("[A-Z]{2,5}") && isMeaning(text.toLowerCase(Locale.ROOT)) && !CAPITALS.contains(text);
    }

    /** Whether a word has its capital as a part of a name, and would have none otherwise. */
    static boolean canBeginName(String text) {
        return text.matches("\\p{Lu}\\p{Ll}+") && QUANTITIES.contains(text.toLowerCase(Locale.ROOT));
    }

    static boolean isOpener(String lower) {
        return OPENERS.contains(lower);
    }

    static boolean isPlaceType(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return PLACE_TYPES.contains(lower) || !singular(lower).equals(lower);
    }

    /** The place type of which this is the plural, or the text itself. */
    static String singular(String lower) {
        String[] endings = {"ies", "y", "ches", "ch", "ses", "s", "s", ""};
        for (int i = 0; i < endings.length; i += 2) {
            if (lower.endsWith(endings[i])) {
                String one = lower.substring(0, lower.length() - endings[i].length()) + endings[i + 1];
                if (PLACE_TYPES.contains(one)) {
                    return one;
                }
            }
        }
        return lower;
    }

    /** The regular plural of a place type. */
    static String plural(String lower) {
        if (lower.matches(".*[^aeiou]y")) {
            return lower.substring(0, lower.length() - 1) + "ies";
        }
        return lower.matches(".*(?:s|ch|sh|x)") ? lower + "es" : lower + "s";
    }
}
