package dev.troupe.runtime.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.ErrorCode;
import dev.troupe.models.call.TroupeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results so far, a JSON object a line. A run that was stopped goes on behind the last whole line; what a crash left
 * of a line is cut off. Used by one thread at a time.
 */
final class RunFile {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path file;
    private final Map<RunRecord.Key, RunRecord> records = new LinkedHashMap<>();
    private boolean failed;

    private RunFile(Path file) {
        this.file = file;
    }

    /** @throws TroupeException {@code STORAGE} when it cannot be read or is no run file */
    static RunFile open(Path file) {
        RunFile runs = new RunFile(file);
        try {
            if (Files.exists(file)) {
                runs.load();
            } else {
                Files.createDirectories(file.toAbsolutePath().normalize().resolveSibling("."));
            }
        } catch (IOException e) {
            throw new TroupeException(ErrorCode.STORAGE, "run file: " + file + ": " + e.getMessage(), null, e);
        }
        return runs;
    }

    private void load() throws IOException {
        String text = Files.readString(file);
        int whole = text.lastIndexOf('\n') + 1;
        if (whole < text.length()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
            }
        }
        for (String line : text.substring(0, whole).lines().toList()) {
            RunRecord read = MAPPER.readValue(line, RunRecord.class);
            records.put(read.key(), read);
        }
    }

    boolean has(RunRecord.Key key) {
        return records.containsKey(key);
    }

    /**
     * Appends a result; it is on the disk when this returns. Nothing follows a result that could not be written: what
     * there is of its line has to stay at the end, where the next run cuts it off.
     *
     * @throws TroupeException {@code STORAGE}
     */
    void add(RunRecord added) {
        if (failed) {
            throw new TroupeException(ErrorCode.STORAGE, "run file: " + file + ": a write has failed before", null);
        }
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer line =
                    ByteBuffer.wrap((MAPPER.writeValueAsString(added) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result that is no JSON: " + added.key(), e);
        } catch (IOException e) {
            failed = true;
            throw new TroupeException(ErrorCode.STORAGE, "run file: " + file + ": " + e.getMessage(), null, e);
        }
        records.put(added.key(), added);
    }

    /** All results, in the order in which they came. */
    List<RunRecord> all() {
        return new ArrayList<>(records.values());
    }
}
