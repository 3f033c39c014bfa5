package dev.troupe.models.expert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.troupe.models.call.CallContext;
import dev.troupe.models.expert.catalogue.Experts;
import dev.troupe.models.onnx.Device;
import dev.troupe.models.store.CacheFolder;
import dev.troupe.models.task.Handle;
import dev.troupe.models.task.Media;
import dev.troupe.models.task.Task;
import dev.troupe.models.task.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** What reference.py made and measured, and experts out of the user's own store, where they are fetched once. */
final class Reference {
    static final JsonNode VALUES = read();
    static final Experts EXPERTS = Experts.of(CacheFolder.of(System.getenv()), System.getenv());
    private static final Duration PULL_TIME = Duration.ofMinutes(10);

    private Reference() {}

    static Expert open(Task task, String model) {
        CallContext context = CallContext.standalone(PULL_TIME);
        EXPERTS.pull(model, progress -> {}, context);
        return EXPERTS.open(task, model, Device.Wish.CPU, context);
    }

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Reference.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Value media(String name) {
        return Media.read(Handle.of(file(name)));
    }

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(Reference.class.getResourceAsStream("reference.json"))) {
            return JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
