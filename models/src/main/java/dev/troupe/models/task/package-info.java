/**
 * What experts are asked and what they answer: the task types by their Hugging Face names, and the typed values that go
 * in and out. Nothing here runs a model.
 */
@NullMarked
package dev.troupe.models.task;

import org.jspecify.annotations.NullMarked;
