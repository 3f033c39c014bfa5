package dev.troupe.knowledge.portable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.knowledge.journal.Demonstration;
import dev.troupe.knowledge.journal.Verdict.Judge;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Demonstrations in a file: JSON, one object a line. The first line names the format's version. Version 1 is what
 * {@code demos list --json} prints of each, without a first line of its own.
 */
public final class DemonstrationFile {
    /** The version that is written. */
    public static final int VERSION = 2;

    private static final String HEADER = "troupe_demonstrations";
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final JsonMapper MAPPER = new JsonMapper();

    private DemonstrationFile() {}

    /**
     * Writes them, each without what belongs to one person or machine.
     *
     * @return how many had something taken out of them
     */
    public static int write(List<Demonstration> demonstrations, Scrubber scrubber, Writer out) throws IOException {
        line(out, MAPPER.createObjectNode().put(HEADER, VERSION));
        int scrubbed = 0;
        for (Demonstration demonstration : demonstrations) {
            ObjectNode object = of(demonstration, scrubber);
            scrubbed += object.get("scrubbed").asBoolean() ? 1 : 0;
            line(out, object);
        }
        return scrubbed;
    }

    private static void line(Writer out, ObjectNode object) throws IOException {
        out.write(MAPPER.writeValueAsString(object));
        out.write('\n');
    }

    private static ObjectNode of(Demonstration d, Scrubber scrubber) {
        String question = scrubber.scrub(d.question());
        String code = scrubber.scrub(d.code());
        String answer = scrubber.scrub(d.answer());
        ObjectNode object = MAPPER.createObjectNode()
                .put("id", d.id())
                .put("team", d.team())
                .put("question", question)
                .put("language", d.language())
                .put("code", code)
                .put("answer", answer);
        object.putObject("provenance")
                .put("task", d.task())
                .put("rung", d.rung())
                .put("model", d.model())
                .put("input_tokens", d.inputTokens())
                .put("output_tokens", d.outputTokens())
                .put("learned_from", d.learnedFrom());
        object.putObject("trust")
                .put("verified", d.verified().label())
                .put("helped", d.helped())
                .put("misled", d.misled())
                .put("contradicted_by", label(d.contradictedBy()))
                .put("retired", d.retired());
        return object.put(
                "scrubbed", !question.equals(d.question()) || !code.equals(d.code()) || !answer.equals(d.answer()));
    }

    private static @Nullable String label(@Nullable Judge judge) {
        return judge == null ? null : judge.label();
    }

    /**
     * Reads a file of this or an older version, whole or not at all. A program that something was taken out of may no
     * longer work: nobody vouches for it any more.
     *
     * @param name of the file, for messages
     * @param tenant who gets them
     * @return with the ids that they had where they come from
     * @throws TroupeException {@code INPUT_INVALID} with the line that is wrong, or when a newer version wrote the file
     */
    public static List<Demonstration> read(String name, Reader in, String tenant) throws IOException {
        List<Demonstration> read = new ArrayList<>();
        BufferedReader lines = new BufferedReader(in);
        int version = 0;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            ObjectNode object = object(name, number, line);
            if (version == 0) {
                version = object.has(HEADER) ? version(name, object.get(HEADER)) : 1;
                if (object.has(HEADER)) {
                    continue;
                }
            }
            read.add(demonstration(name + ":" + number, version == 1 ? migrated(object) : object, tenant));
        }
        if (version == 0) {
            throw wrong(name, "no line", "a file that `demos export` has written");
        }
        return read;
    }

    private static ObjectNode object(String name, int number, String line) {
        String place = name + ":" + number;
        if (line.length() > MOST_CHARACTERS) {
            throw wrong(place, line.length() + " characters", "at most " + MOST_CHARACTERS);
        }
        try {
            if (MAPPER.readTree(line) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // What Jackson says of it repeats the text, which may be anybody's.
        }
        throw wrong(place, "no JSON object", "one object a line");
    }

    private static int version(String name, JsonNode value) {
        int version = value.asInt(-1);
        if (version < 1 || version > VERSION) {
            throw new TroupeException(
                    ErrorCode.INPUT_INVALID,
                    name + ": version " + value + " (expected: 1 to " + VERSION + ")",
                    version > VERSION ? "a newer Troupe has written it; update Troupe" : null);
        }
        return version;
    }

    /** Version 1 had everything side by side, and nothing of contradictions or tokens. */
    private static ObjectNode migrated(ObjectNode old) {
        ObjectNode object = old.deepCopy();
        object.putObject("provenance").setAll(fields(old, "task", "rung", "model"));
        object.putObject("trust").setAll(fields(old, "verified", "helped", "misled", "retired"));
        return object;
    }

    private static Map<String, JsonNode> fields(ObjectNode object, String... names) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        for (String name : names) {
            if (object.has(name)) {
                fields.put(name, object.get(name));
            }
        }
        return fields;
    }

    private static Demonstration demonstration(String place, ObjectNode object, String tenant) {
        JsonNode from = object.path("provenance");
        JsonNode trust = object.path("trust");
        boolean scrubbed = object.path("scrubbed").asBoolean(false);
        Judge verified = judge(place, trust, "verified");
        return new Demonstration(
                text(place, object, "id"),
                tenant,
                text(place, object, "team"),
                from.path("task").asText("-"),
                text(place, object, "question"),
                text(place, object, "language"),
                text(place, object, "code"),
                List.of(),
                text(place, object, "answer"),
                from.path("rung").asText("-"),
                from.path("model").asText("-"),
                count(place, from, "input_tokens"),
                count(place, from, "output_tokens"),
                verified == null || scrubbed ? Judge.NONE : verified,
                (int) count(place, trust, "helped"),
                (int) count(place, trust, "misled"),
                from.path("learned_from").textValue(),
                judge(place, trust, "contradicted_by"),
                trust.path("retired").asBoolean(false));
    }

    private static String text(String place, JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw wrong(place, field + ": " + (value.isMissingNode() ? "missing" : "not a text"), "a text");
        }
        return value.asText();
    }

    private static long count(String place, JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode()) {
            return 0;
        }
        if (!value.canConvertToInt() || value.asInt() < 0) {
            throw wrong(place, field + ": " + value, "0 or more");
        }
        return value.asInt();
    }

    private static @Nullable Judge judge(String place, JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            return Judge.valueOf(value.asText().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong(place, field + ": unknown", "none, judge, rule or person");
        }
    }

    private static TroupeException wrong(String place, String what, String expected) {
        return new TroupeException(
                ErrorCode.INPUT_INVALID,
                place + ": " + what + " (expected: " + expected + ")",
                "nothing of the file was taken over");
    }
}
