/**
 * The one way out of the sandbox: a proxy that lets programs reach the hosts that their team grants, swaps the stand-ins
 * that they hold for real secrets on the way out, and takes the real ones out of what comes back. The HTTP itself is
 * LittleProxy's; here is what may pass, for whom, and what is told of it.
 */
@NullMarked
package dev.troupe.tools.egress;

import org.jspecify.annotations.NullMarked;
