package dev.troupe.knowledge.replay;

import dev.troupe.knowledge.replay.Exchange.Done;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether a solved question's program answers a new question with other literals. It does when
 *
 * <ol>
 *   <li>both questions are equal word for word outside of their slots, after rewritings that keep the meaning,
 *   <li>each slot that changed stands in the program as a value that is known to be its, in one role, and there is one
 *       way to write the new value there,
 *   <li>nothing else in the program can depend on what changed.
 * </ol>
 *
 * <p>Whatever is read in several ways is replayed only if all readings that the demonstration bears out give the same
 * program. Pure.
 */
public final class Replays {
    private static final int MOST_COMPARED = 8;

    private Replays() {}

    /**
     * Tries one solution.
     *
     * @param question the new question
     * @param now the new task's clock, in its zone
     * @param lessons what earlier verified solutions taught; the solution itself is added
     */
    public static Replay of(Solution solution, String question, ZonedDateTime now, Lessons lessons) {
        try {
            return replay(solution, question, now, lessons.with(solution));
        } catch (Abstention e) {
            return new Replay.Abstained(String.valueOf(e.getMessage()));
        }
    }

    private static Replay replay(Solution solution, String question, ZonedDateTime now, Lessons lessons) {
        Known known = lessons.read(solution);
        List<Piece> pieces = known.pieces();
        if (pieces == null) {
            throw new Abstention("the program cannot be read for certain");
        }
        LocalDate asked = Known.asked(solution);
        Wording old = Wording.of(solution.question(), asked, lessons.names());
        Wording fresh = Wording.of(question, now.toLocalDate(), lessons.names());
        Pairs pairs = Pairs.of(old, fresh, pieces, lessons);
        Done done = Exchange.of(solution.code(), pieces, pairs.olds(), pairs.news(), asked, now.toLocalDate(), lessons);
        Set<Integer> unshown = new HashSet<>(done.changed());
        unshown.removeAll(shown(known, pieces, old, lessons));
        if (!unshown.isEmpty() || !now.toLocalDate().equals(asked)) {
            Completeness.check(solution.question(), pieces, pairs.olds(), pairs.news(), done, unshown, asked);
        }
        return new Replay.Ready(solution, done.code(), done.swaps());
    }

    /**
     * Slots of which other verified solutions show that nothing else depends on them: with their values exchanged, the
     * program becomes that of the other solution, character for character.
     *
     * @throws Abstention when another solution has the same program with other literals than the exchange would give: then
     *     something in it depends on a slot in a way that is not known
     */
    private static Set<Integer> shown(Known known, List<Piece> pieces, Wording old, Lessons lessons) {
        Set<Integer> shown = new HashSet<>();
        lessons.worded(old).stream()
                .filter(other -> !other.solution().id().equals(known.solution().id()))
                .filter(other ->
                        other.solution().language().equals(known.solution().language()))
                .limit(MOST_COMPARED)
                .forEach(other -> compare(known, pieces, old, other, lessons, shown));
        return shown;
    }

    private static void compare(
            Known known, List<Piece> pieces, Wording old, Known other, Lessons lessons, Set<Integer> shown) {
        String code = known.solution().code();
        String otherCode = other.solution().code();
        List<Piece> others = other.pieces();
        boolean sameShape = others != null && shape(code, pieces).equals(shape(otherCode, others));
        try {
            Done done = Exchange.of(
                    code,
                    pieces,
                    old.slots(),
                    other.wording().slots(),
                    Known.asked(known.solution()),
                    Known.asked(other.solution()),
                    lessons);
            if (done.code().strip().equals(otherCode.strip())) {
                shown.addAll(done.changed());
            } else if (sameShape) {
                throw new Abstention("another solved question shows that the program depends on more than that");
            }
        } catch (Abstention e) {
            if (sameShape) {
                throw e;
            }
        }
    }

    /** A program without its data. */
    private static String shape(String code, List<Piece> pieces) {
        StringBuilder shape = new StringBuilder();
        int at = 0;
        for (Piece piece : pieces) {
            if (piece.start() >= at) {
                shape.append(code, at, piece.start()).append('\u0001');
                at = piece.end();
            }
        }
        return shape.append(code.substring(at)).toString().replaceAll("#[^\\n]*|\\s+", "");
    }

    /** What two questions have in the same places. */
    private record Pairs(List<Slot> olds, List<Slot> news) {
        static Pairs of(Wording old, Wording fresh, List<Piece> pieces, Lessons lessons) {
            if (old.isLike(fresh)) {
                return new Pairs(old.slots(), fresh.slots());
            }
            if (old.words().size() != fresh.words().size()) {
                throw new Abstention("the questions differ: \"" + fresh.key() + "\" for \"" + old.key() + '"');
            }
            List<Slot> olds = new ArrayList<>();
            List<Slot> news = new ArrayList<>();
            int slot = 0;
            int other = 0;
            for (int i = 0; i < old.words().size(); i++) {
                String before = old.words().get(i);
                String after = fresh.words().get(i);
                if (before.equals(after) && isSlot(before)) {
                    olds.add(old.slots().get(slot++));
                    news.add(fresh.slots().get(other++));
                } else if (!before.equals(after)) {
                    if (isSlot(before) || isSlot(after) || !isKnownCategory(before, after, pieces, lessons)) {
                        throw new Abstention("the questions differ: \"" + after + "\" for \"" + before + '"');
                    }
                    olds.add(Slot.plain(Slot.Kind.QUOTE, before));
                    news.add(Slot.plain(Slot.Kind.QUOTE, after));
                }
            }
            return new Pairs(olds, news);
        }

        private static boolean isSlot(String word) {
            return word.length() == 3 && word.charAt(0) == '<' && word.charAt(2) == '>';
        }

        /** The program has the one as a value, and a verified solution had the other in the same role. */
        private static boolean isKnownCategory(String old, String fresh, List<Piece> pieces, Lessons lessons) {
            return !Lexicon.isMeaning(old)
                    && !Lexicon.isMeaning(fresh)
                    && pieces.stream()
                            .filter(piece -> piece.whole()
                                    && !piece.isNumber()
                                    && piece.value().equals(old))
                            .anyMatch(
                                    piece -> lessons.hasValue(piece.role().toLowerCase(java.util.Locale.ROOT), fresh));
        }
    }
}
