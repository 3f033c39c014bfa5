package dev.troupe.agents;

/** Marks what may cross machines: written as JSON by Pekko's Jackson serializer. Records of plain values only. */
public interface Wire {}
