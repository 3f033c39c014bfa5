/**
 * Experts: a model with a task, in three steps that whoever hosts it may spread and batch: prepare a request, run pieces of
 * one shape together, finish the answer. What all pipelines share is here; each kind of input has a room of its own.
 */
@NullMarked
package dev.troupe.models.expert;

import org.jspecify.annotations.NullMarked;
