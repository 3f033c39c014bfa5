/**
 * Experts in processes of their own, which may die without harm: the worker, the wire to it, and the expert that stands for
 * it here. What the worker computes is a pipeline like any other.
 */
@NullMarked
package dev.troupe.models.expert.isolated;

import org.jspecify.annotations.NullMarked;
