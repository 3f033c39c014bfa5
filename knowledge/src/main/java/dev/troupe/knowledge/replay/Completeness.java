package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Piece.Place;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether anything else in a program may depend on what has changed: coordinates of a place, the number of days of a
 * month, an end of a range, a country's code. What the question's own words explain, and what programs need for
 * everybody, is harmless; everything else is a reason to abstain, unless two verified solutions show that it stays.
 */
final class Completeness {
    private static final Pattern OF_A_PLACE_NUMBER =
            Pattern.compile("(?:cmp:)?(?:\\w*_)?(?:offset|utcoffset|tz|utc|gmt|zone|lat"
                    + "|lon|lng|latitude|longitude|id|population|elevation|altitude|code|hours)(?:_\\w*)?");
    private static final Pattern CAPITALISED = Pattern.compile("\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+)*");
    private static final Pattern PROSE = Pattern.compile("\\p{L}[\\p{L}'’]* \\p{Ll}+ (?:.*\\p{Ll}+)?");
    private static final Pattern COORDINATES = Pattern.compile("-?\\d{1,3}\\.\\d{2,}");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(?:\\.\\d+)?(?![\\w.])");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final List<Slot> olds;
    private final Set<Integer> changed;
    private final Set<String> said;
    private final Set<String> numbersSaid;
    private final DateTraces dates;

    private Completeness(
            String question, List<Slot> olds, List<Slot> news, Set<Integer> changed, @Nullable LocalDate oldDay) {
        this.olds = olds;
        this.changed = changed;
        this.said = WORD.matcher(question.toLowerCase(Locale.ROOT))
                .results()
                .flatMap(word -> Stream.of(word.group(), Lexicon.singular(word.group())))
                .collect(Collectors.toSet());
        this.numbersSaid =
                NUMBER.matcher(question).results().map(number -> number.group()).collect(Collectors.toSet());
        this.dates = new DateTraces(olds, news, changed, said, numbersSaid, oldDay);
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
            List<Slot> news,
            Exchange.Done done,
            Set<Integer> unshown,
            @Nullable LocalDate oldDay) {
        Completeness check = new Completeness(question, olds, news, unshown, oldDay);
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
        dates.check(piece, left, known);
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

    /** Whether anything changes that has a position on the earth: a kind of shop has none. */
    private boolean changesPlace() {
        return changed.stream()
                .map(index -> olds.get(index).kind())
                .anyMatch(kind -> kind != Slot.Kind.CATEGORY && kind != Slot.Kind.DATE && kind != Slot.Kind.NUMBER);
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

    private void number(Piece piece) {
        String role = role(piece.role());
        String text = piece.value();
        BigDecimal value = decimal(text);
        boolean small = value != null && value.scale() <= 0 && value.abs().compareTo(BigDecimal.TEN) <= 0;
        for (int index : changed) {
            Slot slot = olds.get(index);
            if (value != null && !role.equals("call:round:1") && follows(value, slot)) {
                throw new Abstention("the program has " + text + ", which may follow from " + slot.text());
            }
            if (slot.when() != null && value != null) {
                dates.check(piece, value, slot.when());
            }
        }
        if (changesPlace()
                && OF_A_PLACE_NUMBER.matcher(role).matches()
                && !role.endsWith("status_code")
                && !numbersSaid.contains(text)) {
            throw new Abstention(
                    "the program has " + text + " as its " + role + ", which may depend on what has changed");
        }
        boolean given = value != null
                && IntStream.range(0, olds.size())
                        .filter(index -> !changed.contains(index))
                        .anyMatch(index -> follows(value, olds.get(index)));
        if (!changesWhat()
                || given
                || (!changesPlace() && OF_A_PLACE_NUMBER.matcher(role).matches())
                || numbersSaid.contains(text)
                || small
                || Boilerplate.isNumber(text)
                || piece.place() == Place.FIELD) {
            return;
        }
        if (!Boilerplate.isForAll(role) || Boilerplate.isOfAPlace(role)) {
            throw new Abstention("the program has the number " + text + ", which the question does not explain");
        }
    }

    private static boolean follows(BigDecimal value, Slot slot) {
        BigDecimal said = slot.number();
        if (said == null) {
            return false;
        }
        BigDecimal share = said.movePointLeft(2);
        boolean percent = slot.unit().matches("%|percent");
        return (percent
                        && (value.compareTo(BigDecimal.ONE.add(share)) == 0
                                || value.compareTo(BigDecimal.ONE.subtract(share)) == 0))
                || Stream.of(
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
                                share,
                                said.negate())
                        .anyMatch(derived -> derived.compareTo(value) == 0);
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
        if (COORDINATES.matcher(left).find() && !piece.isMessage() && changesPlace()) {
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
                || Boilerplate.isForAll(role)
                || left.contains("://")
                || left.startsWith("/")
                || left.contains("%")
                || left.matches("(?:[?&][\\w.-]+=?)+")) {
            return;
        }
        boolean explained = explained(left);
        if (Boilerplate.isOfAPlace(role) && changesPlace() && !explained && known.isEmpty() && !left.isBlank()) {
            throw new Abstention(
                    "the program has \"" + left + "\" as its " + role + ", which may depend on what has changed");
        }
        if (prose && known.isEmpty()) {
            figures(left);
        } else if (!explained && Boilerplate.isTelling(left)) {
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
                    && !Boilerplate.isNumber(number.group())) {
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

    private void url(Piece piece, String left) {
        if (piece.isNumber() || !changesWhat()) {
            return;
        }
        Matcher parameter = Pattern.compile("(?:^|[?&])([\\w.-]+)=([^&\\s]+)").matcher(left);
        while (parameter.find()) {
            String name = parameter.group(1).toLowerCase(Locale.ROOT);
            String value = parameter.group(2);
            boolean mine =
                    value.contains("\u0001") || Boilerplate.isForAll(name) || explained(value.replace("%20", " "));
            boolean small = value.matches("\\d{1,2}");
            if (!mine && (Boilerplate.isOfAPlace(name) || (Boilerplate.isTelling(value) && !small))) {
                throw new Abstention("the program has " + name + "=" + value + ", which the question does not explain");
            }
        }
    }

    private static String role(String role) {
        return role.toLowerCase(Locale.ROOT);
    }
}
