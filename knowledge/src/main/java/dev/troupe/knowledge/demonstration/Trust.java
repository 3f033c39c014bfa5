package dev.troupe.knowledge.demonstration;

import dev.troupe.knowledge.journal.Demonstration;

/**
 * How far a demonstration can be trusted: the mean of a Beta distribution over "an attempt that sees it comes out
 * right". The prior says what its verifier is worth, each use adds one observation:
 *
 * <pre>trust = (a + helped) / (a + 1 + helped + misled)</pre>
 *
 * <table>
 * <caption>Prior successes a beside one prior failure</caption>
 * <tr><td>only an exit code</td><td>1</td><td>trust 0.50</td><td>retires at the 2nd misleading use without a good one</td></tr>
 * <tr><td>judge</td><td>2</td><td>0.67</td><td>4th</td></tr>
 * <tr><td>rule</td><td>4</td><td>0.80</td><td>9th</td></tr>
 * <tr><td>person</td><td>9</td><td>0.90</td><td>21st</td></tr>
 * </table>
 */
final class Trust {
    /** Below it a demonstration is retired. */
    static final double LEAST = 0.3;

    private Trust() {}

    /** 0 to 1. */
    static double of(Demonstration demonstration) {
        double successes = switch (demonstration.verified()) {
            case NONE -> 1;
            case JUDGE -> 2;
            case RULE -> 4;
            case PERSON -> 9;
        };
        int helped = demonstration.helped();
        return (successes + helped) / (successes + 1 + helped + demonstration.misled());
    }
}
