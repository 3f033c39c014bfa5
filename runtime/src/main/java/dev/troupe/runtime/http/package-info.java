/**
 * A team over HTTP, with the interface of OpenAI's chat completions and what Troupe adds to it. Handlers are plain
 * blocking Java on virtual threads; what belongs to connections and streams is Pekko's. What agents do, and what a
 * receipt is, is decided elsewhere.
 */
@NullMarked
package dev.troupe.runtime.http;

import org.jspecify.annotations.NullMarked;
