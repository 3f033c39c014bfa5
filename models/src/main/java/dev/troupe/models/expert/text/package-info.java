/** Experts that read text: what stands between texts and tokens, and what is made of a language model's outputs. */
@NullMarked
package dev.troupe.models.expert.text;

import org.jspecify.annotations.NullMarked;
