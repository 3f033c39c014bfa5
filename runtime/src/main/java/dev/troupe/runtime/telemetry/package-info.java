/**
 * What happens, as traces of OpenTelemetry with its conventions for generative AI. Exported where the environment names
 * an exporter, and nowhere else. Nothing that was asked or answered is in them.
 */
@NullMarked
package dev.troupe.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
