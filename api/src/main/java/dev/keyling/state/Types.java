package dev.keyling.state;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The types of what a step remembers and of what it is keyed by.
 *
 * <p>The constants, enums, lists and maps have compact codecs of their own. Every other class needs
 * a {@link CodecProvider}, such as the one in {@code keyling-persistence}; it is looked for when
 * the codec is first used, which throws {@link IllegalStateException} if there is none.
 */
public final class Types {
  public static final TypeInformation<String> STRING = Scalars.STRING;
  public static final TypeInformation<Long> LONG = Scalars.LONG;
  public static final TypeInformation<Integer> INT = Scalars.INT;
  public static final TypeInformation<Double> DOUBLE = Scalars.DOUBLE;
  public static final TypeInformation<Boolean> BOOLEAN = Scalars.BOOLEAN;
  public static final TypeInformation<byte[]> BYTES = Scalars.BYTES;
  public static final TypeInformation<Instant> INSTANT = Scalars.INSTANT;
  public static final TypeInformation<Duration> DURATION = Scalars.DURATION;
  public static final TypeInformation<java.util.UUID> UUID = Scalars.UUID;

  private Types() {}

  /**
   * Returns the type of a class. {@code of(Long.class)} and {@code of(long.class)} are {@link
   * #LONG}, and so on; an enum is stored by the names of its constants.
   *
   * @throws IllegalArgumentException if the class has type parameters: a {@link TypeHint} says what
   *     they are
   */
  public static <T> TypeInformation<T> of(Class<T> type) {
    return declared(type);
  }

  /**
   * Returns a generic type. Exactly {@code List} and {@code Map} are {@link #listOf} and {@link
   * #mapOf}, inside of these too.
   *
   * @throws IllegalArgumentException if the type contains a type variable
   */
  @SuppressWarnings("unchecked") // the hint captured the type that its parameter names
  public static <T> TypeInformation<T> of(TypeHint<T> type) {
    return (TypeInformation<T>) of(type.getType());
  }

  /** Returns the type of lists; their elements may be null. Decoding gives an array list. */
  public static <T> TypeInformation<List<T>> listOf(TypeInformation<T> element) {
    return new DeclaredType<>(
        "list<" + element.describe() + ">",
        false,
        description -> new ListCodec<>(description, element.codec()));
  }

  /**
   * Returns the type of maps; keys and values may be null. Decoding gives a linked hash map in the
   * order of the map that was encoded, so equal maps of another order have other bytes.
   */
  public static <K, V> TypeInformation<Map<K, V>> mapOf(
      TypeInformation<K> key, TypeInformation<V> value) {
    return new DeclaredType<>(
        "map<" + key.describe() + ", " + value.describe() + ">",
        false,
        description -> new MapCodec<>(description, key.codec(), value.codec()));
  }

  /**
   * Returns the type of a class with the promise that its values are never changed, so that they
   * are shared instead of copied. Scalars, strings, enums, times and records of such need no
   * promise.
   *
   * @throws IllegalArgumentException as {@link #of(Class)} does
   */
  public static <T> TypeInformation<T> immutable(Class<T> type) {
    return Types.<T>declared(type).promisedImmutable();
  }

  @SuppressWarnings("unchecked") // scalars and enums are looked up by the class itself
  private static <T> DeclaredType<T> declared(Class<?> given) {
    Class<?> type = Scalars.wrapper(given);
    DeclaredType<?> scalar = Scalars.BY_CLASS.get(type);
    if (scalar != null) {
      return (DeclaredType<T>) scalar;
    }
    if (type.getTypeParameters().length > 0) {
      throw new IllegalArgumentException(
          type.getTypeName()
              + " has type parameters: say which, as in Types.of(new TypeHint<"
              + type.getSimpleName()
              + "<...>>() {})");
    }
    if (Enum.class.isAssignableFrom(type)) {
      return (DeclaredType<T>) EnumCodec.type(type);
    }
    return DeclaredType.provided(type, Immutability.isImmutable(type));
  }

  private static TypeInformation<?> of(Type type) {
    if (type instanceof Class<?> plain) {
      return declared(plain);
    }
    if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return listOf(of(arguments[0]));
      }
      if (generic.getRawType() == Map.class) {
        return mapOf(of(arguments[0]), of(arguments[1]));
      }
    }
    requireNoVariable(type);
    return DeclaredType.provided(type, false);
  }

  private static void requireNoVariable(Type type) {
    if (type instanceof TypeVariable<?>) {
      throw new IllegalArgumentException(
          "the type variable "
              + type.getTypeName()
              + " stands for no type when the program runs: pass its TypeInformation instead");
    }
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        requireNoVariable(argument);
      }
    } else if (type instanceof GenericArrayType array) {
      requireNoVariable(array.getGenericComponentType());
    } else if (type instanceof WildcardType wildcard) {
      requireNoVariable(wildcard.getUpperBounds()[0]);
    }
  }
}
