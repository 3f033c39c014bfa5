package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Form.Part;
import dev.troupe.knowledge.replay.Form.Where;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The known ways in which a program writes what a question names. Where the old value fits several ways that would write
 * the new one differently, all are returned: whoever exchanges has to abstain then.
 */
final class Forms {
    private static final List<UnaryOperator<String>> CASES = List.of(
            UnaryOperator.identity(), text -> text.toLowerCase(Locale.ROOT), text -> text.toUpperCase(Locale.ROOT));
    private static final List<String> JOINTS = List.of(" ", "_", "-", "+", "%20");
    private static final Map<String, BigDecimal> SCALES = Map.of(
            "%", new BigDecimal("0.01"),
            "percent", new BigDecimal("0.01"),
            "thousand", new BigDecimal("1000"),
            "million", new BigDecimal("1000000"),
            "billion", new BigDecimal("1000000000"));

    private Forms() {}

    /** @param lessons what earlier solutions taught, of companies and their tickers */
    static List<Form> of(int index, Slot old, Slot fresh, Lessons lessons) {
        When before = old.when();
        When after = fresh.when();
        if (before != null && after != null) {
            List<Form> forms = new ArrayList<>(DateForms.of(index, before, after));
            if (!old.text().equals(fresh.text())) {
                forms.add(new Form(index, old.text(), fresh.text(), Where.MESSAGE, Part.ALL));
            }
            return forms;
        }
        return switch (old.kind()) {
            case NAME -> names(index, old, fresh, lessons);
            case CURRENCY -> currencies(index, old, fresh);
            case NUMBER -> numbers(index, old, fresh);
            case CATEGORY -> categories(index, old.text(), fresh.text());
            case POSITION ->
                List.of(
                        Form.all(index, position(old, ","), position(fresh, ",")),
                        Form.all(index, position(old, ", "), position(fresh, ", ")));
            case QUOTE, DATE -> List.of(Form.all(index, old.text(), fresh.text()));
        };
    }

    private static String position(Slot slot, String comma) {
        return slot.text().replaceAll(", ?", comma);
    }

    private static List<Form> names(int index, Slot old, Slot fresh, Lessons lessons) {
        Set<Form> forms = new LinkedHashSet<>(texts(index, old.text(), fresh.text()));
        if (old.article() && !fresh.article()) {
            forms.addAll(texts(index, "the " + old.text(), fresh.text()));
        }
        String ticker = lessons.ticker(old);
        String other = lessons.ticker(fresh);
        if (ticker != null && other != null) {
            forms.add(new Form(index, ticker, other, Where.TICKER, Part.ALL));
        }
        String shorter = Lessons.shortName(old.text());
        if (!shorter.equals(old.text())) {
            String freshShorter = Lessons.shortName(fresh.text());
            forms.add(new Form(index, shorter, freshShorter, Where.MESSAGE, Part.ALL));
        }
        codes(forms, index, Places.countryCode(old.text()), Places.countryCode(fresh.text()));
        codes(forms, index, Places.countryName(old.text()), Places.countryName(fresh.text()));
        codes(forms, index, iso3(Places.countryCode(old.text())), iso3(Places.countryCode(fresh.text())));
        codes(forms, index, Places.stateCode(old.text()), Places.stateCode(fresh.text()));
        return List.copyOf(forms);
    }

    private static @Nullable String iso3(@Nullable String code) {
        try {
            return code == null ? null : Locale.of("", code).getISO3Country();
        } catch (MissingResourceException e) {
            return null;
        }
    }

    private static void codes(Set<Form> forms, int index, @Nullable String old, @Nullable String fresh) {
        if (old != null && fresh != null) {
            forms.add(new Form(index, old, fresh, Where.CODE, Part.ALL));
            forms.add(new Form(
                    index, old.toLowerCase(Locale.ROOT), fresh.toLowerCase(Locale.ROOT), Where.CODE, Part.ALL));
        }
    }

    /** A text in its cases, and its words joined in other ways. */
    static List<Form> texts(int index, String old, String fresh) {
        Set<Form> forms = new LinkedHashSet<>();
        for (UnaryOperator<String> letters : CASES) {
            String from = letters.apply(old);
            boolean sameCase = from.equals(old);
            for (String joint : JOINTS) {
                String joinedOld = from.replace(" ", joint);
                String joinedFresh = letters.apply(fresh).replace(" ", joint);
                // One word shows nothing of how several would be joined; as it is written, a blank stays one.
                boolean shown = old.indexOf(' ') >= 0 || joint.equals(" ");
                boolean unclear = !sameCase && "_-".contains(joint) && fresh.indexOf(' ') >= 0;
                if (shown || unclear) {
                    forms.add(Form.all(index, joinedOld, joinedFresh));
                }
            }
        }
        return List.copyOf(forms);
    }

    private static List<Form> currencies(int index, Slot old, Slot fresh) {
        String from = java.util.Objects.requireNonNullElse(old.code(), old.text());
        String to = java.util.Objects.requireNonNullElse(fresh.code(), fresh.text());
        List<Form> forms = new ArrayList<>();
        forms.add(Form.all(index, from, to));
        forms.add(Form.all(index, from.toLowerCase(Locale.ROOT), to.toLowerCase(Locale.ROOT)));
        if (!old.text().equals(from)) {
            forms.add(new Form(index, old.text(), fresh.text(), Where.MESSAGE, Part.ALL));
        }
        return forms;
    }

    private static List<Form> numbers(int index, Slot old, Slot fresh) {
        BigDecimal from = java.util.Objects.requireNonNull(old.number());
        BigDecimal to = java.util.Objects.requireNonNull(fresh.number());
        Set<Form> forms = new LinkedHashSet<>();
        forms.add(Form.all(index, from.toPlainString(), to.toPlainString()));
        if (from.abs().compareTo(BigDecimal.valueOf(1000)) >= 0) {
            forms.add(Form.all(index, grouped(from, ","), grouped(to, ",")));
            forms.add(Form.all(index, grouped(from, "_"), grouped(to, "_")));
        }
        forms.add(Form.all(
                index,
                from.setScale(from.scale() + 1).toPlainString(),
                to.setScale(to.scale() + 1).toPlainString()));
        BigDecimal scale = SCALES.get(old.unit());
        if (scale != null) {
            forms.add(Form.all(
                    index,
                    from.multiply(scale).stripTrailingZeros().toPlainString(),
                    to.multiply(scale).stripTrailingZeros().toPlainString()));
        }
        if (from.scale() <= 0 && to.scale() <= 0 && to.abs().compareTo(BigDecimal.TEN.pow(6)) < 0) {
            String oldWord = NumberWords.word(from.intValue());
            String freshWord = NumberWords.word(to.intValue());
            if (oldWord != null) {
                String written = freshWord == null ? to.toPlainString() : freshWord;
                forms.add(new Form(index, oldWord, written, Where.MESSAGE, Part.ALL));
            }
        }
        return List.copyOf(forms);
    }

    private static String grouped(BigDecimal number, String sign) {
        String digits = number.toPlainString();
        int point = digits.indexOf('.');
        String whole = point < 0 ? digits : digits.substring(0, point);
        return whole.replaceAll("(?<=\\d)(?=(?:\\d{3})+$)", sign) + (point < 0 ? "" : digits.substring(point));
    }

    private static List<Form> categories(int index, String old, String fresh) {
        Set<Form> forms = new LinkedHashSet<>();
        String one = Lexicon.singular(old.toLowerCase(Locale.ROOT));
        String other = Lexicon.singular(fresh.toLowerCase(Locale.ROOT));
        for (UnaryOperator<String> number : List.<UnaryOperator<String>>of(UnaryOperator.identity(), Lexicon::plural)) {
            for (UnaryOperator<String> letters :
                    List.<UnaryOperator<String>>of(UnaryOperator.identity(), Forms::title)) {
                for (String joint : JOINTS) {
                    forms.add(Form.all(
                            index,
                            letters.apply(number.apply(one)).replace(" ", joint),
                            letters.apply(number.apply(other)).replace(" ", joint)));
                }
            }
        }
        return List.copyOf(forms);
    }

    private static String title(String lower) {
        return lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
    }
}
