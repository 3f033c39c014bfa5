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
