package dev.troupe.runtime.http;

import dev.troupe.knowledge.journal.TaskRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.StreamConverters;

/**
 * Files that tasks wrote, for the key that asked. Programs made them, so nothing of them is trusted: no link in the way
 * is followed, and a browser is given nothing that it would run.
 */
final class Artifacts {
    /** What a browser may show; anything else is for saving. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("csv", "text/csv; charset=UTF-8"),
            Map.entry("txt", "text/plain; charset=UTF-8"),
            Map.entry("md", "text/plain; charset=UTF-8"),
            Map.entry("json", "application/json"),
            Map.entry("pdf", "application/pdf"));

    private static final String OTHER = "application/octet-stream";

    private final Path root;
    private final Duration kept;

    /** @param root below which all tasks work */
    Artifacts(Path root, Duration kept) {
        this.root = root;
        this.kept = kept;
    }

    /** Where a task's files can be fetched. */
    static List<Map<String, Object>> links(TaskRecord record) {
        List<Map<String, Object>> links = new ArrayList<>();
        for (String path : record.artifacts()) {
            Map<String, Object> link = new LinkedHashMap<>();
            String name = name(path);
            link.put("name", name);
            link.put("type", type(name));
            link.put("url", "/v1/tasks/" + record.task() + "/artifacts/" + links.size());
            links.add(link);
        }
        return links;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String type(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, OTHER);
    }

    /** @throws ApiException 404 when there is none of that number, 410 when its time is over */
    HttpResponse fetch(TaskRecord record, String number) {
        int index = number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
        if (index >= record.artifacts().size()) {
            throw ApiException.notFound("artifact: " + record.task() + " has "
                    + record.artifacts().size() + " files (expected: their number, from 0)");
        }
        Instant end = record.started().plusMillis(record.receipt().wallMillis()).plus(kept);
        long left = Duration.between(Instant.now(), end).toSeconds();
        if (left <= 0) {
            throw ApiException.refused(
                    410, "expired", null, "artifact: was kept until " + end + " (expected: a fetch before that)");
        }
        String path = record.artifacts().get(index);
        InputStream content = open(Path.of(path));
        String name = name(path);
        ContentType type = ContentTypes.parse(type(name));
        HttpResponse response = HttpResponse.create()
                .withEntity(HttpEntities.createChunked(type, StreamConverters.fromInputStream(() -> content)));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "private, max-age=" + left);
        headers.put("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        headers.put(
                "Content-Disposition",
                (type(name).equals(OTHER) ? "attachment" : "inline") + "; filename=\"" + safe(name) + "\"");
        return Replies.with(response, headers);
    }

    private static String safe(String name) {
        return name.replaceAll("[^A-Za-z0-9._ -]", "_");
    }

    /** Folder by folder from the root, so that what a program puts in the way at the same time is not followed either. */
    private InputStream open(Path file) {
        try {
            Path relative = root.toRealPath().relativize(file);
            if (relative.startsWith("..")) {
                throw new IOException("outside");
            }
            try (DirectoryStream<Path> folder = Files.newDirectoryStream(root)) {
                if (!(folder instanceof SecureDirectoryStream<Path> secure)) {
                    throw new IOException("this system cannot open files safely");
                }
                return open(secure, relative);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw ApiException.notFound("artifact: the file is no longer there");
        }
    }

    private static InputStream open(SecureDirectoryStream<Path> folder, Path relative) throws IOException {
        Path first = relative.getName(0);
        if (relative.getNameCount() > 1) {
            try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
                return open(next, relative.subpath(1, relative.getNameCount()));
            }
        }
        BasicFileAttributeView attributes =
                folder.getFileAttributeView(first, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.readAttributes().isRegularFile()) {
            throw new IOException("no file");
        }
        return Channels.newInputStream(
                folder.newByteChannel(first, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }
}
