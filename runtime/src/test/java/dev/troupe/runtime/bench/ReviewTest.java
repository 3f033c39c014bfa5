package dev.troupe.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.bench.Configuration.Demonstrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a reviewing agent is worth is counted as what a judge is. */
@Timeout(120)
class ReviewTest {
    private static final Pattern ASKED = Pattern.compile("What is (\\d+) plus 700");

    @TempDir
    private Path folder;

    @Test
    void review_withAndWithout_countsWhatItCatchesAndWhatItSpoils() throws IOException {
        try (ScriptedTeam team = new ScriptedTeam(folder, ReviewTest::says)) {
            Path file = folder.resolve("team.yaml");
            Files.writeString(
                    file,
                    Files.readString(file)
                                    .replace(
                                            "    ladder:\n",
                                            "    uses: [{ agent: reviewer, to: review }]\n    ladder:\n")
                                    .replace(
                                            "prices:\n",
                                            "  reviewer: { kind: chat, model: referee, instructions: You review. }\nprices:\n")
                            + "entry: adder\n");
            Report report = team.run(
                    folder.resolve("runs"),
                    ScriptedTeam.cases(4),
                    new Configuration("alone", List.of("quick"), Demonstrations.OFF, false, Feedback.OFF, null),
                    new Configuration("reviewed", List.of("quick"), Demonstrations.OFF, false, null, null));
            Summary alone = report.configurations().get(0);
            Summary reviewed = report.configurations().get(1);
            assertThat(alone.right()).isEqualTo(2);
            assertThat(alone.judging()).isNull();
            // Caught and mended the second, spoilt the third, let the fourth pass.
            assertThat(reviewed.right()).isEqualTo(2);
            assertThat(reviewed.judging().verdicts()).isEqualTo(new RunRecord.Verdicts(2, 1, 1, 1));
        }
    }

    /** The first and third sum are right at once, the second when it was refused, the fourth never is. */
    private static String says(String model, String all) {
        Matcher asked = ASKED.matcher(all);
        assertThat(asked.find()).isTrue();
        int first = Integer.parseInt(asked.group(1));
        int number = first - 4000;
        if (model.equals("referee")) {
            boolean right = all.contains("Answer: " + (first + 700));
            return number == 2 ? "no: it looks odd" : right || number == 3 ? "yes" : "no: add again";
        }
        boolean wrong = number == 3 || (number == 1 && !all.contains("refused"));
        return ScriptedTeam.program(first + " + 700" + (wrong ? " + 1" : ""));
    }
}
