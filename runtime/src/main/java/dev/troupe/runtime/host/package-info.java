/**
 * A team made ready to work on this machine: its models, sandbox, journal and actors opened in order and closed in the
 * reverse one. The command line and the benchmark use it alike; nothing here prints.
 */
@NullMarked
package dev.troupe.runtime.host;

import org.jspecify.annotations.NullMarked;
