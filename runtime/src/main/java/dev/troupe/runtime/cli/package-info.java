/**
 * The command line: its commands, what they print, and what becomes of errors and of Ctrl-C. A command parses its
 * arguments, calls the package that does the work, and prints; work itself does not belong here.
 */
@NullMarked
package dev.troupe.runtime.cli;

import org.jspecify.annotations.NullMarked;
