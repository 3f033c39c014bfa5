package dev.troupe.runtime.bench;

/** A mean and the ends of its 95 % interval. */
public record Interval(double mean, double low, double high) {}
