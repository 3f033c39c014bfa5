package dev.troupe.knowledge.replay;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A question with its one auxiliary verb taken out of the order of words, which only says whether it is asked directly: "is
 * the market open" and "whether the market is open" are both "whether the market open", marked with {@code (be)}. What
 * has several such verbs or a relative clause is left as it is, since they might belong to different parts of it.
 *
 * @param text with a bar where the verb stood inside, or {@link #HAVE}
 * @param tense {@link Rewriting#PAST}, {@link Rewriting#FUTURE} or empty
 * @param mark which verb it was, or empty
 */
record Verb(String text, String tense, String mark) {
    static final String BAR = "|";
    static final String HAVE = "|have";
    static final String DO = "(do)";

    private static final Set<String> BE = Lexicon.words("is are was were am");
    private static final Set<String> DOES = Lexicon.words("do does did");
    private static final Set<String> HAS = Lexicon.words("has have had");
    private static final Set<String> MODAL = Lexicon.words("will would can could should may might must shall");
    private static final Set<String> PAST = Lexicon.words("was were did had");
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("has", "have"),
            Map.entry("had", "have"),
            Map.entry("sold", "sell"),
            Map.entry("rose", "rise"),
            Map.entry("fell", "fall"),
            Map.entry("grew", "grow"),
            Map.entry("came", "come"),
            Map.entry("went", "go"),
            Map.entry("got", "get"),
            Map.entry("bought", "buy"),
            Map.entry("made", "make"),
            Map.entry("paid", "pay"),
            Map.entry("lost", "lose"),
            Map.entry("won", "win"),
            Map.entry("began", "begin"),
            Map.entry("spent", "spend"),
            Map.entry("took", "take"),
            Map.entry("gave", "give"),
            Map.entry("left", "leave"),
            Map.entry("sent", "send"),
            Map.entry("ran", "run"),
            Map.entry("saw", "see"));

    private static final Pattern RELATIVE =
            Pattern.compile("(?<=.) (?:that(?! of )|who|whose|whom|because|while|where|if|whether)(?= |$)"
                    + "|(?<! on| in| of| by| at| for| until|^on|^in|^of|^by|^at|^for| ,)(?<=.) which(?= |$)");
    private static final Pattern IS_ONLY = Pattern.compile("^what (?:\\| )*(?=the |some |<[^K])");

    static Verb of(String text) {
        List<String> words = new ArrayList<>(List.of(text.split(" ", -1)));
        int at = only(words);
        if (at < 0 || hasRelativeClause(text)) {
            return new Verb(text, "", "");
        }
        String verb = words.get(at);
        boolean has = HAS.contains(verb);
        boolean will = verb.equals("will");
        String mark =
                BE.contains(verb) ? "(be)" : DOES.contains(verb) ? DO : has ? "(have)" : will ? "" : "(" + verb + ")";
        words.set(at, at == 0 ? "whether" : has ? HAVE : BAR);
        int be = words.indexOf("be");
        if (will && be > at) {
            words.set(be, BAR);
            mark = "(be)";
        }
        String left = String.join(" ", words);
        String tense = PAST.contains(verb) ? Rewriting.PAST : will ? Rewriting.FUTURE : "";
        if (mark.equals("(be)") && IS_ONLY.matcher(left).find()) {
            return new Verb(IS_ONLY.matcher(left).replaceFirst(""), tense, "");
        }
        return new Verb(left, tense, mark);
    }

    static boolean hasRelativeClause(String text) {
        return RELATIVE.matcher(text).find();
    }

    /** The index of the only auxiliary, or -1. */
    private static int only(List<String> words) {
        int found = -1;
        int have = -1;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean infinitive = i > 0 && words.get(i - 1).equals("to");
            if (HAS.contains(word) && !infinitive) {
                if (have >= 0) {
                    return -1;
                }
                have = i;
            } else if ((BE.contains(word) || DOES.contains(word) || MODAL.contains(word)) && !infinitive) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        if (found < 0 || have < 0) {
            return Math.max(found, have);
        }
        // "Does it have" has one finite verb, "is new and has" two.
        return found < have && !BE.contains(words.get(found)) ? found : -1;
    }

    /**
     * What a question without an auxiliary would be with "do": "how much shipping costs" is "how much does shipping cost".
     * Which word is the verb is not known, so each that can be is taken for it once; only one of them can be how a
     * question with "do" goes.
     *
     * @param words without marks
     * @param marks of the tense
     */
    static Set<String> withDo(List<String> words, String marks) {
        Set<String> found = new LinkedHashSet<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean past = word.endsWith("ed") || (IRREGULAR.containsKey(word) && !word.equals("has"));
            String tense = past && marks.isEmpty() ? Rewriting.PAST.strip() : marks;
            List<String> turned = new ArrayList<>(words);
            for (String base : bases(word)) {
                turned.set(i, base);
                found.add(key(turned, tense));
            }
        }
        found.add(key(words, marks));
        return found;
    }

    private static String key(List<String> words, String marks) {
        return (String.join(" ", words) + " " + marks).strip() + " " + DO;
    }

    /** What a finite verb may be in the infinitive; not all of them are words. */
    private static List<String> bases(String word) {
        if (word.equals(HAVE)) {
            return List.of("have");
        }
        if (IRREGULAR.containsKey(word)) {
            return List.of(IRREGULAR.get(word));
        }
        if (!word.matches("[a-z]{4,}")) {
            return List.of();
        }
        int length = word.length();
        if (word.endsWith("ed")) {
            String stem = word.substring(0, length - 2);
            boolean doubled = stem.charAt(stem.length() - 1) == stem.charAt(stem.length() - 2);
            return Stream.of(
                            stem,
                            stem + "e",
                            doubled ? stem.substring(0, stem.length() - 1) : stem,
                            stem.replaceAll("i$", "y"))
                    .distinct()
                    .toList();
        }
        if (word.endsWith("s") && !word.endsWith("ss")) {
            String stem = word.substring(0, length - 1);
            return Stream.of(stem, stem.replaceAll("(?<=ch|sh|ss|x|z|o)e$", ""), stem.replaceAll("ie$", "y"))
                    .distinct()
                    .toList();
        }
        return List.of();
    }
}
