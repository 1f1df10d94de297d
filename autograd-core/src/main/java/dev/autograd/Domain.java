package dev.autograd;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where an operation is finite and smooth in all its tensor operands, element by element: the open
 * interval from {@link #from} to {@link #to}, without the points {@link #except}. An operation
 * without this annotation is smooth on all numbers. What happens elsewhere is in the operation's
 * own documentation.
 *
 * <p>The tests draw their samples from here, so that a derivative is compared with differences only
 * where there is one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Domain {

  /** Returns the lower end, which does not belong to the domain. */
  double from() default Double.NEGATIVE_INFINITY;

  /** Returns the upper end, which does not belong to the domain. */
  double to() default Double.POSITIVE_INFINITY;

  /** Returns the points inside at which there is a kink, a jump or a pole. */
  double[] except() default {};

  /** Returns the period with which the exceptions recur; 0 if they do not. */
  double period() default 0;

  /** Returns whether there is a kink where two of the numbers compared are equal. */
  boolean distinct() default false;
}
