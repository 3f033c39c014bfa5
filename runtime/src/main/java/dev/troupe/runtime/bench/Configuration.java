package dev.troupe.runtime.bench;

import java.util.List;
import java.util.Locale;

/**
 * One way to run the team that is measured against others.
 *
 * @param ladder names of the rungs that may try; empty for all of the team file
 * @param bare the model in a plain loop in place of the team
 */
public record Configuration(List<String> ladder, Demonstrations demonstrations, boolean bare) {
    /** The same model in a loop that runs its code and shows it the raw output. */
    public static final Configuration BARE = new Configuration(List.of(), Demonstrations.OFF, true);

    public Configuration {
        ladder = List.copyOf(ladder);
    }

    /** The name in results: {@code quick,documented +frozen}. */
    public String name() {
        if (bare) {
            return "bare";
        }
        String rungs = ladder.isEmpty() ? "ladder" : String.join(",", ladder);
        return demonstrations == Demonstrations.OFF ? rungs : rungs + " +" + demonstrations.label();
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
