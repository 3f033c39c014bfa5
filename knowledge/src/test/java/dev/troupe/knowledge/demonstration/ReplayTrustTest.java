package dev.troupe.knowledge.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Samples;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.knowledge.replay.Replay;
import dev.troupe.knowledge.replay.ReplayView;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Replays from a real library, and what becomes of demonstrations whose programs are wrong or have gone stale. */
class ReplayTrustTest extends DemonstrationFixture {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 24, 9, 0, 0, 0, ZoneOffset.UTC);
    private static final Map<String, String> TICKERS =
            Map.of("Apple", "AAPL", "Microsoft", "MSFT", "Tesla", "TSLA", "Amazon", "AMZN");
    private static final List<String> CITIES = List.of("Oslo", "Rome", "Lima", "Cairo", "Paris", "Tokyo", "Quito");

    private static String weather(String city) {
        return "What is the temperature in " + city + "?";
    }

    /** @param field what the interface calls it */
    private static String program(String city, String field) {
        return "print(\"ANSWER:\", fetch(q=\"" + city + "\")[\"" + field + "\"])";
    }

    private ReplayView.Found find(ReplayView view, String question) {
        return view.find(TENANT, TEAM, question, NOW, List.of());
    }

    private static TaskRecord ended(
            String id,
            String question,
            String code,
            Judge verified,
            @Nullable String model,
            String shown,
            String replayed) {
        TaskRecord t = Samples.task(id, question, code, "answer of " + id, verified);
        return new TaskRecord(
                t.task(),
                t.tenant(),
                t.team(),
                t.agent(),
                t.conversation(),
                t.question(),
                t.started(),
                t.outcome(),
                t.answer(),
                t.verified(),
                t.exitCode(),
                t.rung(),
                model,
                t.language(),
                t.code(),
                shown,
                null,
                t.escalations(),
                t.receipt(),
                t.artifacts(),
                null,
                replayed,
                0);
    }

    private Demonstration stored(String id) {
        return library.find(TENANT, id).orElseThrow();
    }

    @Test
    void view_replaysWhatIsVerified_neverACandidateNorWhatIsRetired() {
        ReplayView view = new ReplayView(library, journal);
        learn("t-1", weather("Oslo"), program("Oslo", "temp_c"), "4", Judge.NONE);
        assertThat(find(view, weather("Rome")).replay()).isInstanceOf(Replay.Abstained.class);
        library.verify(TENANT, "d-1");
        ReplayView.Found found = find(view, weather("Rome"));
        assertThat(((Replay.Ready) found.replay()).code()).isEqualTo(program("Rome", "temp_c"));
        assertThat(((Replay.Ready) found.replay()).text()).isEqualTo("d-1 with name Rome for Oslo");
        library.reject(TENANT, "d-1");
        assertThat(find(view, weather("Rome")).replay()).isInstanceOf(Replay.Abstained.class);
    }

    @Test
    void view_ofWhatWasThereBefore_andOfOtherTeams() {
        learn("t-1", weather("Oslo"), program("Oslo", "temp_c"), "4", Judge.RULE);
        reopen();
        ReplayView view = new ReplayView(library, journal);
        assertThat(find(view, weather("Rome")).source()).isNotNull();
        assertThat(view.find(TENANT, "other", weather("Rome"), NOW, List.of()).source())
                .isNull();
        assertThat(view.find("other", TEAM, weather("Rome"), NOW, List.of()).source())
                .isNull();
    }

    private static String price(String ticker, String date) {
        return "print(\"ANSWER:\", f(symbol=\"" + ticker + "\", d=\"" + date + "\"))";
    }

    @Test
    void view_replaysOnlyProgramsThatPrintTheirAnswer() {
        ReplayView view = new ReplayView(library, journal);
        learn("t-1", weather("Oslo"), "print(get(\"Oslo\"))", "4", Judge.PERSON);
        assertThat(find(view, weather("Rome")).replay()).isInstanceOf(Replay.Abstained.class);
    }

    @Test
    void view_learnsTickersAcrossQuestions() {
        ReplayView view = new ReplayView(library, journal);
        TICKERS.forEach((company, ticker) -> {
            if (!company.equals("Tesla")) {
                String question = company.equals("Apple")
                        ? "What was the closing price of Apple on May 3, 2021?"
                        : "Show me the trading volume of " + company + " in 2022.";
                learn("t-" + ticker, question, price(ticker, "2021-05-03"), company, Judge.RULE);
            }
        });
        ReplayView.Found known = find(view, "What was Microsoft's closing price on June 1, 2020?");
        assertThat(((Replay.Ready) known.replay()).code()).isEqualTo(price("MSFT", "2020-06-01"));
        assertThat(find(view, "What was Tesla's closing price on June 1, 2020?").replay())
                .isInstanceOf(Replay.Abstained.class);
    }

    @Test
    void aReplay_leavesNothingBehind_andCountsAsUseOfItsSource() {
        learn("t-1", weather("Oslo"), program("Oslo", "temp_c"), "4", Judge.RULE);
        TaskRecord replay = library.end(
                ended("t-2", weather("Rome"), program("Rome", "temp_c"), Judge.RULE, null, "d-1", "d-1"), "d-1", true);
        assertThat(replay.learned()).isNull();
        assertThat(library.list(TENANT, TEAM, 10)).hasSize(1);
        assertThat(stored("d-1").helped()).isEqualTo(1);
    }

    @Test
    void aReplayThatAPersonContradicts_retiresItsSourceAtOnce() {
        learn("t-1", weather("Oslo"), program("Oslo", "temp_f"), "39", Judge.PERSON);
        library.end(
                ended("t-2", weather("Rome"), program("Rome", "temp_f"), Judge.PERSON, null, "d-1", "d-1"), null, null);
        assertThat(library.verdict(TENANT, "t-2", BAD, null, null).retired()).containsExactly("d-1");
        assertThat(stored("d-1").retired()).isTrue();
    }

    @Test
    void aReplayThatAJudgeContradicts_costsAPersonsSourceTrustOnly() {
        learn("t-1", weather("Oslo"), program("Oslo", "temp_c"), "4", Judge.PERSON);
        library.end(
                ended("t-2", weather("Rome"), program("Rome", "temp_c"), Judge.PERSON, null, "d-1", "d-1"), null, null);
        library.verdict(TENANT, "t-2", new Verdict(Judge.JUDGE, false), null, null);
        assertThat(stored("d-1").retired()).isFalse();
        assertThat(stored("d-1").misled()).isEqualTo(1);
    }

    @Test
    void aProgramThatBroke_isRepairedByTheNextSuccess() {
        ReplayView view = new ReplayView(library, journal);
        learn("t-1", weather("Oslo"), program("Oslo", "temp"), "4", Judge.PERSON);
        TaskRecord next = library.end(
                ended("t-2", weather("Rome"), program("Rome", "temp_c"), Judge.RULE, "small", "d-1", "d-1"),
                "d-1",
                true);
        assertThat(next.learned()).isEqualTo("d-1");
        assertThat(library.list(TENANT, TEAM, 10)).hasSize(1);
        assertThat(stored("d-1").code()).isEqualTo(program("Rome", "temp_c"));
        assertThat(stored("d-1").misled()).isZero();
        assertThat(((Replay.Ready) find(view, weather("Lima")).replay()).code()).isEqualTo(program("Lima", "temp_c"));
    }

    @Test
    void aProgramThatBroke_isNotReplacedByWhatNobodyVouchesFor_untilSomebodyDoes() {
        learn("t-1", weather("Oslo"), program("Oslo", "temp"), "4", Judge.PERSON);
        TaskRecord next = library.end(
                ended("t-2", weather("Rome"), program("Rome", "temp_c"), Judge.NONE, "small", "d-1", "d-1"),
                "d-1",
                null);
        assertThat(next.learned()).isEqualTo("d-2");
        assertThat(stored("d-1").code()).isEqualTo(program("Oslo", "temp"));
        assertThat(stored("d-1").misled()).isEqualTo(1);
        library.verdict(TENANT, "t-2", GOOD, null, null);
        assertThat(stored("d-1").retired()).isTrue();
        assertThat(stored("d-2").verified()).isEqualTo(Judge.PERSON);
    }

    /**
     * A desk where a third of what was learned is poisoned: wrong units judged right, wrong programs judged right, and
     * programs that the interface has left behind. The model is right where it is asked, and each answer gets a verdict.
     */
    @Test
    void aPoisonedLibrary_recoversWithinThirtyQuestions() {
        for (long seed = 1; seed <= 5; seed++) {
            close();
            temp = temp.resolve("seed-" + seed);
            open();
            ReplayView view = new ReplayView(library, journal);
            List<String> asks = List.of("temperature", "humidity", "pressure", "visibility", "wind", "index");
            for (String ask : asks) {
                int poison = asks.indexOf(ask);
                String field = poison == 0 ? "temp_f" : poison == 1 ? "cloud" : poison == 2 ? "old_" + ask : ask;
                Judge judge = List.of(Judge.JUDGE, Judge.RULE, Judge.PERSON).get(poison % 3);
                learn("p-" + ask, question(ask, "Oslo"), program("Oslo", field), "1", judge);
            }
            Random random = new Random(seed);
            int wrongLate = 0;
            for (int i = 0; i < 60; i++) {
                String ask = asks.get(random.nextInt(asks.size()));
                boolean right = ask(view, "q-" + i, ask, CITIES.get(random.nextInt(CITIES.size())));
                wrongLate += i >= 30 && !right ? 1 : 0;
            }
            assertThat(wrongLate).as("seed %d", seed).isZero();
            // Nothing is piled up: what is live is at most one for each thing asked and city.
            assertThat(library.list(TENANT, TEAM, 200).stream()
                            .filter(d -> !d.retired())
                            .count())
                    .isLessThanOrEqualTo((long) asks.size() * CITIES.size());
        }
    }

    private static String question(String ask, String city) {
        return "What is the current " + ask + " in " + city + "?";
    }

    /** Whether the answer was right. */
    private boolean ask(ReplayView view, String id, String ask, String city) {
        String question = question(ask, city);
        ReplayView.Found found = find(view, question);
        String wanted = program(city, ask);
        String broken = null;
        if (found.replay() instanceof Replay.Ready ready && found.source() != null) {
            String source = found.source().id();
            if (!ready.code().contains("old_")) {
                Judge verified = found.source().verified();
                library.end(ended(id, question, ready.code(), verified, null, source, source), null, null);
                boolean right = ready.code().equals(wanted);
                library.verdict(TENANT, id, new Verdict(Judge.PERSON, right), null, null);
                return right;
            }
            broken = source;
        }
        library.end(ended(id, question, wanted, Judge.NONE, "small", broken, broken), broken, null);
        library.verdict(TENANT, id, GOOD, null, null);
        return true;
    }
}
