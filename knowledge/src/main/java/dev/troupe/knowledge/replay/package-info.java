/**
 * Solving a question without a model: whether a verified program answers a new question when only some of its literals
 * are exchanged, and with which ones. Pure functions of the two questions, the program, the clock and what earlier
 * verified solutions taught. Nothing here guesses: whatever is not certain is a reason to abstain.
 */
@NullMarked
package dev.troupe.knowledge.replay;

import org.jspecify.annotations.NullMarked;
