package dev.troupe.tools.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that a model may call. Its parameters may have any type that Jackson reads; one of type
 * {@link dev.troupe.models.call.CallContext} gets the call's and is not shown to the model. What it returns is told as it
 * is when it is text, and as JSON otherwise. An {@link IllegalArgumentException} tells the model that its arguments are
 * wrong; any other exception, that the tool failed. A method that runs long should respond to interruption.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Function {
    /** What it does, for the model. */
    String value();
}
