package dev.troupe.models.local.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns messages into a prompt by the model's own template. The template is filled with stand-ins, which are then
 * replaced by the messages, for two reasons: the library garbles characters beyond the basic plane on the way back, and
 * the text of a message must not contain control tokens, or a document could speak as somebody else.
 */
final class Prompt {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Pattern STAND_IN = Pattern.compile("@@message-(\\d+)@@");
    private static final String INVISIBLE = "\u200b";

    private final UnaryOperator<String> template;
    private final Pattern controls;

    /**
     * @param template from {@code {"messages": [{"role", "content"}]}} to a prompt
     * @param controlTokens texts that the tokenizer would read as control tokens
     */
    Prompt(UnaryOperator<String> template, List<String> controlTokens) {
        this.template = template;
        this.controls = controlTokens.isEmpty()
                ? Pattern.compile("(?!)")
                : Pattern.compile(String.join(
                        "|", controlTokens.stream().map(Pattern::quote).toList()));
    }

    String of(List<WorkerRequest.Turn> turns) {
        List<Map<String, String>> messages = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            messages.add(Map.of("role", turns.get(i).role(), "content", "@@message-" + i + "@@"));
        }
        String shape = template.apply(json(Map.of("messages", messages)));
        return STAND_IN.matcher(shape)
                .replaceAll(match -> Matcher.quoteReplacement(
                        harmless(turns.get(Integer.parseInt(match.group(1))).content())));
    }

    /** The text with each control token broken up by an invisible character. */
    private String harmless(String text) {
        return controls.matcher(text).replaceAll(match -> {
            String token = match.group();
            int first = token.offsetByCodePoints(0, 1);
            return Matcher.quoteReplacement(token.substring(0, first) + INVISIBLE + token.substring(first));
        });
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of strings can always be written", e);
        }
    }
}
