package dev.troupe.planner.draft;

/** A request whose right plan is known. */
public record Solved(Embedded request, TaskPlan plan) {}
