package dev.troupe.knowledge.replay;

/**
 * A change of a program's text: what stands from start to end becomes another text, written as the language asks.
 *
 * @param end index after the last character that goes
 */
record Edit(int start, int end, String text) {
    private static final String UNSAFE_IN_URL = "&#%+?=/\\\"<> ";

    /** @throws Abstention when the new value cannot be written there for certain */
    static Edit of(Occurrence found, String fresh) {
        Piece piece = found.piece();
        String value = piece.value();
        if (value.startsWith("'s", found.to()) && found.isValue()) {
            throw new Abstention(
                    "the program has \"" + value.substring(found.from(), found.to()) + "\" as part of a name");
        }
        String text = isInUrl(found) ? url(found, fresh) : fresh;
        checkSurroundings(found, text);
        if (piece.isNumber() || piece.quote() == ' ') {
            if (!text.matches("-?[\\p{L}\\p{N}_.@,-]+") || (!piece.isNumber() && text.startsWith("-"))) {
                throw new Abstention("\"" + fresh + "\" cannot stand there without quotes");
            }
            return new Edit(piece.position(found.from()), piece.position(found.to()), text);
        }
        return new Edit(piece.position(found.from()), piece.position(found.to()), written(piece, text));
    }

    /** In an address, where its characters are encoded. */
    static boolean isInUrl(Occurrence found) {
        String value = found.piece().value();
        return !found.piece().isNumber()
                && found.isValue()
                && (Roles.isParameter(found.piece(), found.from()) || value.contains("://"));
    }

    private static String url(Occurrence found, String fresh) {
        String value = found.piece().value();
        String old = value.substring(found.from(), found.to());
        boolean parameter = Roles.isParameter(found.piece(), found.from());
        boolean encoded = fresh.contains("%20") || (fresh.contains("+") && old.contains("+"));
        if (!parameter && !fresh.matches("[\\p{L}\\p{N}._-]+")) {
            throw new Abstention("\"" + fresh + "\" stands in the path of an address");
        }
        if (encoded) {
            return fresh;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < fresh.length(); i++) {
            char c = fresh.charAt(i);
            boolean blankAsBefore = c == ' ' && old.indexOf(' ') >= 0;
            text.append(
                    UNSAFE_IN_URL.indexOf(c) >= 0 && !blankAsBefore
                            ? String.format("%%%02X", (int) c)
                            : String.valueOf(c));
        }
        return text.toString();
    }

    /** Inside another language (SQL, JSON, a regular expression) only plain values can be put. */
    private static void checkSurroundings(Occurrence found, String text) {
        Piece piece = found.piece();
        boolean nested = !found.isWhole() && found.isValue() && !isInUrl(found) && !isProse(found);
        boolean pattern = piece.role().matches("call:(?:search|match|fullmatch|findall|compile|sub|contains|query):0");
        if ((nested || pattern) && !text.matches("[\\p{L}\\p{M}\\p{N} ,.&_/:-]*")) {
            throw new Abstention("\"" + text + "\" cannot be put into the program's text for certain");
        }
        if (pattern && found.isWhole() && !text.matches("[\\p{L}\\p{M}\\p{N} ,&_:-]*")) {
            throw new Abstention("\"" + text + "\" means something in a pattern");
        }
    }

    /** Words for a search, which no language but that of people has a grammar for. */
    private static boolean isProse(Occurrence found) {
        String value = found.piece().value();
        boolean quoted = found.from() > 0 && "'\"".indexOf(value.charAt(found.from() - 1)) >= 0;
        return Roles.isFreeText(found.role()) && !quoted && value.matches("[\\p{L}\\p{M}\\p{N} ,.&'’-]*");
    }

    private static String written(Piece piece, String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new Abstention("the new value has several lines");
        }
        if (piece.prefix().equals(Piece.SHELL)) {
            if (text.matches("(?s).*[\"'$`\\\\!].*")) {
                throw new Abstention("\"" + text + "\" cannot be put between a shell's quotes for certain");
            }
            return text;
        }
        if (piece.prefix().contains("r")) {
            if (text.indexOf(piece.quote()) >= 0 || text.indexOf('\\') >= 0) {
                throw new Abstention("the new value cannot stand in a raw string");
            }
        }
        if (piece.prefix().contains("b") && !text.chars().allMatch(c -> c < 128)) {
            throw new Abstention("the new value cannot stand in a string of bytes");
        }
        String escaped = text;
        if (!piece.prefix().contains("r")) {
            String quote = String.valueOf(piece.quote());
            escaped = text.replace("\\", "\\\\").replace(quote, "\\" + quote);
        }
        if (piece.prefix().contains("f") || piece.prefix().contains("t")) {
            escaped = escaped.replace("{", "{{").replace("}", "}}");
        }
        return escaped;
    }
}
