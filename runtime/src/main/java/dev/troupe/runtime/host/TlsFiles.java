package dev.troupe.runtime.host;

import java.nio.file.Path;

/**
 * What a server proves with who it is.
 *
 * @param certificate a file in PEM: its certificate, and those between it and the root
 * @param key a file in PEM: the private key of the first of them, without a password
 */
public record TlsFiles(Path certificate, Path key) {}
