/**
 * Experts as actors: requests gather into batches, are bounded and fair, and a model that fails is contained. What an
 * expert computes is the models' affair.
 */
@NullMarked
package dev.troupe.agents.expert;

import org.jspecify.annotations.NullMarked;
