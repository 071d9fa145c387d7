package dev.keyling.function;

/**
 * Makes something of an element and of what was looked up for it.
 *
 * @param <K> by what is looked up
 * @param <V> what is found
 */
@FunctionalInterface
public interface EnrichFunction<K, V, I, O> {
  O map(LookupCache<K, V> cache, I value) throws Exception;
}
