package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Form.Part;
import dev.troupe.knowledge.replay.Piece.Place;
import dev.troupe.knowledge.replay.Slot.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One program turned into another by writing new values where old ones stand, or the reason why that is not certain. */
final class Exchange {
    private static final Pattern WEEKDAY = Pattern.compile("\\.(?:iso)?weekday\\(\\)|\\.day_?name\\(");

    private final String code;
    private final List<Piece> pieces;
    private final List<Slot> olds;
    private final List<Slot> news;
    private final @Nullable LocalDate oldDay;
    private final @Nullable LocalDate newDay;
    private final List<Occurrence> occurrences = new ArrayList<>();
    private final Set<Integer> changed = new LinkedHashSet<>();

    private Exchange(
            String code,
            List<Piece> pieces,
            List<Slot> olds,
            List<Slot> news,
            @Nullable LocalDate oldDay,
            @Nullable LocalDate newDay) {
        this.code = code;
        this.pieces = pieces;
        this.olds = new ArrayList<>(olds);
        this.news = new ArrayList<>(news);
        this.oldDay = oldDay;
        this.newDay = newDay;
    }

    /**
     * What came of it.
     *
     * @param changed indexes of the slots whose value is another
     */
    record Done(String code, Set<Integer> changed, List<Occurrence> occurrences, List<Swap> swaps) {}

    /**
     * Exchanges the slots' values.
     *
     * @param oldDay when the program's question was asked, or null
     * @param newDay when the new one is asked, or null
     * @throws Abstention when a value is not found, found in two roles, or could be written in two ways
     */
    static Done of(
            String code,
            List<Piece> pieces,
            List<Slot> olds,
            List<Slot> news,
            @Nullable LocalDate oldDay,
            @Nullable LocalDate newDay,
            Lessons lessons) {
        Exchange exchange = new Exchange(code, pieces, olds, news, oldDay, newDay);
        exchange.find(lessons);
        return exchange.done();
    }

    private void find(Lessons lessons) {
        occurrences.addAll(occurrences(lessons));
        for (int slot = 0; slot < olds.size(); slot++) {
            if (isCounted(slot)) {
                // "in 3 days", and the program counts: the number is what changes.
                olds.set(slot, counted(olds.get(slot)));
                news.set(slot, counted(news.get(slot)));
                occurrences.clear();
                occurrences.addAll(occurrences(lessons));
            }
            checkApposition(olds.get(slot), news.get(slot), lessons);
            if (isChanged(slot) && !isSameCompany(olds.get(slot), news.get(slot), lessons)) {
                changed.add(slot);
            }
        }
    }

    private List<Occurrence> occurrences(Lessons lessons) {
        List<Form> forms = new ArrayList<>();
        for (int slot = 0; slot < olds.size(); slot++) {
            forms.addAll(Forms.of(slot, olds.get(slot), news.get(slot), lessons));
        }
        return pieces.stream()
                .flatMap(piece -> Occurrence.in(piece, forms).stream())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private boolean isCounted(int slot) {
        When old = olds.get(slot).when();
        When fresh = news.get(slot).when();
        return old != null
                && fresh != null
                && old.count() != null
                && fresh.count() != null
                && !old.count().equals(fresh.count())
                && rest(olds.get(slot)).equals(rest(news.get(slot)))
                && occurrences.stream().noneMatch(found -> found.isOf(slot) && found.isValue());
    }

    private static String rest(Slot slot) {
        String words = slot.text().toLowerCase(Locale.ROOT);
        return words.substring(words.indexOf(' ') + 1).replaceAll("s\\b", "");
    }

    private static Slot counted(Slot slot) {
        When when = Objects.requireNonNull(slot.when());
        Integer count = Objects.requireNonNull(when.count());
        String word = slot.text().substring(0, slot.text().indexOf(' '));
        return Slot.number(word, java.math.BigDecimal.valueOf(count), "");
    }

    private boolean isChanged(int slot) {
        Slot old = olds.get(slot);
        Slot fresh = news.get(slot);
        When before = old.when();
        When after = fresh.when();
        if (before != null && after != null) {
            return !before.readings().equals(after.readings())
                    || (before.readings().isEmpty() && !old.text().equalsIgnoreCase(fresh.text()));
        }
        return switch (old.kind()) {
            case NUMBER -> Objects.requireNonNull(old.number()).compareTo(Objects.requireNonNull(fresh.number())) != 0;
            case CURRENCY -> !Objects.equals(old.code(), fresh.code());
            case CATEGORY ->
                !Lexicon.singular(old.text().toLowerCase(Locale.ROOT))
                        .equals(Lexicon.singular(fresh.text().toLowerCase(Locale.ROOT)));
            case QUOTE, POSITION -> !old.text().equals(fresh.text());
            default ->
                !old.text().equalsIgnoreCase(fresh.text())
                        || (old.code() != null
                                && fresh.code() != null
                                && !old.code().equals(fresh.code()));
        };
    }

    /** "Apple Inc." is "Apple", where both are known to have one ticker. */
    private static boolean isSameCompany(Slot old, Slot fresh, Lessons lessons) {
        return old.kind() == Kind.NAME
                && Lessons.company(old.text()).equals(Lessons.company(fresh.text()))
                && lessons.ticker(old) != null
                && Objects.equals(lessons.ticker(old), lessons.ticker(fresh));
    }

    /** A name and the code beside it change together, and the code is the one that the name is known to have. */
    private static void checkApposition(Slot old, Slot fresh, Lessons lessons) {
        String code = fresh.code();
        if (fresh.kind() != Kind.NAME || code == null) {
            return;
        }
        String before = old.code();
        boolean sameName = Lessons.company(old.text()).equals(Lessons.company(fresh.text()));
        if ((before != null && sameName != before.equals(code)) || lessons.contradicts(fresh.text(), code)) {
            throw new Abstention(quoted(fresh.text()) + " and " + quoted(code) + " are not known to be one");
        }
    }

    private Done done() {
        for (int slot = 0; slot < olds.size(); slot++) {
            check(slot);
        }
        Hazards hazards = new Hazards(code, pieces);
        Map<Integer, Edit> edits = new TreeMap<>(Comparator.reverseOrder());
        List<Swap> swaps = new ArrayList<>();
        for (Occurrence found : occurrences) {
            List<Integer> slots =
                    found.forms().stream().map(Form::slot).distinct().toList();
            if (slots.stream().noneMatch(changed::contains)) {
                continue;
            }
            String fresh = fresh(found);
            if (slots.size() > 1 && found.isValue()) {
                throw new Abstention(quoted(old(found)) + " in the program can be either of two things");
            }
            if (found.isValue()) {
                hazards.check(found, fresh);
            }
            Edit edit = Edit.of(found, fresh);
            edits.put(edit.start(), edit);
            Slot slot = olds.get(slots.getFirst());
            if (found.isValue()) {
                swaps.add(new Swap(
                        slot.kind().name().toLowerCase(Locale.ROOT),
                        slot.text(),
                        news.get(slots.getFirst()).text(),
                        old(found),
                        fresh));
            }
        }
        StringBuilder text = new StringBuilder(code);
        edits.values().forEach(edit -> text.replace(edit.start(), edit.end(), edit.text()));
        return new Done(
                text.toString(),
                changed,
                List.copyOf(occurrences),
                swaps.stream().distinct().toList());
    }

    private static String old(Occurrence found) {
        return found.forms().getFirst().old();
    }

    /** The one way to write the new value there. */
    private String fresh(Occurrence found) {
        List<Form> forms = found.forms();
        Slot old = olds.get(forms.getFirst().slot());
        String role = found.role();
        Set<String> ways = forms.stream().map(Form::fresh).collect(Collectors.toCollection(LinkedHashSet::new));
        if (found.piece().isMessage()) {
            return ways.iterator().next();
        }
        if (old.kind() == Kind.CATEGORY && role.matches("types?|place_type|included_types?")) {
            String word = ways.iterator().next().replaceAll("[ +-]|%20", "_");
            if (!Lexicon.isListedType(word)) {
                throw new Abstention(quoted(word) + " is no type of place that a service is known to have");
            }
            return word;
        }
        if (ways.size() > 1 && Roles.isFreeText(role)) {
            ways.removeIf(way -> !way.equals(forms.getFirst().fresh()));
        }
        if (ways.size() > 1 && Roles.isParameter(found.piece(), found.from())) {
            ways.removeIf(way -> !way.equals(forms.getFirst().fresh()));
        }
        if (ways.size() > 1) {
            throw new Abstention(quoted(news.get(forms.getFirst().slot()).text()) + " could be written as "
                    + ways.stream().map(Exchange::quoted).collect(Collectors.joining(" or ")));
        }
        return ways.iterator().next();
    }

    private void check(int slot) {
        Slot old = olds.get(slot);
        List<Occurrence> values = occurrences.stream()
                .filter(found -> found.isOf(slot) && found.isValue())
                .toList();
        if (old.when() != null) {
            checkDate(slot, values);
        } else if (changed.contains(slot)) {
            if (values.isEmpty()) {
                throw new Abstention("the program does not have " + quoted(old.text()) + " as a value");
            }
            if (old.kind() == Kind.NUMBER) {
                checkNumber(slot, values);
            } else {
                checkText(slot, values);
            }
        }
    }

    private void checkDate(int slot, List<Occurrence> values) {
        When old = Objects.requireNonNull(olds.get(slot).when());
        When fresh = Objects.requireNonNull(news.get(slot).when());
        String text = quoted(olds.get(slot).text());
        Set<Part> parts = values.stream()
                .flatMap(found -> found.forms().stream())
                .filter(form -> form.slot() == slot)
                .map(Form::part)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
        boolean written = parts.contains(Part.ALL)
                || parts.containsAll(DateForms.needed(old.unit()))
                || (old.unit() == Period.Unit.YEAR && parts.contains(Part.YEAR));
        if (written) {
            if (changed.contains(slot) && fresh.readings().isEmpty()) {
                throw new Abstention("what " + text + " means is not known");
            }
            if (!old.isCertain()) {
                checkReading(slot, values);
            }
            return;
        }
        if (changed.isEmpty() && pieces.stream().map(Piece::value).anyMatch(old::holds)) {
            return;
        }
        if (!parts.isEmpty()) {
            throw new Abstention("the program has only a part of " + text);
        }
        if (!old.isAsFar(oldDay, fresh, newDay) && !isReckoned(slot)) {
            throw new Abstention("the program does not have " + text + " as a value");
        }
        // The program reckons from its own clock; nothing of it may be exchanged.
        changed.remove(slot);
    }

    /** Of several readings, those that the program bears out must agree on the new value. */
    private void checkReading(int slot, List<Occurrence> values) {
        When old = Objects.requireNonNull(olds.get(slot).when());
        Set<String> starts = old.readings().values().stream()
                .map(period -> period.start().toString())
                .collect(Collectors.toSet());
        long seen = values.stream()
                .flatMap(found -> found.forms().stream())
                .filter(form -> form.slot() == slot && starts.contains(form.old()))
                .map(Form::old)
                .distinct()
                .count();
        if (seen > 1) {
            throw new Abstention("the program has " + quoted(olds.get(slot).text()) + " in two meanings");
        }
    }

    /** "Next Monday" as before, in a program that finds out which weekday it runs on and has no index that shows another. */
    private boolean isReckoned(int slot) {
        When old = Objects.requireNonNull(olds.get(slot).when());
        return old.weekday() != null
                && olds.get(slot).text().equalsIgnoreCase(news.get(slot).text())
                && WEEKDAY.matcher(code).find()
                && pieces.stream()
                        .noneMatch(piece -> piece.isNumber()
                                && piece.place() == Place.FIELD
                                && !piece.value().equals("0"));
    }

    private void checkNumber(int slot, List<Occurrence> values) {
        String text = quoted(olds.get(slot).text());
        if (values.size() != 1) {
            throw new Abstention("the program has " + text + " in " + values.size() + " places");
        }
        long others = occurrences.stream().filter(found -> found.isOf(slot)).count() - 1;
        if (others > 1) {
            throw new Abstention("the program has " + text + " in several places");
        }
    }

    private void checkText(int slot, List<Occurrence> values) {
        Slot old = olds.get(slot);
        Set<String> roles = values.stream().map(Occurrence::role).collect(Collectors.toSet());
        if (roles.size() > 1) {
            throw new Abstention("the program has " + quoted(old.text()) + " in two roles");
        }
        boolean field = values.stream().anyMatch(found -> found.piece().place() == Place.FIELD);
        boolean ticker = values.stream()
                .allMatch(found -> found.forms().stream().allMatch(form -> form.where() == Form.Where.TICKER));
        if (field && old.kind() != Kind.CURRENCY && !ticker) {
            throw new Abstention("the program has " + quoted(old.text()) + " as the name of a field");
        }
        boolean searched = values.stream().anyMatch(found -> Roles.isFreeText(found.role()));
        if (searched
                && news.get(slot).article()
                && !old.article()
                && Places.countryCode(news.get(slot).text()) == null) {
            throw new Abstention(
                    "whether \"the\" is a part of " + quoted(news.get(slot).text()) + " is not known");
        }
        boolean named = values.stream()
                .flatMap(found -> found.forms().stream())
                .anyMatch(form -> form.slot() == slot && form.where() == Form.Where.ANYWHERE);
        if (old.kind() == Kind.NAME
                && named
                && !Places.canBeAlike(old.text(), news.get(slot).text())) {
            throw new Abstention(
                    quoted(news.get(slot).text()) + " is a place of another kind than " + quoted(old.text()));
        }
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
