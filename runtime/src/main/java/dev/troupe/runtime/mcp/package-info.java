/**
 * The team as an MCP server: each of its agents is a tool of a client that speaks the Model Context Protocol over standard
 * input and output. What a client may ask and what it is told is here; asking is the team's business.
 */
@NullMarked
package dev.troupe.runtime.mcp;

import org.jspecify.annotations.NullMarked;
