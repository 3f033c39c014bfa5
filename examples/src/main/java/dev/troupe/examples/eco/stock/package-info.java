/** What answers like Alpha Vantage: its functions, parameters, fields and errors, over made-up but plausible prices. */
@NullMarked
package dev.troupe.examples.eco.stock;

import org.jspecify.annotations.NullMarked;
