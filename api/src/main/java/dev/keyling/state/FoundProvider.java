package dev.keyling.state;

import java.lang.reflect.Type;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The {@link CodecProvider} of this program, looked for until it is found. */
final class FoundProvider {
  private static volatile @Nullable CodecProvider found;

  private FoundProvider() {}

  @SuppressWarnings("unchecked") // a provider's codec is of the type that it was asked for
  static <T> Codec<T> codecFor(Type type) {
    CodecProvider provider = found;
    if (provider == null) {
      provider = search().orElseThrow(() -> missing(type));
      found = provider;
    }
    return (Codec<T>) provider.codecFor(type);
  }

  /** Describes the bytes of a value that a provider has encoded. */
  static String describe(byte[] stored) {
    CodecProvider provider = found;
    return provider == null
        ? search().map(any -> any.describe(stored)).orElse("object")
        : provider.describe(stored);
  }

  private static Optional<CodecProvider> search() {
    ClassLoader own = CodecProvider.class.getClassLoader();
    return ServiceLoader.load(CodecProvider.class)
        .findFirst()
        .or(() -> ServiceLoader.load(CodecProvider.class, own).findFirst());
  }

  private static IllegalStateException missing(Type type) {
    return new IllegalStateException(
        "nothing can store values of "
            + type.getTypeName()
            + ": keyling-persistence, which brings the codec, is missing on the class path");
  }
}
