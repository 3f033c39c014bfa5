package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Token.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a question into words and slots. A part is a slot only where there is evidence of its type: a date that can be
 * read, a number, a quotation, a currency of ISO 4217, a name (a capital where the language asks for none, or a name
 * that is known), or a type of place of a closed list. All else is a word, and words must agree.
 */
final class QuestionReader {
    private static final Set<String> LINKS = Set.of(
            "of", "de", "da", "del", "di", "du", "la", "le", "las", "los", "el", "der", "von", "van", "&", "the");
    private static final Set<String> ABBREVIATIONS =
            Set.of("inc", "corp", "ltd", "co", "st", "mr", "mrs", "dr", "vs", "no", "u.s", "u.k", "u.s.a", "u.a.e");
    private static final Set<String> BEFORE_NAMES =
            Set.of("in", "for", "of", "at", "to", "from", "near", "around", "is", "was", "did", "and", "or", "does");
    private static final Set<String> ENDS = Set.of(".", "?", "!", ";");
    /** What stands before money when it is written as a code: {@code AMD} alone is a share, "250 AMD" and "to AMD" are money. */
    private static final Set<String> BEFORE_MONEY = Set.of("in", "into", "to", "from", "between", "per", "against");
    /** What follows a name that ends with 's itself: "a Wendy's in Rome". */
    private static final Set<String> AFTER_NAMES =
            Set.of("in", "near", "at", "on", "around", "within", "inside", "?", ".", "!", ",");

    private static final int LONGEST = 4;

    private final List<Token> tokens;
    private final Dates dates;
    private final Set<String> names;
    /** Whether several currencies are named, or that it is about them. */
    private final boolean money;
    /** Whether capitals say something: not where all words have them. */
    private final boolean mixedCase;

    private final List<String> text = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private int at;

    private QuestionReader(String question, @Nullable LocalDate today, Set<String> names) {
        this.tokens = Token.of(question);
        this.dates = new Dates(tokens, today);
        this.names = names;
        this.money = tokens.stream().anyMatch(token -> token.is("exchange", "currency", "currencies"))
                || tokens.stream()
                                .filter(token -> Currencies.code(token.text()) != null)
                                .count()
                        > 1;
        this.mixedCase =
                tokens.stream().anyMatch(token -> token.isWord() && token.text().matches("\\p{Ll}{4,}"));
    }

    /**
     * A question as it was read.
     *
     * @param text its words in lower case, with {@code <N0>} for slot 0, a name; single blanks between
     */
    record Read(String text, List<Slot> slots) {}

    /** @param names in lower case, which are names even when the question writes them so */
    static Read read(String question, @Nullable LocalDate today, Set<String> names) {
        QuestionReader reader = new QuestionReader(question, today, names);
        while (reader.at < reader.tokens.size()) {
            reader.next();
        }
        return new Read(String.join(" ", reader.text), List.copyOf(reader.slots));
    }

    private void next() {
        Token token = tokens.get(at);
        boolean letter = at > 0
                && tokens.get(at - 1).is("letter", "character")
                && token.text().matches("\\p{L}");
        if (token.kind() == Kind.QUOTE || letter) {
            slot(Slot.plain(Slot.Kind.QUOTE, token.text()), at + 1);
        } else if (token.kind() == Kind.POSITION) {
            slot(Slot.plain(Slot.Kind.POSITION, token.text()), at + 1);
        } else if (!(date() || currency() || number(token) || name(token) || knownName() || category())) {
            word(token);
        }
    }

    private void slot(Slot slot, int end) {
        text.add("<" + slot.letter() + slots.size() + ">");
        slots.add(slot);
        at = end;
    }

    private void word(Token token) {
        boolean afterName = !text.isEmpty() && text.getLast().startsWith("<N");
        if (afterName && (token.text().equals("'") || token.text().equals("’"))) {
            // Of a name that ends with an s.
            text.add("'s");
            at++;
            return;
        }
        if (ENDS.contains(token.text())) {
            Token before = at == 0 ? null : tokens.get(at - 1);
            boolean abbreviated = token.text().equals(".") && before != null && ABBREVIATIONS.contains(before.lower());
            if (!abbreviated || at == tokens.size() - 1) {
                text.add(".");
            }
        } else {
            text.add(token.lower());
        }
        at++;
    }

    private boolean date() {
        When when = dates.at(at);
        if (when == null) {
            return false;
        }
        slot(Slot.date(joined(at, dates.end()), when), dates.end());
        return true;
    }

    private boolean currency() {
        for (int length = Math.min(3, tokens.size() - at); length > 0; length--) {
            if (areWords(at, length)) {
                String code = Currencies.code(joined(at, at + length));
                if (code != null && (money || !code.equals(tokens.get(at).text()) || isBesideMoney())) {
                    int end = at + length;
                    String bracketed = bracketed(end);
                    boolean same = bracketed != null && code.equals(Currencies.code(bracketed));
                    slot(Slot.currency(joined(at, end), code), same ? afterBracket(end) : end);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isBesideMoney() {
        Token before = at == 0 ? null : tokens.get(at - 1);
        return before != null && (before.kind() == Kind.NUMBER || BEFORE_MONEY.contains(before.lower()));
    }

    private boolean number(Token token) {
        int word = token.isWord() ? NumberWords.of(token.lower()) : -1;
        if (token.kind() != Kind.NUMBER && word < 0) {
            return false;
        }
        BigDecimal number = word < 0 ? new BigDecimal(token.text().replace(",", "")) : BigDecimal.valueOf(word);
        String unit = at + 1 < tokens.size() ? tokens.get(at + 1).lower() : "";
        slot(Slot.number(token.text(), number, unit), at + 1);
        return true;
    }

    private boolean name(Token token) {
        boolean word = Lexicon.isOpener(token.lower()) || Lexicon.isMeaning(token.lower());
        if (!token.isCapitalised() || (word && !isTicker(token) && !beginsName(token))) {
            return false;
        }
        int end = at + 1;
        while (end < tokens.size()) {
            int link = end;
            while (link < tokens.size()
                    && link < end + 2
                    && LINKS.contains(tokens.get(link).lower())) {
                link++;
            }
            boolean acronym = tokens.get(end - 1).text().matches("[A-Z]{2,}");
            boolean ends = link >= tokens.size() || (link > end && acronym);
            if (ends || !(continuesName(tokens.get(link)) || isInsideName(link))) {
                break;
            }
            end = link + 1;
        }
        if (startsSentence() && end == at + 1 && !isSurelyName(token, end)) {
            return false;
        }
        if (end + 1 <= tokens.size()
                && isPossessive(end)
                && (end + 1 == tokens.size()
                        || AFTER_NAMES.contains(tokens.get(end + 1).lower()))) {
            end++;
        }
        String code = bracketed(end);
        slot(Slot.name(joined(at, end), code, hasArticle()), code == null ? end : afterBracket(end));
        return true;
    }

    private boolean hasArticle() {
        return !text.isEmpty() && text.getLast().equals("the");
    }

    private boolean isPossessive(int index) {
        return index < tokens.size() && tokens.get(index).is("'s");
    }

    /** A word in capitals where a name is expected, though it is a word of the language: "the price of COST". */
    private boolean isTicker(Token token) {
        Token before = at == 0 ? null : tokens.get(at - 1);
        Token after = at + 1 < tokens.size() ? tokens.get(at + 1) : null;
        return mixedCase
                && Lexicon.canBeTicker(token.text())
                && before != null
                && before.is("of", "for", "than", "did", "does", "is", "was")
                && (after == null || !Lexicon.isMeaning(after.lower()) || after.is("now", "open", "close"));
    }

    /** A word of the language with a capital, and what shows that it is a name behind it: "Rain Shell", "Sales department". */
    private boolean beginsName(Token token) {
        if (!mixedCase || startsSentence() || !Lexicon.canBeginName(token.text()) || at + 1 == tokens.size()) {
            return false;
        }
        Token after = tokens.get(at + 1);
        return after.is("department", "team", "segment", "division", "category")
                || (continuesName(after) && after.text().matches(".*\\p{Ll}.*"));
    }

    /** "A" behind a name is a letter of it, and no article: "Hall A". */
    private static boolean continuesName(Token token) {
        return token.isCapitalised()
                && (token.text().equals("A")
                        || (!Lexicon.isMeaning(token.lower()) && !Lexicon.isOpener(token.lower())));
    }

    /** A word of the language between capitals: "Vienna State Opera". */
    private boolean isInsideName(int index) {
        return mixedCase
                && tokens.get(index).text().matches("\\p{Lu}\\p{Ll}+")
                && !Dates.isCalendarWord(tokens.get(index).lower())
                && index + 1 < tokens.size()
                && continuesName(tokens.get(index + 1))
                && !tokens.get(index + 1).text().equals("A");
    }

    private boolean startsSentence() {
        return at == 0 || ENDS.contains(tokens.get(at - 1).text());
    }

    /** The first word has a capital anyway. */
    private boolean isSurelyName(Token token, int end) {
        return isPossessive(end)
                || names.contains(token.lower())
                || Places.isSurelyPlace(token.text())
                || token.text().matches("[A-Z]{2,}");
    }

    private boolean knownName() {
        if (Lexicon.isOpener(tokens.get(at).lower())) {
            return false;
        }
        boolean expected = at == 0 || BEFORE_NAMES.contains(tokens.get(at - 1).lower());
        for (int length = Math.min(LONGEST, tokens.size() - at); length > 0; length--) {
            if (areWords(at, length)) {
                String joined = joined(at, at + length);
                boolean known = names.contains(joined.toLowerCase(Locale.ROOT))
                        && (expected
                                || (at + length < tokens.size()
                                        && tokens.get(at + length).is("'s")));
                if (known || (expected && at > 0 && Places.isSurelyPlace(joined))) {
                    slot(Slot.name(joined, null, hasArticle()), at + length);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean category() {
        for (int length = Math.min(3, tokens.size() - at); length > 0; length--) {
            if (areWords(at, length) && Lexicon.isPlaceType(joined(at, at + length))) {
                slot(Slot.plain(Slot.Kind.CATEGORY, joined(at, at + length)), at + length);
                return true;
            }
        }
        return false;
    }

    /** What stands in brackets there, if it looks like a code: {@code (AAPL)}. */
    private @Nullable String bracketed(int from) {
        boolean brackets = from + 2 < tokens.size()
                && tokens.get(from).text().equals("(")
                && tokens.get(from + 2).text().equals(")");
        return brackets && tokens.get(from + 1).text().matches("[A-Z]{1,5}(?:[.-][A-Z]{1,2})?")
                ? tokens.get(from + 1).text()
                : null;
    }

    private static int afterBracket(int from) {
        return from + 3;
    }

    private boolean areWords(int from, int length) {
        return tokens.subList(from, from + length).stream()
                .allMatch(token -> token.isWord() && !token.text().equals("'s"));
    }

    private String joined(int from, int to) {
        return tokens.subList(from, to).stream()
                .map(Token::text)
                .collect(Collectors.joining(" "))
                .replace(" ,", ",")
                .replace(" 's", "'s");
    }
}
