package dev.troupe.knowledge.replay;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
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
 * @param turned the keys that a question with "do" would have if this is the same asked without
 */
record Wording(List<String> words, List<Slot> slots, Set<String> turned) {
    private static final Pattern PLACEHOLDER = Pattern.compile("<(.)(\\d+)>");
    private static final int ROUNDS = 8;

    Wording {
        words = List.copyOf(words);
        slots = List.copyOf(slots);
        turned = Set.copyOf(turned);
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
        Set<String> turned = turned(words);
        words.remove(Verb.HAVE);
        return new Wording(words, slots, turned);
    }

    private static Set<String> turned(List<String> words) {
        List<String> plain =
                words.stream().filter(word -> !word.startsWith("(")).toList();
        String marks = words.stream()
                .filter(word -> word.startsWith("(") && !word.equals("(have)"))
                .collect(Collectors.joining(" "));
        boolean other = marks.matches(".*\\((?!past|future).*") || words.contains(".");
        return other ? Set.of() : Verb.withDo(plain, marks);
    }

    /** Equal for wordings that ask the same but for their slots, unless one has a "do" that the other has not. */
    String key() {
        return String.join(" ", words);
    }

    /** All keys under which one is found that asks the same. */
    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>(turned);
        keys.add(key());
        return keys;
    }

    /** Whether both ask the same but for their slots, which are in the same order then. */
    boolean isLike(Wording other) {
        return words.equals(other.words) || other.turned.contains(key()) || turned.contains(other.key());
    }

    /** The tense that the dates give, whatever the verb says: past, or empty; null where they leave it to the verb. */
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
        return periods.stream().noneMatch(period -> period.start().isBefore(today)) ? "" : null;
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
                if (text.startsWith(Rewriting.PAST)) {
                    text = text.substring(Rewriting.PAST.length());
                    tense = Rewriting.PAST;
                }
            }
            if (text.equals(before)) {
                break;
            }
        }
        Verb verb = Verb.of(text);
        text = verb.text();
        tense = tense.isEmpty() ? verb.tense() : tense;
        for (Rewriting rewriting : Rewriting.INNER) {
            text = rewriting.apply(text);
        }
        if (text.isEmpty()) {
            return "";
        }
        boolean told = given != null && (!given.isEmpty() || !tense.equals(Rewriting.PAST));
        return (text + ' ' + (told ? Objects.requireNonNull(given) : tense) + verb.mark()).strip();
    }
}
