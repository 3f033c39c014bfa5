package dev.troupe.planner.ladder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.models.chat.ChatRequest;
import dev.troupe.models.chat.ChatRequest.ResponseFormat;
import dev.troupe.models.chat.ChatRequest.Sampling;
import dev.troupe.models.chat.Message;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A judge model's verdict.
 *
 * @param right only when it said yes in so many words
 */
record Judgement(boolean right, String why) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN_CODE = 4_000;
    private static final int SHOWN_OUTPUT = 2_000;
    private static final int SHOWN_EARLIER = 500;

    private static final int SHOWN_REASON = 300;
    private static final Pattern LABELLED = Pattern.compile("(?i)\\bverdict\\W{1,6}(yes|no)\\b");
    private static final Pattern BEGINNING = Pattern.compile("(?i)^\\W{0,6}(yes|no)\\b");

    // The reason comes first: a model that has to give it before its verdict judges better.
    private static final JsonNode SCHEMA = schema();

    private static final Sampling SAMPLING = new Sampling(0.0, null, 7, 256, List.of());

    private static JsonNode schema() {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("why").put("type", "string");
        properties
                .putObject("verdict")
                .put("type", "string")
                .putArray("enum")
                .add("yes")
                .add("no");
        schema.putArray("required").add("why").add("verdict");
        return schema.put("additionalProperties", false);
    }

    /** What stays the same from question to question stands first, as in {@link Prompts}. */
    static ChatRequest request(LadderPlan plan, String question, Candidate candidate) {
        String text = shown(plan, question, candidate);
        return new ChatRequest(
                List.of(
                        Message.system("You check answers. Say whether the program does what the question asks and"
                                + " whether the answer follows from its output. Say no when in doubt. Reply with JSON:"
                                + " {\"why\": one short sentence, \"verdict\": \"yes\" or \"no\"}."
                                + prelude(plan)),
                        Message.user(text)),
                List.of(),
                new ResponseFormat("verdict", SCHEMA),
                SAMPLING);
    }

    private static String shown(LadderPlan plan, String question, Candidate candidate) {
        StringBuilder text = new StringBuilder(before(plan)).append(Prompts.asked(question));
        if (candidate.code() != null) {
            text.append("\n\nProgram:\n```").append(candidate.language()).append('\n');
            text.append(Excerpt.of(candidate.code(), SHOWN_CODE)).append("\n```");
            text.append("\n\nIts output:\n").append(Excerpt.of(candidate.output(), SHOWN_OUTPUT));
        }
        text.append("\n\nAnswer: ").append(Excerpt.of(candidate.answer(), SHOWN_OUTPUT));
        return text.toString();
    }

    /** What a reviewing agent is asked: it knows nothing else of the task. */
    static String question(LadderPlan plan, String question, Candidate candidate) {
        return "Review an answer before it counts.\n\n"
                + shown(plan, question, candidate)
                + prelude(plan)
                + "\n\nIs the answer right? Answer with \"yes\", or with \"no: \" and what is wrong, in one sentence.";
    }

    /** What a reviewing agent's answer says; anything but a yes is a no. */
    static Judgement of(Happened.AgentAsked asked) {
        String answer = asked.answer();
        if (answer == null) {
            return new Judgement(false, asked.told());
        }
        String text = answer.strip();
        String last = text.substring(text.lastIndexOf('\n') + 1);
        for (Pattern form : List.of(LABELLED, BEGINNING)) {
            for (String place : List.of(text, last)) {
                Matcher matcher = form.matcher(place);
                if (matcher.find()) {
                    boolean right = matcher.group(1).equalsIgnoreCase("yes");
                    return new Judgement(right, right ? "" : Excerpt.line(text, SHOWN_REASON));
                }
            }
        }
        return new Judgement(false, "the reviewer gave no verdict");
    }

    /** Without what was said before, a question in the middle of a conversation may make no sense. */
    private static String before(LadderPlan plan) {
        return plan.earlier().messages().stream()
                .map(message -> (message.role() == Message.Role.USER ? "" : "Reply: ")
                        + Excerpt.of(message.text(), SHOWN_EARLIER) + "\n")
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(), said -> said.isEmpty() ? "" : "Said before:\n" + said + "\n"));
    }

    /** Without it, whoever reads a program cannot know what the names in it stand for. */
    private static String prelude(LadderPlan plan) {
        if (plan.prelude().isBlank()) {
            return "";
        }
        String language = plan.languages().getFirst();
        return "\n\nThis code runs before each " + language + " program, which uses what it defines:\n```" + language
                + '\n' + Excerpt.of(plan.prelude(), SHOWN_CODE) + "\n```";
    }

    /** Anything but a well-formed yes is a no. */
    static Judgement read(String reply) {
        try {
            JsonNode json = JSON.readTree(reply);
            JsonNode verdict = json == null ? null : json.get("verdict");
            if (verdict == null
                    || !(verdict.asText().equals("yes") || verdict.asText().equals("no"))) {
                return new Judgement(false, "the judge gave no verdict");
            }
            return new Judgement(
                    verdict.asText().equals("yes"), json.path("why").asText(""));
        } catch (JsonProcessingException e) {
            return new Judgement(false, "the judge gave no verdict");
        }
    }
}
