package dev.troupe.tools.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a model is told of a function's parameter. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Parameter {
    /** What it means, with its unit. */
    String value() default "";

    /** Its name; needed where the class was compiled without {@code -parameters}. */
    String name() default "";

    /** Whether it may be left out; the method gets null then. Parameters of type {@code Optional} always may. */
    boolean optional() default false;
}
