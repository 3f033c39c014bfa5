package dev.troupe.planner.ladder;

/** Documentation that a rung's prompt holds. */
public interface Docs {
    /** All of it. */
    String whole();

    /** What the prompt for that question is given: always the same for the same question, within milliseconds. */
    String about(String question);

    /** Documentation of which every question is given all. */
    static Docs of(String text) {
        return new Docs() {
            @Override
            public String whole() {
                return text;
            }

            @Override
            public String about(String question) {
                return text;
            }
        };
    }
}
