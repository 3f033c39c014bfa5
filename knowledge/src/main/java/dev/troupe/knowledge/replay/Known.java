package dev.troupe.knowledge.replay;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A solution, read once, with what it teaches by itself.
 *
 * @param pieces the program's data, or null when the program cannot be read
 * @param company whose ticker it teaches, in lower case, or null
 * @param ticker of that company, or null
 * @param values what the question named and the program had, by role
 */
record Known(
        Solution solution,
        Wording wording,
        @Nullable List<Piece> pieces,
        @Nullable String company,
        @Nullable String ticker,
        Map<String, Set<String>> values) {
    private static final Pattern IN_URL = Pattern.compile("(?:^|[?&])(\\w+)=([^&\\s]+)");

    static Known of(Solution solution) {
        Wording wording = Wording.of(solution.question(), asked(solution), Set.of());
        List<Piece> pieces = ProgramReader.read(solution.language(), solution.code());
        if (pieces == null) {
            return new Known(solution, wording, null, null, null, Map.of());
        }
        String ticker = ticker(pieces);
        String company = ticker == null ? null : company(solution, wording, pieces, ticker);
        return new Known(solution, wording, pieces, company, ticker, values(solution, pieces));
    }

    static @Nullable LocalDate asked(Solution solution) {
        return solution.asked() == null ? null : solution.asked().toLocalDate();
    }

    /** The one name that the program does not have itself, if it has one ticker. */
    private static @Nullable String company(Solution solution, Wording wording, List<Piece> pieces, String ticker) {
        List<Slot> names = wording.slots().stream()
                .filter(slot -> slot.kind() == Slot.Kind.NAME)
                .filter(slot -> pieces.stream().noneMatch(piece -> names(piece, slot)))
                .toList();
        if (names.size() != 1) {
            return null;
        }
        Slot name = names.getFirst();
        boolean said = solution.question().matches("(?s).*\\b" + Pattern.quote(ticker) + "\\b.*");
        return !said || ticker.equals(name.code()) ? Lessons.company(name.text()) : null;
    }

    private static boolean names(Piece piece, Slot slot) {
        return piece.place() == Piece.Place.VALUE
                && piece.value().toLowerCase(Locale.ROOT).contains(slot.text().toLowerCase(Locale.ROOT));
    }

    private static @Nullable String ticker(List<Piece> pieces) {
        Set<String> found = new HashSet<>();
        for (Piece piece : pieces) {
            if (piece.place() != Piece.Place.VALUE || piece.isNumber()) {
                continue;
            }
            if (Roles.isTicker(piece.role().toLowerCase(Locale.ROOT)) && Lessons.isTicker(piece.value())) {
                found.add(piece.value());
            }
            IN_URL.matcher(piece.value())
                    .results()
                    .filter(parameter -> Roles.isTicker(parameter.group(1).toLowerCase(Locale.ROOT)))
                    .filter(parameter -> Lessons.isTicker(parameter.group(2)))
                    .forEach(parameter -> found.add(parameter.group(2)));
        }
        return found.size() == 1 ? found.iterator().next() : null;
    }

    private static Map<String, Set<String>> values(Solution solution, List<Piece> pieces) {
        Map<String, Set<String>> values = new HashMap<>();
        String question =
                " " + solution.question().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_-]+", " ") + " ";
        for (Piece piece : pieces) {
            boolean named = question.contains(" " + piece.value().toLowerCase(Locale.ROOT) + " ");
            if (piece.place() == Piece.Place.VALUE && piece.whole() && !piece.isNumber() && named) {
                values.computeIfAbsent(piece.role().toLowerCase(Locale.ROOT), role -> new HashSet<>())
                        .add(piece.value());
            }
        }
        return values;
    }
}
