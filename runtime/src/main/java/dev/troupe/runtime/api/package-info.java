/**
 * Teams for Java programs: load one or build one, ask it, follow what happens, close it. What the command line does stands
 * on the same; nothing here prints, reads arguments or ends a process.
 */
@NullMarked
package dev.troupe.runtime.api;

import org.jspecify.annotations.NullMarked;
