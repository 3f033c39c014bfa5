package dev.troupe.runtime.bench;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells a right answer from a wrong one: strict about what is said, lenient about how. The format is documented in
 * {@code examples/README.md}.
 */
public sealed interface Check {
    /**
     * Whether the answer is right.
     *
     * @param question what was asked; numbers that it names may be repeated
     */
    boolean accepts(String answer, String question);

    /** One number, and no other one but those of the question. */
    record Numeric(double number, double tolerance) implements Check {
        @Override
        public boolean accepts(String answer, String question) {
            List<Double> said = Numbers.in(answer);
            List<Double> asked = Numbers.in(question);
            // Where the right number stands in the question, repeating the question would pass.
            boolean mayRepeat = asked.stream().noneMatch(this::near);
            return said.stream().anyMatch(this::near)
                    && said.stream().allMatch(value -> near(value) || (mayRepeat && asked.contains(value)));
        }

        private boolean near(double value) {
            // The margin is for decimals that binary fractions cannot hold: 0.3 is 0.1 + 0.2.
            return Math.abs(value - number) <= tolerance + 1e-9 * Math.abs(number);
        }
    }

    /** One of these wordings, and none of the others. */
    record Text(List<String> text, List<String> others) implements Check {
        public Text {
            text = List.copyOf(text);
            others = List.copyOf(others);
        }

        @Override
        public boolean accepts(String answer, String question) {
            Words said = Words.of(answer);
            return text.stream().anyMatch(said::contain) && others.stream().noneMatch(said::contain);
        }
    }

    /** All of these, in any order, and none of the others. */
    record SetOf(List<String> set, List<String> others) implements Check {
        public SetOf {
            set = List.copyOf(set);
            others = List.copyOf(others);
        }

        @Override
        public boolean accepts(String answer, String question) {
            Words said = Words.of(answer);
            return set.stream().allMatch(said::contain) && others.stream().noneMatch(said::contain);
        }
    }

    /** The whole answer, without spaces around it. */
    record Regex(Pattern regex) implements Check {
        @Override
        public boolean accepts(String answer, String question) {
            return regex.matcher(answer.strip()).matches();
        }
    }

    /**
     * Several numbers, each in one of its units, and only so many others. Dates and times of day count as none, and
     * neither do numbers of the question.
     *
     * @param extra how many other numbers may be said; a listing of everything would pass otherwise
     */
    record Values(List<Value> values, int extra) implements Check {
        public Values {
            values = List.copyOf(values);
        }

        @Override
        public boolean accepts(String answer, String question) {
            List<Double> said = Numbers.in(Dates.without(answer));
            List<Double> asked = Numbers.in(question);
            long others = said.stream()
                    .distinct()
                    .filter(number -> values.stream().noneMatch(value -> value.near(number)) && !asked.contains(number))
                    .count();
            return others <= extra
                    && values.stream().allMatch(value -> said.stream().anyMatch(value::near));
        }
    }

    /** A number in any of its units: 21.4 degrees Celsius, or 70.5 Fahrenheit. */
    record Value(List<Double> any, double tolerance) {
        public Value {
            any = List.copyOf(any);
        }

        private boolean near(double said) {
            return any.stream().anyMatch(number -> new Numeric(number, tolerance).near(said));
        }
    }

    /**
     * So many of these names, and none of the others.
     *
     * @param least how many at least
     */
    record Names(List<String> names, int least, List<String> others) implements Check {
        public Names {
            names = List.copyOf(names);
            others = List.copyOf(others);
        }

        @Override
        public boolean accepts(String answer, String question) {
            Words said = Words.of(answer);
            return names.stream().filter(said::contain).count() >= least
                    && others.stream().noneMatch(said::contain);
        }
    }

    /** That it cannot be answered from what there is; an error's text is no such answer. */
    record Unanswerable(List<String> others) implements Check {
        private static final Pattern SAYS_SO = Pattern.compile(
                "\\b(?:cannot|can not|can['\u2019]?t|could not|couldn['\u2019]t|unable|not able|impossible"
                        + "|not (?:be )?(?:available|possible|provided|supported|covered|included|found|determined)"
                        + "|unavailable|isn['\u2019]t (?:available|possible|supported)"
                        + "|(?:do|does)(?: not|n['\u2019]t) (?:provide|offer|include|support|cover|have|exist)"
                        + "|no (?:data|information|results?|records?|way|such|trading|location)|not a trading day)\\b",
                Pattern.CASE_INSENSITIVE);
        private static final Pattern ERROR = Pattern.compile("Traceback|\\b[A-Z]\\w*(?:Error|Exception)\\b");

        public Unanswerable {
            others = List.copyOf(others);
        }

        @Override
        public boolean accepts(String answer, String question) {
            Words said = Words.of(answer);
            return SAYS_SO.matcher(answer).find()
                    && !ERROR.matcher(answer).find()
                    && others.stream().noneMatch(said::contain);
        }
    }

    /** Each of these. */
    record All(List<Check> all) implements Check {
        public All {
            all = List.copyOf(all);
        }

        @Override
        public boolean accepts(String answer, String question) {
            return all.stream().allMatch(check -> check.accepts(answer, question));
        }
    }

    /** At least one of these. */
    record Any(List<Check> any) implements Check {
        public Any {
            any = List.copyOf(any);
        }

        @Override
        public boolean accepts(String answer, String question) {
            return any.stream().anyMatch(check -> check.accepts(answer, question));
        }
    }
}
