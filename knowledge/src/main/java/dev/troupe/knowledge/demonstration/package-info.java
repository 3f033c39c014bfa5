/**
 * Solved questions: an index of them that finds the ones most like a new question, and what is known of how far each
 * can be trusted. A view of the journal.
 */
@NullMarked
package dev.troupe.knowledge.demonstration;

import org.jspecify.annotations.NullMarked;
