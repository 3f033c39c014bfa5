/**
 * What an agent does that is a model with instructions and what was said before, as pure functions of what has happened
 * so far.
 */
@NullMarked
package dev.troupe.planner.chat;

import org.jspecify.annotations.NullMarked;
