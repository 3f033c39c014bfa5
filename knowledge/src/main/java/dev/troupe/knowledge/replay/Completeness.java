package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Piece.Place;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether anything else in a program may depend on what has changed: coordinates of a place, the number of days of a
 * month, an end of a range, a country's code. What the question's own words explain, and what programs need for
 * everybody, is harmless; everything else is a reason to abstain, unless two verified solutions show that it stays.
 */
final class Completeness {
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
    private static final Pattern OF_A_PLACE_NUMBER =
            Pattern.compile("(?:cmp:)?(?:\\w*_)?(?:offset|utcoffset|tz|utc|gmt|zone|lat"
                    + "|lon|lng|latitude|longitude|id|population|elevation|altitude|code|hours)(?:_\\w*)?");
    private static final Pattern CAPITALISED = Pattern.compile("\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+)*");
    private static final Pattern PROSE = Pattern.compile("\\p{L}[\\p{L}'’]* \\p{Ll}+ (?:.*\\p{Ll}+)?");
    private static final Pattern DATE_LIKE = Pattern.compile("(?<!\\d)(?:19|20)\\d\\d(?:[-/.]?\\d\\d){0,2}(?!\\d)");
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final Pattern COORDINATES = Pattern.compile("-?\\d{1,3}\\.\\d{2,}");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(?:\\.\\d+)?(?![\\w.])");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final List<Slot> olds;
    private final Set<Integer> changed;
    private final Set<String> said;
    private final Set<String> numbersSaid;
    private final @Nullable LocalDate oldDay;

    private Completeness(String question, List<Slot> olds, Set<Integer> changed, @Nullable LocalDate oldDay) {
        this.olds = olds;
        this.changed = changed;
        this.oldDay = oldDay;
        this.said = WORD.matcher(question.toLowerCase(Locale.ROOT))
                .results()
                .flatMap(word -> Stream.of(word.group(), Lexicon.singular(word.group())))
                .collect(Collectors.toSet());
        this.numbersSaid =
                NUMBER.matcher(question).results().map(number -> number.group()).collect(Collectors.toSet());
    }

    /**
     * Looks at all of a program that was not exchanged.
     *
     * @param done the exchange
     * @param unshown indexes of the changed slots that no other solution has shown to be all; with none of them, only
     *     dates are looked at, which may follow from the clock
     * @throws Abstention when something may depend on what has changed
     */
    static void check(
            String question,
            List<Piece> pieces,
            List<Slot> olds,
            Exchange.Done done,
            Set<Integer> unshown,
            @Nullable LocalDate oldDay) {
        Completeness check = new Completeness(question, olds, unshown, oldDay);
        for (Piece piece : pieces) {
            check.piece(
                    piece,
                    done.occurrences().stream()
                            .filter(found -> found.piece().equals(piece))
                            .toList());
        }
    }

    private void piece(Piece piece, List<Occurrence> known) {
        String left = left(piece, known);
        names(left);
        dates(piece, left);
        if (piece.isNumber() || piece.value().matches("-?\\d+(?:\\.\\d+)?")) {
            if (known.isEmpty()) {
                number(piece);
            }
        } else if (changesWhat()) {
            text(piece, left, known);
        }
        url(piece, left);
    }

    /** What a piece says beside the values that are known. */
    private static String left(Piece piece, List<Occurrence> known) {
        StringBuilder left = new StringBuilder(piece.value());
        for (Occurrence found : known.reversed()) {
            left.replace(found.from(), found.to(), "\u0001");
        }
        return left.toString();
    }

    private boolean changesWhat() {
        return changed.stream().map(olds::get).anyMatch(slot -> slot.when() == null && slot.kind() != Slot.Kind.NUMBER);
    }

    /** Nothing of an old name may stay behind. */
    private void names(String left) {
        String plain = left.toLowerCase(Locale.ROOT);
        String letters = plain.replaceAll("[^\\p{L}\\p{N}]", "");
        for (int index : changed) {
            Slot slot = olds.get(index);
            if (slot.when() != null || slot.kind() == Slot.Kind.NUMBER) {
                continue;
            }
            String name = slot.text().toLowerCase(Locale.ROOT);
            String joined = name.replaceAll("[^\\p{L}\\p{N}]", "");
            if (joined.length() >= 3 && letters.contains(joined)) {
                throw new Abstention("the program has \"" + slot.text() + "\" inside another text");
            }
            for (String word :
                    slot.kind() == Slot.Kind.NAME ? slot.text().split("[^\\p{L}\\p{N}]+", -1) : new String[0]) {
                boolean telling = word.length() > 3 && Character.isUpperCase(word.charAt(0));
                if (telling
                        && left.matches("(?s).*(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}]).*")) {
                    throw new Abstention("the program has \"" + word + "\" of \"" + slot.text() + "\" alone");
                }
            }
        }
    }

    private void dates(Piece piece, String left) {
        Matcher date = DATE_LIKE.matcher(left);
        while (date.find()) {
            String text = date.group();
            boolean named =
                    numbersSaid.contains(text) && dateSlots(false).findAny().isEmpty();
            boolean yearOfField = piece.place() == Place.FIELD && text.length() == 4;
            if (!named && !isWithinUnchanged(text) && !yearOfField) {
                throw new Abstention("the program has the date " + text + ", which the question does not explain");
            }
        }
        boolean dateChanges = dateSlots(true).findAny().isPresent();
        String lower = left.toLowerCase(Locale.ROOT);
        if (dateChanges && !piece.isMessage()) {
            for (String word : lower.split("[^a-z]+", -1)) {
                if (Dates.isCalendarWord(word) && word.length() > 3 && !said.contains(word)) {
                    throw new Abstention("the program has \"" + word + "\", which may depend on the date");
                }
            }
        }
    }

    private Stream<Slot> dateSlots(boolean ofChanged) {
        return java.util.stream.IntStream.range(0, olds.size())
                .filter(index -> changed.contains(index) == ofChanged)
                .mapToObj(olds::get)
                .filter(slot -> slot.when() != null);
    }

    /** A date that follows from one that stays. */
    private boolean isWithinUnchanged(String text) {
        Matcher iso = ISO.matcher(text);
        return dateSlots(false)
                .map(slot -> Objects.requireNonNull(slot.when()))
                .filter(When::isCertain)
                .filter(when -> !when.relative())
                .flatMap(when -> when.readings().values().stream())
                .anyMatch(period -> iso.matches()
                        ? isWithin(period, iso)
                        : text.startsWith(String.valueOf(period.start().getYear())) && text.length() <= 7);
    }

    private static boolean isWithin(Period period, Matcher iso) {
        try {
            return period.holds(LocalDate.of(
                    Integer.parseInt(iso.group(1)), Integer.parseInt(iso.group(2)), Integer.parseInt(iso.group(3))));
        } catch (java.time.DateTimeException e) {
            return false;
        }
    }

    private void number(Piece piece) {
        String role = role(piece.role());
        String text = piece.value();
        BigDecimal value = decimal(text);
        boolean small = value != null && value.scale() <= 0 && value.abs().compareTo(BigDecimal.TEN) <= 0;
        for (int index : changed) {
            Slot slot = olds.get(index);
            if (slot.number() != null && value != null && follows(value, slot.number())) {
                throw new Abstention("the program has " + text + ", which may follow from " + slot.text());
            }
            if (slot.when() != null && value != null) {
                followsDate(piece, value, slot.when());
            }
        }
        if (changesWhat() && OF_A_PLACE_NUMBER.matcher(role).matches() && !numbersSaid.contains(text)) {
            throw new Abstention(
                    "the program has " + text + " as its " + role + ", which may depend on what has changed");
        }
        if (!changesWhat()
                || numbersSaid.contains(text)
                || small
                || NUMBERS_FOR_ALL.contains(text)
                || piece.place() == Place.FIELD) {
            return;
        }
        if (!isForAll(role) || OF_A_PLACE.contains(role)) {
            throw new Abstention("the program has the number " + text + ", which the question does not explain");
        }
    }

    private static boolean follows(BigDecimal value, BigDecimal said) {
        return Stream.of(
                        said.add(BigDecimal.ONE),
                        said.subtract(BigDecimal.ONE),
                        said.multiply(BigDecimal.valueOf(2)),
                        said.multiply(BigDecimal.valueOf(7)),
                        said.multiply(BigDecimal.valueOf(24)),
                        said.multiply(BigDecimal.valueOf(30)),
                        said.multiply(BigDecimal.valueOf(60)),
                        said.multiply(BigDecimal.valueOf(365)),
                        said.multiply(BigDecimal.valueOf(1000)),
                        said.multiply(BigDecimal.valueOf(3600)),
                        said.multiply(BigDecimal.valueOf(86_400)),
                        said.movePointLeft(2),
                        said.negate())
                .anyMatch(derived -> derived.compareTo(value) == 0);
    }

    private void followsDate(Piece piece, BigDecimal value, When when) {
        int number = value.scale() <= 0 && value.abs().compareTo(BigDecimal.valueOf(100_000_000_000L)) < 0
                ? (int) Math.min(Integer.MAX_VALUE, value.longValue())
                : 0;
        boolean lengthOfPeriod = (number >= 28 && number <= 32 && !isForAll(role(piece.role())))
                || (number >= 88 && number <= 93)
                || number == 365
                || number == 366
                || number > 100_000_000;
        LocalDate asked = oldDay;
        boolean ahead = asked != null
                && when.unit() == Period.Unit.DAY
                && when.readings().values().stream()
                        .map(period -> period.offsetFrom(asked))
                        .anyMatch(offset -> Math.abs(offset) > 0
                                && Math.abs(offset) < 400
                                && number > 1
                                && (number == Math.abs(offset) || number == Math.abs(offset) + 1));
        boolean yearPart = when.readings().values().stream()
                .anyMatch(period -> number == period.start().getYear()
                        || number == period.start().getYear() - 1
                        || number == period.start().getYear() + 1);
        if (lengthOfPeriod || ahead || yearPart) {
            throw new Abstention("the program has " + piece.value() + ", which may follow from the date");
        }
    }

    private static @Nullable BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text.replace("_", ""));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private void text(Piece piece, String left, List<Occurrence> known) {
        String role = role(piece.role());
        boolean prose = piece.isMessage() || PROSE.matcher(left).find();
        if (left.matches("(?s).*[£€¥₹].*")) {
            throw new Abstention("the program has the sign of a currency, which may depend on what has changed");
        }
        if (COORDINATES.matcher(left).find() && !piece.isMessage()) {
            throw new Abstention("the program has coordinates or another number that the question does not explain");
        }
        if (left.indexOf('$') >= 0
                && changed.stream().anyMatch(slot -> olds.get(slot).kind() == Slot.Kind.CURRENCY)) {
            throw new Abstention("the program has the sign of a currency, and another is asked for");
        }
        if (piece.isMessage()) {
            figures(left);
            places(left);
            return;
        }
        if (piece.place() == Place.FIELD
                || isForAll(role)
                || left.contains("://")
                || left.startsWith("/")
                || left.contains("%")
                || left.matches("(?:[?&][\\w.-]+=?)+")) {
            return;
        }
        boolean explained = explained(left);
        if (OF_A_PLACE.contains(role) && !explained && known.isEmpty() && !left.isBlank()) {
            throw new Abstention(
                    "the program has \"" + left + "\" as its " + role + ", which may depend on what has changed");
        }
        if (prose && known.isEmpty()) {
            figures(left);
        } else if (!explained && isTelling(left)) {
            throw new Abstention(
                    "the program has \"" + left.replace("\u0001", "…") + "\", which the question does not explain");
        }
    }

    /** A figure in words for people is an answer that was written by hand. */
    private void figures(String left) {
        Matcher number = NUMBER.matcher(left);
        while (number.find()) {
            if (number.group().length() > 1
                    && !numbersSaid.contains(number.group())
                    && !NUMBERS_FOR_ALL.contains(number.group())) {
                throw new Abstention("the program prints the figure " + number.group() + ", which it does not compute");
            }
        }
    }

    /** A place in words for people that the question does not name was found out for the old one. */
    private void places(String left) {
        CAPITALISED
                .matcher(left)
                .results()
                .map(name -> name.group())
                .filter(name -> Places.isSurelyPlace(name) && !explained(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Abstention("the program prints \"" + name + "\", which the question does not explain");
                });
    }

    /** Whether all its words stand in the question too. */
    private boolean explained(String left) {
        return WORD.matcher(left.toLowerCase(Locale.ROOT).replace('_', ' '))
                .results()
                .allMatch(word -> said.contains(word.group())
                        || said.contains(Lexicon.singular(word.group()))
                        || said.contains(word.group() + "s"));
    }

    /** Names, codes and identifiers can stand for something; words in lower case and constants do not. */
    private static boolean isTelling(String left) {
        String plain = left.replace("\u0001", "").strip();
        boolean constant =
                plain.matches("[A-Z]+(?:_[A-Z]+)+") || plain.matches("GET|POST|JSON|CSV|UTF-?8|UTC|OK|ANSWER:?");
        boolean identifier = plain.length() > 4 && plain.matches("(?=.*\\d)(?=.*[A-Za-z])[\\w-]+");
        boolean capital = plain.matches("(?s).*\\b\\p{Lu}.*");
        return !constant && (capital || identifier || Places.isSurelyPlace(plain));
    }

    private void url(Piece piece, String left) {
        if (piece.isNumber() || !changesWhat()) {
            return;
        }
        Matcher parameter = Pattern.compile("(?:^|[?&])([\\w.-]+)=([^&\\s]+)").matcher(left);
        while (parameter.find()) {
            String name = parameter.group(1).toLowerCase(Locale.ROOT);
            String value = parameter.group(2);
            boolean mine = value.contains("\u0001") || isForAll(name) || explained(value.replace("%20", " "));
            boolean small = value.matches("\\d{1,2}");
            if (!mine && (OF_A_PLACE.contains(name) || (isTelling(value) && !small))) {
                throw new Abstention("the program has " + name + "=" + value + ", which the question does not explain");
            }
        }
    }

    private static String role(String role) {
        return role.toLowerCase(Locale.ROOT);
    }

    private static boolean isForAll(String role) {
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
}
