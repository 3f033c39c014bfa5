package dev.troupe.knowledge.replay;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a question asks apart from its slots, in a form that is the same for wordings that ask the same. It is reached by
 * a closed list of rewritings, each of which keeps the meaning by itself: politeness and phrases that only ask for an
 * answer are dropped, "X's price" becomes "price of X", "how many" becomes "number of", a date goes behind the place
 * beside it. Two questions ask the same only if what is left is equal word for word, in order.
 *
 * @param words of the form; a slot is its kind in angle brackets
 * @param slots in the order of the form
 */
record Wording(List<String> words, List<Slot> slots) {
    private static final Pattern PLACEHOLDER = Pattern.compile("<(.)(\\d+)>");
    private static final int ROUNDS = 8;

    Wording {
        words = List.copyOf(words);
        slots = List.copyOf(slots);
    }

    static Wording of(String question, @Nullable LocalDate today, Set<String> names) {
        QuestionReader.Read read = QuestionReader.read(question, today, names);
        String tense = tense(read.slots(), today);
        String form = Arrays.stream(read.text().split("(?:^| )\\.(?= |$)", -1))
                .map(sentence -> canonical(sentence.strip(), tense))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" . "));
        List<String> words = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        for (String word : form.split(" ", -1)) {
            Matcher slot = PLACEHOLDER.matcher(word);
            if (slot.matches()) {
                words.add("<" + slot.group(1) + ">");
                slots.add(read.slots().get(Integer.parseInt(slot.group(2))));
            } else if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return new Wording(words, slots);
    }

    /** Equal for wordings that ask the same but for their slots. */
    String key() {
        return String.join(" ", words);
    }

    /** The tense that the dates give, whatever the verb says; null where they leave it to the verb. */
    private static @Nullable String tense(List<Slot> slots, @Nullable LocalDate today) {
        List<Period> periods = slots.stream()
                .map(Slot::when)
                .filter(Objects::nonNull)
                .flatMap(when -> when.readings().values().stream())
                .toList();
        if (periods.isEmpty() || today == null) {
            return null;
        }
        if (periods.stream().noneMatch(period -> period.next().isAfter(today))) {
            return Rewriting.PAST;
        }
        return periods.stream().allMatch(period -> period.start().isAfter(today)) ? Rewriting.FUTURE : null;
    }

    private static String canonical(String sentence, @Nullable String given) {
        String text = sentence;
        String tense = "";
        if (sentence.isEmpty()) {
            return "";
        }
        for (int round = 0; round < ROUNDS; round++) {
            String before = text;
            for (Rewriting rewriting : Rewriting.LEADING) {
                text = rewriting.apply(text);
                for (String mark : List.of(Rewriting.PAST, Rewriting.FUTURE)) {
                    if (text.startsWith(mark)) {
                        text = text.substring(mark.length());
                        tense = mark;
                    }
                }
            }
            if (text.equals(before)) {
                break;
            }
        }
        for (Rewriting rewriting : Rewriting.INNER) {
            text = rewriting.apply(text);
        }
        if (text.isEmpty()) {
            return "";
        }
        return (text + ' ' + Objects.requireNonNullElse(given, tense)).strip();
    }
}
