package dev.troupe.runtime.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One way to run the team that is measured against others.
 *
 * @param given its name in results, or null for one that says what it is
 * @param ladder names of the rungs that may try; empty for all of the team file
 * @param bare the model in a plain loop in place of the team
 * @param feedback who judges answers; null for the team file's verifier, and the right answer afterwards to what learns
 * @param judge the team's model that judges with {@link Feedback#JUDGE}; null for the one of {@code verify}
 */
public record Configuration(
        @Nullable String given,
        List<String> ladder,
        Demonstrations demonstrations,
        boolean bare,
        @Nullable Feedback feedback,
        @Nullable String judge) {
    /** The same model in a loop that runs its code and shows it the raw output. */
    public static final Configuration BARE = new Configuration(List.of(), Demonstrations.OFF, true);

    public Configuration {
        ladder = List.copyOf(ladder);
    }

    /** One without a name or a judge of its own. */
    public Configuration(List<String> ladder, Demonstrations demonstrations, boolean bare) {
        this(null, ladder, demonstrations, bare, null, null);
    }

    /** The name in results. */
    public String name() {
        return given == null ? setting() : given;
    }

    /** What it is: {@code quick,documented +frozen}, {@code quick +learn gold}. */
    public String setting() {
        if (bare) {
            return "bare";
        }
        String rungs = ladder.isEmpty() ? "ladder" : String.join(",", ladder);
        String shown = demonstrations == Demonstrations.OFF ? "" : " +" + demonstrations.label();
        String told = feedback == null ? "" : " " + feedback.label() + (judge == null ? "" : " " + judge);
        return rungs + shown + told;
    }

    /** Whether it learns from the questions that it is measured on, each after it was answered. */
    boolean learnsOnTheWay() {
        return demonstrations == Demonstrations.LEARN && feedback != null;
    }

    /** What becomes of solved questions. */
    public enum Demonstrations {
        /** None are shown. */
        OFF,
        /** Those that the right answers confirmed are kept and shown from then on. */
        LEARN,
        /** Those that {@link #LEARN} left behind are shown, and none are added. */
        FROZEN;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
