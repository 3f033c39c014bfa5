package dev.troupe.tools.files;

/**
 * A file as a prompt describes it.
 *
 * @param path as a program opens it
 * @param text its kind, columns, types and first rows; a few lines
 */
public record FileDescription(String path, String text) {}
