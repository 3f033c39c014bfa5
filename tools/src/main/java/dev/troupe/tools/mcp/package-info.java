/**
 * Servers of tools that speak the Model Context Protocol, by its official Java SDK. What a server does (die, hang, flood)
 * ends here as a typed result of the call that it happened in. A server that is a local program runs in the sandbox.
 */
@NullMarked
package dev.troupe.tools.mcp;

import org.jspecify.annotations.NullMarked;
