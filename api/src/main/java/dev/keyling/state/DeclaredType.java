package dev.keyling.state;

import java.lang.reflect.Type;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A type in words, and how to get at its codec. Equal to any type of the same words. */
final class DeclaredType<T> implements TypeInformation<T> {
  private final String description;
  private final boolean immutable;
  private final Function<String, Codec<T>> makesCodec;
  private volatile @Nullable Codec<T> codec;

  /** The codec is made from the description when it is first used; perhaps more than once. */
  DeclaredType(String description, boolean immutable, Function<String, Codec<T>> makesCodec) {
    this.description = description;
    this.immutable = immutable;
    this.makesCodec = makesCodec;
  }

  /** A type that only a provider has a codec for. */
  static <T> DeclaredType<T> provided(Type type, boolean immutable) {
    return new DeclaredType<>(
        type.getTypeName(), immutable, description -> FoundProvider.codecFor(type));
  }

  DeclaredType<T> promisedImmutable() {
    return immutable ? this : new DeclaredType<>(description, true, makesCodec);
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public boolean isImmutable() {
    return immutable;
  }

  @Override
  public Codec<T> codec() {
    Codec<T> known = codec;
    if (known == null) {
      known = makesCodec.apply(description);
      codec = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeclaredType<?> that && description.equals(that.description);
  }

  @Override
  public int hashCode() {
    return description.hashCode();
  }

  @Override
  public String toString() {
    return description;
  }
}
