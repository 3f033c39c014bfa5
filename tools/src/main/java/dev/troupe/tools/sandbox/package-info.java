/**
 * Where programs that nobody has read are run: what they may see, what they may use up, and how they are ended. {@link
 * dev.troupe.tools.sandbox.Sandbox} is the door; everything that confines a program is in this package, and nothing that
 * does not confine one.
 */
@NullMarked
package dev.troupe.tools.sandbox;

import org.jspecify.annotations.NullMarked;
