/**
 * ONNX models as files and sessions: where their files are, which device they run on, the threads they run on, and tensors
 * in and out. What the tensors mean is the experts' affair.
 */
@NullMarked
package dev.troupe.models.onnx;

import org.jspecify.annotations.NullMarked;
