/** An agent of ours in the place of a LangChain4j chat model. Nothing of ours depends on it. */
@NullMarked
package dev.troupe.runtime.langchain4j;

import org.jspecify.annotations.NullMarked;
