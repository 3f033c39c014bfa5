/**
 * Tools that a model calls by name with JSON arguments, whatever is behind them. What every call has in common is here,
 * once: arguments are read, time and size are bounded, and what goes wrong becomes a typed result that the model can read.
 * What a tool does is no business of this package.
 */
@NullMarked
package dev.troupe.tools.call;

import org.jspecify.annotations.NullMarked;
