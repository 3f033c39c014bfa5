package dev.troupe.planner.ladder;

/** Long texts cut to what a prompt has room for: head and tail stay, the cut is marked. */
final class Excerpt {
    private Excerpt() {}

    /** At most about {@code characters} of it, a third from the head: errors stand at the end of an output. */
    static String of(String text, int characters) {
        String stripped = text.strip();
        if (stripped.length() <= characters) {
            return stripped;
        }
        int head = floor(stripped, characters / 3);
        int tail = floor(stripped, stripped.length() - (characters - head));
        return stripped.substring(0, head) + "\n[… " + (tail - head) + " characters left out …]\n"
                + stripped.substring(tail);
    }

    /** Only the beginning, on one line. */
    static String line(String text, int characters) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= characters ? line : line.substring(0, floor(line, characters)) + "…";
    }

    /** Never between the halves of a surrogate pair. */
    private static int floor(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }
}
