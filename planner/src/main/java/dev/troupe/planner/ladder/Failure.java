package dev.troupe.planner.ladder;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a turn brought no answer that counts.
 *
 * @param brief one line for receipts: {@code KeyError 'region_name'}
 * @param key what makes two failures the same
 * @param told what the model is told about it, without the request for the next program
 * @param failingLine the line of the program that failed, or null
 * @param meaning what this kind of error usually means, or null
 * @param lookup whether a name was not found, so that the files' descriptions help
 * @param exploration whether the program ran to its end and only gave no answer: what it printed stays of use
 * @param evidence what the program's responses from hosts are made of and what that says of the program, a line each;
 *     empty without responses
 */
record Failure(
        String brief,
        String key,
        String told,
        @Nullable String failingLine,
        @Nullable String meaning,
        boolean lookup,
        boolean exploration,
        List<String> evidence) {
    private static final int SHOWN_OUTPUT = 1_500;
    private static final int SHOWN_LOOK = 2_500;
    private static final String REFUSED = "refused: ";

    private static List<String> evidence(Happened.CodeRan ran) {
        return Stream.concat(
                        ran.responses().stream(),
                        ResponseHints.of(ran.run().source(), ran.output(), ran.responses()).stream())
                .toList();
    }

    private static Failure simple(String brief, String told) {
        return new Failure(brief, brief, told, null, null, false, false, List.of());
    }

    static Failure noProgram(Reply reply, String language) {
        return switch (reply) {
            case Reply.Cut cut ->
                simple(
                        "program cut at the token limit",
                        "Your reply was cut off before the program ended; it was not run. Write a much shorter program"
                                + " without comments.");
            case Reply.Foreign foreign ->
                simple(
                        "program in " + Excerpt.line(foreign.language(), 20),
                        "Only " + language + " programs can be run here; that one was not.");
            case Reply.Answer answer ->
                simple(
                        "answer without a program",
                        "You answered without running a program. The answer must be computed by a program.");
            case Reply.Prose prose ->
                simple(
                        "no program in the reply",
                        "Your reply has no ```" + language + " block and no line that begins with ANSWER:, so nothing"
                                + " was run.");
            case Reply.Program program -> throw new IllegalArgumentException("reply: a program (expected: none)");
            case Reply.Call call -> throw new IllegalArgumentException("reply: a call (expected: none)");
        };
    }

    /** A call is no failure, but like one it ends a turn without an answer and is told; the same once more is one. */
    static Failure called(String name, String arguments, String told) {
        return new Failure(
                "called " + name,
                "called " + name + ": " + arguments.strip() + " → " + told,
                name + " answered:\n" + Excerpt.of(told, SHOWN_LOOK),
                null,
                null,
                false,
                true,
                List.of());
    }

    static Failure unparseable(Happened.CodeUnparseable code) {
        String line = PythonError.lineAt(code.error(), code.run().source());
        String brief = PythonError.brief(code.error());
        String shown = brief == null ? "code that cannot be parsed" : brief;
        return new Failure(
                shown,
                shown,
                "The program cannot be parsed, so it was not run:\n" + Excerpt.of(code.error(), SHOWN_OUTPUT),
                line,
                "it is not valid " + code.run().language() + " at that place.",
                false,
                false,
                List.of());
    }

    static Failure crashed(Happened.CodeRan ran) {
        if (!ran.end().equals(Happened.CodeRan.EXITED)) {
            return stopped(ran);
        }
        String brief = PythonError.brief(ran.output());
        String type = brief == null ? "" : brief.split(" ", 2)[0];
        String shown = brief == null ? "exit code " + ran.exitCode() : brief;
        return new Failure(
                shown,
                shown,
                "The program failed with exit code " + ran.exitCode() + ". Its output:\n"
                        + Excerpt.of(ran.output(), SHOWN_OUTPUT),
                PythonError.lineAt(ran.output(), ran.run().source()),
                // What it usually means was written for files.
                ran.responses().isEmpty() ? PythonError.meaning(type) : null,
                PythonError.isLookup(type),
                false,
                evidence(ran));
    }

    private static Failure stopped(Happened.CodeRan ran) {
        String limit = switch (ran.end()) {
            case "wall_time", "cpu_time" -> "time limit";
            case "memory" -> "memory limit";
            case "processes" -> "limit on processes";
            case "disk" -> "limit on files written";
            case "output" -> "limit on output";
            default -> ran.end();
        };
        return new Failure(
                "stopped at the " + limit,
                "stopped at the " + limit,
                "The program was stopped because it reached the " + limit + ". The end of its output:\n"
                        + Excerpt.of(ran.output(), SHOWN_OUTPUT / 3),
                null,
                "it needs a faster or smaller way: a formula, a better algorithm, or less data at once.",
                false,
                false,
                List.of());
    }

    static Failure noAnswer(Happened.CodeRan ran) {
        if (ran.output().isBlank()) {
            return new Failure(
                    "printed nothing",
                    "printed nothing",
                    "The program ran and printed nothing, probably because what it selected is empty.",
                    null,
                    null,
                    true,
                    false,
                    evidence(ran));
        }
        String output = Excerpt.of(ran.output(), SHOWN_LOOK);
        return new Failure(
                "no ANSWER line",
                // A program that looks further and prints something else is no repetition.
                "no ANSWER line: " + ran.output(),
                "The program ran. It printed no line that begins with ANSWER:. Its output:\n" + output,
                null,
                null,
                false,
                true,
                List.of());
    }

    static Failure hollow(String answer, Happened.CodeRan ran) {
        return new Failure(
                "empty result " + Excerpt.line(answer, 20),
                "empty result",
                "The program ran, but its result is " + Excerpt.line(answer, 80) + ", which means that it selected"
                        + " nothing. Check the names, the values and the types that it compares.",
                null,
                null,
                true,
                false,
                evidence(ran));
    }

    static Failure raw(String answer) {
        return simple(
                "printed an object, not a value",
                "The program ran, but what it printed is a column, a table or an object, not an answer:\n"
                        + Excerpt.of(answer, SHOWN_OUTPUT / 3)
                        + "\nPrint only what the question asks for: one number (add up or count what was selected), a name,"
                        + " or names with commas between them.");
    }

    /**
     * @param foreign values that the program took from an example
     * @param missing what the question names and the program does not
     */
    static Failure ungrounded(List<String> foreign, List<String> missing) {
        List<String> brief = new ArrayList<>();
        StringBuilder told = new StringBuilder("The program ran, but it answers another question.");
        if (!foreign.isEmpty()) {
            brief.add("with " + Excerpt.line(String.join(", ", foreign), 40) + " of an example");
            told.append("\nIt uses ").append(String.join(", ", foreign));
            told.append(", which stands in an example and not in the question. Leave that condition out.");
        }
        if (!missing.isEmpty()) {
            brief.add("without " + Excerpt.line(String.join(", ", missing), 40));
            told.append("\nIt does not use ").append(String.join(", ", missing));
            told.append(", which the question names. Use every condition of the question.");
        }
        return new Failure(
                "program " + String.join(", ", brief),
                "another question's program",
                told.toString(),
                null,
                null,
                false,
                false,
                List.of());
    }

    static Failure answeredAfterCrash() {
        return simple(
                "answer although its program failed",
                "Your last program failed, so your answer does not count. Correct the program instead.");
    }

    static Failure refused(String by, String answer, String why) {
        return new Failure(
                "refused by the " + by,
                REFUSED + answer,
                "The answer was checked and refused: " + Excerpt.line(why, 300),
                null,
                null,
                false,
                false,
                List.of());
    }

    /** The answer that was refused, empty for another failure. */
    String refused() {
        return key.startsWith(REFUSED) ? key.substring(REFUSED.length()) : "";
    }
}
