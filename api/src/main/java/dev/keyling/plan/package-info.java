/** A dataflow as it was written, checked: what whoever runs it reads. Not for users. */
@NullMarked
package dev.keyling.plan;

import org.jspecify.annotations.NullMarked;
