/**
 * Chat models behind any OpenAI-compatible endpoint, with what protects both sides: time-outs, retries, limits and a
 * circuit breaker. What is peculiar to such endpoints stays in here; the rest of Troupe sees a
 * {@link dev.troupe.models.chat.ChatModel}.
 */
@NullMarked
package dev.troupe.models.openai;

import org.jspecify.annotations.NullMarked;
