/**
 * Drafts a plan for a request without a language model: from similar solved requests, scores of each tool learned from
 * them, and a search over the tool graph. What is here computes and never acts; vectors of texts come from the caller.
 */
@NullMarked
package dev.troupe.planner.draft;

import org.jspecify.annotations.NullMarked;
