/**
 * Text embeddings on ONNX Runtime, in process.
 */
@NullMarked
package dev.troupe.models.embedding;

import org.jspecify.annotations.NullMarked;
