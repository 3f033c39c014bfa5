package dev.troupe.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.ladder.LadderPlan;
import dev.troupe.planner.ladder.LadderPlan.Demonstrations;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import dev.troupe.planner.ladder.LadderPlan.Verifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Demonstrations that are wrong though a person vouches for them. The first rung's model is the worst that there is: it
 * does what it is shown, and knows nothing itself. The second one knows what is right four times in five.
 */
class PoisonTest {
    private static final Pattern ASKED = Pattern.compile("What is the (\\w+) in (\\w+) today\\?");
    private static final List<String> CITIES = List.of(
            "Oslo", "Rome", "Paris", "Cairo", "Lima", "Quito", "Delhi", "Osaka", "Perth", "Accra", "Turin", "Lyon",
            "Graz", "Bergen", "Porto", "Malaga", "Gdansk", "Tartu", "Kaunas", "Brno");
    /** What is asked, and the field that has it. */
    private static final Map<String, String> FIELDS = Map.of(
            "temperature", "temp_c",
            "humidity", "humidity",
            "pressure", "pressure_mb",
            "visibility", "vis_km",
            "sunrise", "astro.sunrise",
            "sunset", "astro.sunset",
            "cloudiness", "cloud",
            "rainfall", "precip_mm");

    private static final int SETTLING = 30;
    private static final int QUESTIONS = 130;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wrongCode_wrongUnits_andACallThatIsGone_areOutgrownWithinThirtyQuestions(boolean replay) {
        // Wrong code, wrong units, and what was right until the API changed.
        Map<String, String> poison = new LinkedHashMap<>();
        poison.put("humidity", "cloud");
        poison.put("temperature", "temp_f");
        poison.put("pressure", "pressure_in");
        poison.put("sunrise", "v1.sunrise");
        poison.put("sunset", "v1.sunset");
        List<Boolean> clean = answered(folder.resolve("clean"), Map.of(), replay);
        List<Boolean> poisoned = answered(folder.resolve("poisoned"), poison, replay);
        double before = share(clean.subList(SETTLING, QUESTIONS));
        double after = share(poisoned.subList(SETTLING, QUESTIONS));
        System.out.printf(
                "poisoned, %s replay: first %d questions %.1f %% (clean %.1f %%), the next %d %.1f %% (clean %.1f %%)%n",
                replay ? "with" : "without",
                SETTLING,
                100 * share(poisoned.subList(0, SETTLING)),
                100 * share(clean.subList(0, SETTLING)),
                QUESTIONS - SETTLING,
                100 * after,
                100 * before);
        assertThat(after).isGreaterThanOrEqualTo(before - 0.02);
    }

    private static double share(List<Boolean> right) {
        return right.stream().filter(one -> one).count() / (double) right.size();
    }

    private static List<Boolean> answered(Path folder, Map<String, String> poison, boolean replay) {
        Verdicts gold = (task, question, answer) -> answer.equals(right(question));
        List<Boolean> right = new ArrayList<>();
        try (TestTeam test = new TestTeam(folder, PoisonTest::imitate, TestTeam.BOUNDS, plan(replay), gold)) {
            test.large.now((request, context) -> ScriptedModel.python("print ANSWER: " + known(question(request))));
            FIELDS.forEach((what, field) -> test.library.add(
                    "local",
                    "newsroom",
                    "What is the " + what + " in Vienna today?",
                    "python",
                    "print ANSWER: " + poison.getOrDefault(what, field) + " of Vienna",
                    "-"));
            Random random = new Random(20_261_125);
            List<String> asked = FIELDS.keySet().stream().sorted().toList();
            for (int i = 0; i < QUESTIONS; i++) {
                String question = "What is the " + asked.get(random.nextInt(asked.size())) + " in "
                        + CITIES.get(random.nextInt(CITIES.size())) + " today?";
                Agent.Outcome outcome = test.ask(question, new ArrayList<>()).await();
                right.add(outcome instanceof Agent.Answered done
                        && done.record().answer() != null
                        && done.record().answer().equals(right(question)));
            }
            // Nothing is piled up beside what was wrong: it is gone, or right.
            List<Demonstration> shown = test.library.list("local", "newsroom", 1_000).stream()
                    .filter(demonstration -> !demonstration.retired())
                    .toList();
            assertThat(shown)
                    .allSatisfy(demonstration -> assertThat(demonstration.code())
                            .isEqualTo("print ANSWER: " + right(demonstration.question())));
        }
        return right;
    }

    private static LadderPlan plan(boolean replay) {
        Sampling sampling = new Sampling(0.0, null, 7, 200, List.of());
        return new LadderPlan(
                "You know the weather.",
                List.of("python"),
                "",
                List.of(),
                Stream.of(
                                Rung.replay("replay"),
                                new Rung("quick", "small", sampling, 2, null, false, null),
                                new Rung("large", "large", sampling, 1, null, false, null))
                        .filter(rung -> replay || !rung.isReplay())
                        .toList(),
                new Demonstrations(1, 0.6),
                new Verifier.Asked(),
                true);
    }

    private static String right(String question) {
        Matcher asked = asked(question);
        return FIELDS.get(asked.group(1)) + " of " + asked.group(2);
    }

    /** What the second rung says: now and then it knows no better. */
    private static String known(String question) {
        return new Random(question.hashCode()).nextInt(5) == 0 ? "nothing that is so" : right(question);
    }

    /** The program of the demonstration next to the question, with the city exchanged. */
    private static String imitate(ChatRequest request, Object context) {
        List<Message> messages = request.messages();
        String question = question(request);
        for (int i = messages.size() - 1; i > 0; i--) {
            if (messages.get(i).text().contains("print ANSWER: ")) {
                String old = asked(messages.get(i - 1).text()).group(2);
                return messages.get(i).text().replace(old, asked(question).group(2));
            }
        }
        return ScriptedModel.python("print ANSWER: nobody showed it");
    }

    private static String question(ChatRequest request) {
        // What else is said depends on what was tried.
        return request.messages().getLast().text().lines().findFirst().orElseThrow();
    }

    private static Matcher asked(String text) {
        Matcher asked = ASKED.matcher(text);
        assertThat(asked.find()).as(text).isTrue();
        return asked;
    }
}
