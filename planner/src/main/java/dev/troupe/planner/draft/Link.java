package dev.troupe.planner.draft;

/** What one tool's task gives to another's. */
public record Link(String source, String target) {}
