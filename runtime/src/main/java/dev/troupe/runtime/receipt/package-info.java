/** What machines are told of tasks and of what they cost: the same on the command line and over HTTP. */
@NullMarked
package dev.troupe.runtime.receipt;

import org.jspecify.annotations.NullMarked;
