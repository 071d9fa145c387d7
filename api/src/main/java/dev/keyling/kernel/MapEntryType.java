package dev.keyling.kernel;

import dev.keyling.state.Codec;
import dev.keyling.state.StoredType;
import dev.keyling.state.TypeInformation;

/**
 * The type of the values of a map state, which is stored together with the type of their keys: the
 * keys themselves have no room for it.
 */
final class MapEntryType<UK, UV> implements TypeInformation<UV>, Codec<UV> {
  private final TypeInformation<UV> value;
  private final Codec<UV> codec;
  private final StoredType storedType;

  MapEntryType(TypeInformation<UK> key, TypeInformation<UV> value) {
    this.value = value;
    this.codec = value.codec();
    this.storedType =
        StoredType.of(StoredType.Form.ENTRY, key.codec().storedType(), codec.storedType());
  }

  @Override
  public String describe() {
    return value.describe();
  }

  @Override
  public boolean isImmutable() {
    return value.isImmutable();
  }

  @Override
  public Codec<UV> codec() {
    return this;
  }

  @Override
  public byte[] encode(UV plain) {
    return codec.encode(plain);
  }

  @Override
  public UV decode(byte[] bytes) {
    return codec.decode(bytes);
  }

  @Override
  public StoredType storedType() {
    return storedType;
  }
}
