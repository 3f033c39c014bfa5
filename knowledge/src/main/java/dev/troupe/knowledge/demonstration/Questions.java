package dev.troupe.knowledge.demonstration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Whether two questions ask the same. Vectors cannot tell: "highest in 2024" and "lowest in 2025" lie closer together
 * than two wordings of either. So the words themselves must agree: the same content words, in any order, and the same
 * slots (numbers, quotations, names) in the same order. Anything else is another question; taking one for two only
 * costs an entry, taking two for one gives a wrong answer.
 */
final class Questions {
    /** What can be dropped without changing what is asked. Not here: who, when, where, how, not, from, to, before. */
    private static final Set<String> FILLERS = Set.of(
            "a", "an", "the", "of", "in", "on", "at", "for", "what", "which", "that", "is", "was", "are", "were", "be",
            "did", "do", "does", "had", "has", "have", "please", "me", "tell", "show", "give", "find", "can", "could",
            "you", "i", "want", "know", "there");

    private static final Pattern TOKEN = Pattern.compile(
            // A quotation, a number with its sign and separators, a word, or an operator sign.
            "\"[^\"]*\"|(?<!\\w)'[^']*'(?!\\w)|(?<![\\w.])[-+]?\\d+(?:[.,:/-]\\d+)*|[\\p{L}\\p{M}\\p{N}_]+|[-+*/%<>=!]+");

    private Questions() {}

    static boolean same(String one, String other) {
        return key(one).equals(key(other));
    }

    /** Equal for questions that ask the same, and only for them. Of the same short length for all. */
    static String key(String question) {
        Form form = Form.of(question);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, form.words());
            add(digest, form.slots());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 (expected: in every JDK)", e);
        }
    }

    private static void add(MessageDigest digest, List<String> tokens) {
        // With the lengths, so that no two lists look alike.
        digest.update((tokens.size() + "\n").getBytes(StandardCharsets.UTF_8));
        for (String token : tokens) {
            digest.update((token.length() + " " + token + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private record Form(List<String> words, List<String> slots) {
        /** The words that are no slots. */
        List<String> template() {
            return words.stream().filter(word -> !slots.contains(word)).toList();
        }

        static Form of(String question) {
            List<String> words = new ArrayList<>();
            List<String> slots = new ArrayList<>();
            List<MatchResult> tokens = TOKEN.matcher(question).results().toList();
            for (int i = 0; i < tokens.size(); i++) {
                String token = tokens.get(i).group();
                String word = token.toLowerCase(Locale.ROOT);
                if (isSlot(token, i == 0)) {
                    slots.add(word);
                }
                if (!FILLERS.contains(word)) {
                    words.add(word);
                }
            }
            return new Form(words.stream().sorted().toList(), slots);
        }

        private static boolean isSlot(String token, boolean first) {
            int start = token.codePointAt(0);
            boolean name = Character.isUpperCase(start) && !first && !FILLERS.contains(token.toLowerCase(Locale.ROOT));
            return name || token.codePoints().anyMatch(Character::isDigit) || start == '"' || start == '\'';
        }
    }

    /** Whether two questions are worded alike, but for their numbers, quotations and names. */
    static boolean sameTemplate(String one, String other) {
        return Form.of(one).template().equals(Form.of(other).template());
    }

    /** Whether two answers say the same but for case, spaces and a full stop. */
    static boolean sameAnswer(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String answer) {
        String words = String.join(
                " ", Arrays.asList(answer.strip().toLowerCase(Locale.ROOT).split("\\s+")));
        return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }
}
