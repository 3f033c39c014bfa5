/** HTTP as the stand-ins need it: a request's parameters, a reply, and a server. Knows nothing of what is served. */
@NullMarked
package dev.troupe.examples.eco.http;

import org.jspecify.annotations.NullMarked;
