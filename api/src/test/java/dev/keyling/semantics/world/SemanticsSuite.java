package dev.keyling.semantics.world;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that run in every {@link World}, and are counted. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("semantics")
@ExtendWith({SuiteCount.class, OpenRuns.class})
public @interface SemanticsSuite {}
