package dev.troupe.examples.eco.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/** What a client gets. */
public record Reply(int status, String contentType, String body) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** How a service lays out its JSON. */
    public enum Layout {
        /** No space at all. */
        COMPACT(MAPPER.writer()),
        /** Four spaces, none before a colon. */
        FOUR_SPACES(indented("    ", Spacing.AFTER)),
        /** Three spaces, and one before each colon. */
        THREE_SPACES(indented("   ", Spacing.BOTH));

        @SuppressWarnings("ImmutableEnumChecker") // a writer never changes
        private final ObjectWriter writer;

        Layout(ObjectWriter writer) {
            this.writer = writer;
        }

        private static ObjectWriter indented(String indent, Spacing colon) {
            DefaultIndenter indenter = new DefaultIndenter(indent, "\n");
            Separators separators = Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(colon)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator("");
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
            printer.indentArraysWith(indenter);
            printer.indentObjectsWith(indenter);
            return MAPPER.writer(printer);
        }
    }

    /** A JSON text in UTF-8. */
    public static Reply json(int status, JsonNode body, Layout layout) {
        try {
            return new Reply(status, "application/json; charset=UTF-8", layout.writer.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that cannot be written", e);
        }
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
