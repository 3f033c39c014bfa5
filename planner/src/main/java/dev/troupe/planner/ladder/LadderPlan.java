package dev.troupe.planner.ladder;

import dev.troupe.knowledge.demonstration.Match;
import dev.troupe.knowledge.journal.TaskRecord;
import dev.troupe.knowledge.journal.Verdict;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.Message;
import dev.troupe.models.chat.Message.Role;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An assistant as the planner sees it: what it is told and the ways it may try, cheapest first.
 *
 * @param instructions what the assistant is for
 * @param languages languages of code blocks that can be executed
 * @param prelude code that runs before every program in the first of the languages, or empty
 * @param fileSummaries what is known of each granted file
 * @param rungs at least one
 * @param demonstrations how many solved questions are shown and how alike they must be
 * @param verifier who decides whether an answer counts
 * @param carryOver whether a rung is told how the ones before it failed
 * @param historyTokens how much of the conversation a prompt tells at most
 * @param offer what its models may call, and who reviews
 * @param earlier what it tells; for one task, see {@link #inConversation}
 */
public record LadderPlan(
        String instructions,
        List<String> languages,
        String prelude,
        List<FileSummary> fileSummaries,
        List<Rung> rungs,
        Demonstrations demonstrations,
        Verifier verifier,
        boolean carryOver,
        int historyTokens,
        Offer offer,
        Earlier earlier)
        implements AgentPlan {
    /** What an earlier answer is cut to: it is there to be referred to. */
    private static final int MOST_OF_AN_ANSWER = 500;

    /** A plan with the usual room for what was said before. */
    public LadderPlan(
            String instructions,
            List<String> languages,
            String prelude,
            List<FileSummary> fileSummaries,
            List<Rung> rungs,
            Demonstrations demonstrations,
            Verifier verifier,
            boolean carryOver) {
        this(
                instructions,
                languages,
                prelude,
                fileSummaries,
                rungs,
                demonstrations,
                verifier,
                carryOver,
                DEFAULT_HISTORY_TOKENS,
                Offer.NONE,
                Earlier.NONE);
    }

    public LadderPlan {
        languages = List.copyOf(languages);
        fileSummaries = List.copyOf(fileSummaries);
        rungs = List.copyOf(rungs);
        if (rungs.stream().allMatch(rung -> rung.demonstratedOnly() || rung.isReplay())) {
            throw new IllegalArgumentException("rungs: none that always tries (expected: at least one)");
        }
    }

    /** The same with other room for what was said before. */
    public LadderPlan withHistoryTokens(int tokens) {
        return told(rungs, tokens, offer, earlier);
    }

    /** The same with other things that its models may call. */
    public LadderPlan withOffer(Offer other) {
        return told(rungs, historyTokens, other, earlier);
    }

    private LadderPlan told(List<Rung> others, int tokens, Offer offered, Earlier said) {
        return new LadderPlan(
                instructions,
                languages,
                prelude,
                fileSummaries,
                others,
                demonstrations,
                verifier,
                carryOver,
                tokens,
                offered,
                said);
    }

    @Override
    public @Nullable String refusal(ChatOptions options) {
        if (options.tools().isEmpty() && options.responseFormat() == null) {
            return null;
        }
        return (options.tools().isEmpty() ? "response format" : "tools")
                + ": of the caller's own (expected: none; an assistant answers by its own programs)";
    }

    /**
     * A question in the middle of a conversation may mean something else than the same words elsewhere, so no solved
     * question's program answers it: rungs that replay are left out. How tokens are chosen stays the rungs' own.
     */
    @Override
    public LadderPlan inConversation(List<TaskRecord> turns, ChatOptions options) {
        List<Message> own = options.messages();
        Earlier said = own == null
                ? Earlier.of(turns, historyTokens, LadderPlan::turn)
                : Earlier.of(beforeTheQuestion(own), historyTokens);
        return said.isEmpty()
                ? this
                : told(rungs.stream().filter(rung -> !rung.isReplay()).toList(), historyTokens, offer, said);
    }

    /** As the prompts of the ladder put it: the question, and the program that solved it or the answer in words. */
    private static List<Message> turn(TaskRecord turn) {
        String answer = turn.answer().length() <= MOST_OF_AN_ANSWER
                ? turn.answer()
                : turn.answer().substring(0, MOST_OF_AN_ANSWER) + "…";
        String code = turn.code();
        return code == null
                ? List.of(Message.user(Prompts.asked(turn.question())), Message.assistant(answer))
                : List.of(
                        Message.user(Prompts.asked(turn.question()) + "\n(Its answer was: " + answer + ")"),
                        Message.assistant(Prompts.program(String.valueOf(turn.language()), code)));
    }

    /** Texts only, without the last user's message: it is the question. */
    private static List<Message> beforeTheQuestion(List<Message> messages) {
        List<Message> texts = messages.stream()
                .filter(message -> message.role() == Role.USER || message.role() == Role.ASSISTANT)
                .filter(message -> !message.text().isBlank())
                .map(message ->
                        message.role() == Role.USER ? Message.user(message.text()) : Message.assistant(message.text()))
                .toList();
        int last = texts.size() - 1;
        while (last >= 0 && texts.get(last).role() != Role.USER) {
            last--;
        }
        return texts.subList(0, Math.max(0, last));
    }

    /** What users have said, the question last. */
    String saidByUsers(String question) {
        return Stream.concat(
                        earlier.messages().stream()
                                .filter(message -> message.role() == Role.USER)
                                .map(Message::text),
                        Stream.of(question))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public Decision next(String question, List<Happened> history, Allowance lease, Duration timeLeft) {
        return Ladder.next(this, question, history, lease, timeLeft);
    }

    @Override
    public List<Account> accounts(String question, List<Happened> history) {
        return Ladder.accounts(this, question, history);
    }

    @Override
    public List<String> models() {
        return rungs.stream()
                .filter(rung -> !rung.isReplay())
                .map(Rung::model)
                .distinct()
                .toList();
    }

    @Override
    public List<String> agents() {
        Stream<String> reviewer =
                verifier instanceof Verifier.Reviewer asked ? Stream.of(asked.agent()) : Stream.empty();
        return Stream.concat(AgentPlan.super.agents().stream(), reviewer)
                .distinct()
                .toList();
    }

    @Override
    public int turns(String stage) {
        return rungs.stream()
                .filter(rung -> rung.name().equals(stage))
                .mapToInt(Rung::turns)
                .findFirst()
                .orElse(1);
    }

    @Override
    public List<Match> shown(String question, List<Happened> history) {
        return Ladder.shown(this, question, history);
    }

    @Override
    public Optional<String> judged(String question, List<Happened> history) {
        return Optional.ofNullable(Ladder.judged(this, question, history));
    }

    @Override
    public int escalations(String question, List<Happened> history) {
        return Ladder.escalations(this, question, history);
    }

    @Override
    public Optional<String> replayed(String question, List<Happened> history) {
        return Optional.ofNullable(Ladder.replayed(this, question, history));
    }

    /** The rungs that may try, where these demonstrations are shown. */
    List<Rung> rungs(List<Match> shown) {
        double alike = shown.stream()
                .filter(match -> match.demonstration().verified() != Verdict.Judge.NONE)
                .mapToDouble(Match::similarity)
                .max()
                .orElse(-1);
        return rungs.stream()
                .filter(rung -> rung.demonstrated() == null || rung.demonstrated() <= alike)
                .toList();
    }

    /** Everything that is known of the data: every rung's documentation, without headings, and the files' descriptions. */
    String knowledge() {
        return Stream.concat(
                        rungs.stream().map(Rung::docs).filter(Objects::nonNull).map(Docs::whole),
                        fileSummaries.stream().map(FileSummary::description))
                .distinct()
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    /**
     * A way of trying.
     *
     * @param model name in the team file; empty for the rung that replays
     * @param turns the most model calls it may make, at least 1
     * @param docs what is put into its prompt, or null
     * @param describeFiles whether its prompt describes the granted files (columns, types, first rows) or only names them
     * @param demonstrated null when it always tries. Otherwise it tries only where a solved question is shown whose answer
     *     somebody vouches for and which is at least so much like the new one (cosine, 0 to 1): a short prompt that has
     *     nothing else to go on is then not tried in vain
     */
    public record Rung(
            String name,
            String model,
            Sampling sampling,
            int turns,
            @Nullable Docs docs,
            boolean describeFiles,
            @Nullable Double demonstrated) {
        public Rung {
            if (turns < 1) {
                throw new IllegalArgumentException("rung " + name + ": turns: " + turns + " (expected: 1 or more)");
            }
        }

        /** The rung that asks no model: a solved question's program is run with other values. */
        public static Rung replay(String name) {
            return new Rung(name, "", Sampling.DEFAULT, 1, null, false, null);
        }

        public boolean isReplay() {
            return model.isEmpty();
        }

        boolean demonstratedOnly() {
            return demonstrated != null;
        }
    }

    /**
     * What solved questions are shown.
     *
     * @param show at most this many, 0 for none
     * @param similarity the least cosine, 0 to 1
     */
    public record Demonstrations(int show, double similarity) {}

    /**
     * A file that programs may read.
     *
     * @param path as a program opens it
     * @param description its kind, columns, types and first rows, a few lines
     */
    public record FileSummary(String path, String description) {}

    /** Who decides whether an answer counts. */
    public sealed interface Verifier {
        /** Whether no person says it: a rule, a judge model, an agent, a program's check. */
        default boolean isAutomatic() {
            return switch (this) {
                case Rule rule -> true;
                case Judge judge -> true;
                case Reviewer reviewer -> true;
                case Asked asked -> asked.by() != Verdict.Judge.PERSON;
                case None none -> false;
                case Person person -> false;
            };
        }

        /** Nobody: an answer with exit code 0 ends the ladder, unverified. */
        record None() implements Verifier {}

        /** A person, later: until then as {@link None}. */
        record Person() implements Verifier {}

        /**
         * Somebody who is asked at once and waited for.
         *
         * @param by {@code PERSON}, whose no lets the next rung try, without a second turn; or {@code RULE}, a
         *     program's check, after whose no the rung may try again
         */
        record Asked(Verdict.Judge by) implements Verifier {
            /** A person. */
            public Asked() {
                this(Verdict.Judge.PERSON);
            }
        }

        /** The last program's output must match. */
        record Rule(String outputPattern) implements Verifier {}

        /** A model reads question, code, output and answer, and says yes or no. */
        record Judge(String model) implements Verifier {}

        /** Another agent of the team is asked the same. */
        record Reviewer(String agent) implements Verifier {}
    }
}
