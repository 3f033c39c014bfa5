/** LangChain4j's chat models as models of ours, with all their providers. Nothing of ours depends on it. */
@NullMarked
package dev.troupe.models.langchain4j;

import org.jspecify.annotations.NullMarked;
