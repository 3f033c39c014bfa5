package dev.troupe.planner.ladder;

import dev.troupe.knowledge.demonstration.Match;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.Message;
import dev.troupe.planner.ladder.Attempt.Exchange;
import dev.troupe.planner.ladder.LadderPlan.FileSummary;
import dev.troupe.planner.ladder.LadderPlan.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the prompts. What stays the same from question to question stands first (instructions, how to answer, files,
 * documents), then demonstrations, then the question, then what became of earlier turns: prompt caches serve the
 * longest common beginning. What was said in the conversation before stands next to the question. Small models read
 * them: sentences are short, and the shape of an answer is shown.
 * Demonstrations stand as earlier turns of the conversation, the way that chat models were taught to follow examples.
 */
final class Prompts {
    /** A reply's room where the plan sets none: a program of some 150 lines. */
    private static final int MAX_TOKENS = 1_024;

    private static final int SHOWN_EXPLORATIONS = 2;
    private static final int MOST_FAILURES = 4;
    private static final double WARMER = 0.4;
    private static final int SEED_STEP = 7_919;

    private final LadderPlan plan;
    private final String question;
    /** Those that the prelude does not open already. */
    private final List<FileSummary> files;

    Prompts(LadderPlan plan, String question) {
        this.plan = plan;
        this.question = question;
        this.files = plan.fileSummaries().stream()
                .filter(file -> !plan.prelude().contains(file.path()))
                .toList();
    }

    /** The request for the attempt's next turn; {@code before} are the attempts that gave up. */
    ChatRequest next(Attempt attempt, List<Attempt> before, List<Match> shown) {
        boolean again = attempt.repeats() > 0;
        List<Message> messages = new ArrayList<>();
        messages.add(Message.system(system(attempt.rung())));
        // The most alike stands last, next to the question.
        for (Match match : shown.reversed()) {
            messages.add(Message.user(asked(match.demonstration())));
            messages.add(Message.assistant(solution(match.demonstration())));
        }
        messages.addAll(plan.earlier().messages());
        messages.add(Message.user(opening(before)));
        for (Exchange exchange : kept(attempt, again)) {
            messages.add(Message.assistant(exchange.reply()));
            messages.add(Message.user(told(exchange, attempt.rung())));
        }
        if (again) {
            // The programs that failed alike are left out: a model that sees its own mistake repeats it.
            Message last = messages.removeLast();
            messages.add(Message.user(last.text() + "\n\n" + anotherWay(attempt)));
        }
        return new ChatRequest(messages, List.of(), null, sampling(attempt));
    }

    private static List<Exchange> kept(Attempt attempt, boolean again) {
        List<Exchange> all = attempt.exchanges();
        List<Exchange> kept = new ArrayList<>();
        for (int i = Math.max(0, all.size() - 1 - SHOWN_EXPLORATIONS); i < all.size(); i++) {
            boolean last = i == all.size() - 1;
            if (last ? !again : all.get(i).failure().exploration()) {
                kept.add(all.get(i));
            }
        }
        return kept;
    }

    private Sampling sampling(Attempt attempt) {
        Sampling base = attempt.rung().sampling();
        Sampling bounded = base.maxTokens() == null ? base.withMaxTokens(MAX_TOKENS) : base;
        Double temperature = bounded.temperature();
        if (attempt.repeats() == 0 || temperature == null) {
            return bounded;
        }
        Integer seed = bounded.seed();
        return new Sampling(
                Math.min(Math.max(1.0, temperature), temperature + WARMER * attempt.repeats()),
                bounded.topP(),
                seed == null ? null : seed + SEED_STEP * attempt.turns(),
                bounded.maxTokens(),
                bounded.stop());
    }

    private String system(Rung rung) {
        String language = language();
        StringBuilder text = new StringBuilder();
        if (!plan.instructions().isBlank()) {
            text.append(plan.instructions().strip()).append("\n\n");
        }
        if (plan.languages().isEmpty() && !plan.offer().isEmpty()) {
            text.append("You answer a question. Reply with the answer on a line that begins with ")
                    .append(Answers.MARKER);
            return text.append(calls(plan.offer())).append(documentation(rung)).toString();
        }
        text.append("You answer a question by writing a ").append(language).append(" program, which is run for you.\n");
        text.append("- Reply with one whole program in a ```").append(language).append(" block and nothing else.\n");
        text.append("- Let the program compute the answer. Never guess it or write it in by hand.\n");
        text.append("- The program ends by printing the answer on a line that begins with ")
                .append(Answers.MARKER);
        if (plan.prelude().isBlank()) {
            text.append("\n\nExample of a reply:\n").append(example(language));
        } else {
            text.append("\n\nThis code runs before your program. Use what it defines, and do not repeat it:\n```");
            text.append(language).append('\n').append(plan.prelude().strip()).append("\n```");
        }
        if (!files.isEmpty()) {
            text.append("\n\nFiles that the program can open:");
            files.forEach(file -> text.append("\n- ").append(file.path()));
            if (rung.describeFiles()) {
                text.append("\n\n").append(descriptions(files));
            }
        }
        return text.append(calls(plan.offer())).append(documentation(rung)).toString();
    }

    private String documentation(Rung rung) {
        Docs docs = rung.docs();
        return docs == null || docs.whole().isBlank()
                ? ""
                : "\n\nDocumentation:\n" + docs.about(question).strip();
    }

    /** Blocks, as programs are: a model that writes programs is not held to another form for this. */
    private static String calls(Offer offer) {
        StringBuilder text = new StringBuilder();
        if (!offer.tools().isEmpty()) {
            text.append(
                            "\n\nTools that you may call first. Reply with one such block and nothing else, and you are told")
                    .append(" the result:\n```call NAME\n{\"argument\": value}\n```");
            offer.tools()
                    .forEach(tool -> text.append("\n- ")
                            .append(tool.name())
                            .append(": ")
                            .append(tool.description())
                            .append(" Arguments: ")
                            .append(tool.parameters().path("properties")));
        }
        agents(
                text,
                offer.agents(Offer.To.ASK),
                "Colleagues whom you may ask first. They see nothing but your question. Reply with one such block:");
        agents(
                text,
                offer.agents(Offer.To.HAND_OVER),
                "Colleagues who take the question over from you when it is theirs. Reply with one such block:");
        return text.toString();
    }

    private static void agents(StringBuilder text, List<Offer.Use> agents, String how) {
        if (!agents.isEmpty()) {
            text.append("\n\n").append(how).append("\n```call NAME\nthe question\n```");
            agents.forEach(
                    use -> text.append("\n- ").append(use.agent()).append(": ").append(use.description()));
        }
    }

    private static String example(String language) {
        return switch (language) {
            case "sh" -> "```sh\ncount=$(seq 1 10 | grep -c 1)\necho \"" + Answers.MARKER + " $count\"\n```";
            case "javascript" ->
                "```javascript\nconst result = 6 * 7;\nconsole.log(\"" + Answers.MARKER + "\", result);\n```";
            default -> "```" + language + "\nresult = 6 * 7\nprint(\"" + Answers.MARKER + "\", result)\n```";
        };
    }

    private String language() {
        return plan.languages().isEmpty() ? "python" : plan.languages().getFirst();
    }

    /** Of the files that the program opened, if it opened any, where the prompt has none yet: they are long. */
    private void appendDescriptions(StringBuilder text, Exchange exchange, Rung rung) {
        if (rung.describeFiles() || files.isEmpty()) {
            return;
        }
        List<FileSummary> opened = files.stream()
                .filter(file -> exchange.reply().contains(file.path()))
                .toList();
        text.append("\n\n").append(descriptions(opened.isEmpty() ? files : opened));
    }

    private static String descriptions(List<FileSummary> some) {
        return some.stream()
                .map(Prompts::description)
                .collect(Collectors.joining("\n\n", "What is in the files:\n", ""));
    }

    private static String description(FileSummary file) {
        return file.path() + ":\n" + file.description().strip();
    }

    private String opening(List<Attempt> before) {
        StringBuilder text = new StringBuilder(asked(question));
        if (!plan.carryOver()) {
            return text.toString();
        }
        List<Exchange> tried =
                before.stream().flatMap(attempt -> attempt.exchanges().stream()).toList();
        String failed = tried.stream()
                .map(Exchange::failure)
                .filter(failure -> failure.refused().isEmpty())
                .map(failure -> "- " + failure.brief()
                        + (failure.failingLine() == null ? "" : ", at: " + failure.failingLine()))
                .distinct()
                .limit(MOST_FAILURES)
                .collect(Collectors.joining("\n"));
        if (!failed.isEmpty()) {
            text.append("\n\nEarlier programs for this question failed:\n").append(failed);
            text.append("\nDo not make these mistakes again.");
        }
        tried.stream()
                .filter(exchange -> !exchange.failure().refused().isEmpty())
                .reduce((earlier, later) -> later)
                .ifPresent(exchange -> text.append("\n\n").append(refused(exchange)));
        return text.toString();
    }

    /** The program too: what a rung that imitates gets wrong is often one name of it. */
    private static String refused(Exchange exchange) {
        String answer = Excerpt.line(exchange.failure().refused(), 80);
        return exchange.reply().contains("```")
                ? "An earlier program gave a wrong answer, " + answer + ":\n"
                        + exchange.reply().strip()
                        + "\nFind what it does otherwise than the question asks, and write a program that is right."
                : "An earlier answer was wrong: " + answer;
    }

    static String asked(String question) {
        return "Question: " + question.strip();
    }

    private static String asked(Demonstration demonstration) {
        return asked(demonstration.question())
                + (demonstration.verified() == Judge.NONE
                        ? "\n(Nobody has checked the next program, it may be wrong.)"
                        : "");
    }

    private static String solution(Demonstration demonstration) {
        return program(demonstration.language(), demonstration.code());
    }

    static String program(String language, String code) {
        return "```" + language + "\n" + code.strip() + "\n```";
    }

    /** What is said after a failure that had not been seen before. */
    private String told(Exchange exchange, Rung rung) {
        Failure failure = exchange.failure();
        StringBuilder text = new StringBuilder(failure.told());
        append(text, failure);
        if (failure.lookup()) {
            appendDescriptions(text, exchange, rung);
        }
        if (failure.exploration()) {
            text.append("\n\nIf the answer stands in this output, reply with one line: ")
                    .append(Answers.MARKER)
                    .append(" followed by the answer. Otherwise write the next whole program");
        } else {
            text.append(
                    plan.prelude().isBlank()
                            ? "\n\nWrite the corrected program, whole,"
                            : "\n\nWrite the corrected program,");
        }
        text.append(" in one ```").append(language()).append(" block. It must print a line that begins with ");
        return text.append(Answers.MARKER).toString();
    }

    /** What is said when the same thing went wrong again: other words, more to go on, and not the failed program. */
    private String anotherWay(Attempt attempt) {
        Exchange last = attempt.exchanges().getLast();
        Failure failure = last.failure();
        StringBuilder text = new StringBuilder("Careful: ")
                .append(attempt.repeats() + 1)
                .append(" replies to this failed in the same way: ")
                .append(failure.brief())
                .append('.');
        append(text, failure);
        appendDescriptions(text, last, attempt.rung());
        return text.append(
                        "\n\nSolve it in a different way, step by step, with simple statements. Reply with one whole ```")
                .append(language())
                .append(" block that prints a line that begins with ")
                .append(Answers.MARKER)
                .toString();
    }

    private static void append(StringBuilder text, Failure failure) {
        if (failure.failingLine() != null) {
            text.append("\nThe line that failed: ").append(failure.failingLine());
        }
        if (failure.meaning() != null) {
            text.append("\nWhat it means: ").append(failure.meaning());
        }
        if (!failure.evidence().isEmpty()) {
            text.append("\n\nWhat the program was answered (names are exact, lists are cut):\n");
            text.append(String.join("\n", failure.evidence()));
        }
    }
}
