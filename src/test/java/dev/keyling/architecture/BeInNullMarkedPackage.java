package dev.keyling.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** {@code @NullMarked} does not reach sub-packages: each has its own {@code package-info.java}. */
final class BeInNullMarkedPackage extends ArchCondition<JavaClass> {
  BeInNullMarkedPackage() {
    super("be in a package with a package-info.java annotated @NullMarked");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
    String message = "no @NullMarked package-info.java in " + type.getPackageName();
    events.add(new SimpleConditionEvent(type.getPackage(), marked, message));
  }
}
