package dev.troupe.knowledge.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A place in a program that holds a slot's old value.
 *
 * @param from index in the piece's value
 * @param to index after its last character there
 * @param forms the ways in which it can have been written, of one or several slots; the likeliest first
 */
record Occurrence(Piece piece, int from, int to, List<Form> forms) {
    /** All of them in one piece, the longest first where they overlap. */
    static List<Occurrence> in(Piece piece, List<Form> forms) {
        Map<String, List<Form>> byText = new LinkedHashMap<>();
        forms.stream()
                .filter(form -> piece.value().contains(form.old()))
                .sorted(Comparator.comparingInt((Form form) -> form.old().length())
                        .reversed())
                .forEach(form -> byText.computeIfAbsent(form.old(), text -> new ArrayList<>())
                        .add(form));
        List<Occurrence> found = new ArrayList<>();
        byText.forEach((text, candidates) -> find(piece, text, candidates, found));
        found.sort(Comparator.comparingInt(Occurrence::from));
        return found;
    }

    private static void find(Piece piece, String text, List<Form> candidates, List<Occurrence> found) {
        String value = piece.value();
        for (int at = value.indexOf(text); at >= 0; at = value.indexOf(text, at + 1)) {
            int from = at;
            int to = at + text.length();
            boolean free = found.stream().noneMatch(other -> from < other.to && other.from < to);
            if (free && isApart(piece, from, to)) {
                List<Form> fitting = candidates.stream()
                        .filter(form -> fits(form, piece, from, to))
                        .toList();
                if (!fitting.isEmpty()) {
                    found.add(new Occurrence(piece, from, to, fitting));
                }
            }
        }
    }

    private static boolean isApart(Piece piece, int from, int to) {
        String value = piece.value();
        if (piece.isNumber()) {
            return from == 0 && to == value.length();
        }
        boolean encoded = from >= 3 && value.substring(from - 3, from).matches("%[0-9A-F]{2}");
        boolean starts = from == 0 || encoded || !isWord(value.charAt(from - 1));
        boolean ends = to == value.length() || !isWord(value.charAt(to));
        if (Character.isDigit(value.charAt(from)) && from >= 2 && "-/.,:".indexOf(value.charAt(from - 1)) >= 0) {
            starts &= !Character.isDigit(value.charAt(from - 2));
        }
        if (Character.isDigit(value.charAt(to - 1))
                && to + 1 < value.length()
                && "-/.,:".indexOf(value.charAt(to)) >= 0) {
            ends &= !Character.isDigit(value.charAt(to + 1));
        }
        return starts && ends;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean fits(Form form, Piece piece, int from, int to) {
        String role = Roles.at(piece, from);
        boolean all = from == 0 && to == piece.value().length() && piece.whole();
        boolean parameter = Roles.isParameter(piece, from);
        return switch (form.where()) {
            // A security has its ticker there, and a name that looks alike is another thing.
            case ANYWHERE -> piece.isMessage() || !Roles.isTicker(role);
            case MESSAGE -> piece.isMessage();
            case TICKER -> piece.isMessage() || Roles.isTicker(role) || (all && role.startsWith("call:"));
            case CODE ->
                !piece.isMessage()
                        && (all || parameter || piece.value().substring(0, from).matches(".*, ?"));
            case CALENDAR -> !piece.isMessage() && (all || parameter) && Roles.isCalendar(role, form.part());
        };
    }

    boolean isValue() {
        return !piece.isMessage();
    }

    boolean isWhole() {
        return from == 0 && to == piece.value().length() && piece.whole();
    }

    String role() {
        return Roles.at(piece, from);
    }

    boolean isOf(int slot) {
        return forms.stream().anyMatch(form -> form.slot() == slot);
    }
}
