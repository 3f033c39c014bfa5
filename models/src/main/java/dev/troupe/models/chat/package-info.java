/**
 * Chat models as the rest of Troupe sees them: messages in, a streamed answer with its usage out. Providers live in
 * packages of their own and implement {@link dev.troupe.models.chat.ChatModel}.
 */
@NullMarked
package dev.troupe.models.chat;

import org.jspecify.annotations.NullMarked;
