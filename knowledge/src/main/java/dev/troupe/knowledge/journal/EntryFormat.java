package dev.troupe.knowledge.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.troupe.models.call.Money;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Entries as they lie on the disk: JSON, with a checksum over everything a row holds. */
final class EntryFormat {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .addMixIn(Money.class, MoneyAsNumber.class)
            .build();

    private EntryFormat() {}

    /** A row of the journal but for its place. */
    record Row(String type, @Nullable String task, @Nullable String tenant, String body) {
        /** CRC-32C of the place, the time and all columns. */
        long checksum(long sequence, long atMicros) {
            CRC32C crc = new CRC32C();
            crc.update(
                    ByteBuffer.allocate(16).putLong(sequence).putLong(atMicros).flip());
            for (String column : new String[] {type, task, tenant, body}) {
                // The length keeps neighbours apart; -1 tells null from empty.
                byte[] bytes = column == null ? new byte[0] : column.getBytes(StandardCharsets.UTF_8);
                crc.update(ByteBuffer.allocate(4)
                        .putInt(column == null ? -1 : bytes.length)
                        .flip());
                crc.update(bytes);
            }
            return crc.getValue();
        }
    }

    static Row encode(Entry entry) {
        try {
            // By way of bytes, so that half a surrogate pair is replaced before the checksum is taken, not after.
            byte[] utf8 = JSON.writeValueAsString(entry).getBytes(StandardCharsets.UTF_8);
            String body = new String(utf8, StandardCharsets.UTF_8);
            return new Row(type(entry), task(entry), tenant(entry), body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("entry: " + type(entry) + " (expected: writable as JSON)", e);
        }
    }

    static Entry decode(String body) throws JsonProcessingException {
        return JSON.readValue(body, Entry.class);
    }

    static String type(Entry entry) {
        return switch (entry) {
            case Entry.Leased e -> "leased";
            case Entry.Settled e -> "settled";
            case Entry.TaskStarted e -> "task-started";
            case Entry.TaskEnded e -> "task-ended";
            case Entry.VerdictGiven e -> "verdict";
            case Entry.DemonstrationStored e -> "demonstration";
            case Entry.DemonstrationUsed e -> "demonstration-used";
            case Entry.TurnUndone e -> "turn-undone";
        };
    }

    private static String task(Entry entry) {
        return switch (entry) {
            case Entry.Leased e -> e.task();
            case Entry.Settled e -> e.task();
            case Entry.TaskStarted e -> e.task();
            case Entry.TaskEnded e -> e.record().task();
            case Entry.VerdictGiven e -> e.task();
            case Entry.DemonstrationStored e -> e.demonstration().task();
            case Entry.DemonstrationUsed e -> e.task();
            case Entry.TurnUndone e -> e.task();
        };
    }

    private static @Nullable String tenant(Entry entry) {
        return switch (entry) {
            case Entry.Leased e -> e.tenant();
            case Entry.TaskStarted e -> e.tenant();
            case Entry.TaskEnded e -> e.record().tenant();
            case Entry.DemonstrationStored e -> e.demonstration().tenant();
            case Entry.TurnUndone e -> e.tenant();
            case Entry.Settled e -> null;
            case Entry.VerdictGiven e -> null;
            case Entry.DemonstrationUsed e -> null;
        };
    }

    private abstract static class MoneyAsNumber {
        @JsonValue
        abstract long picodollars();

        @JsonCreator
        static Money of(long picodollars) {
            return new Money(picodollars);
        }
    }
}
