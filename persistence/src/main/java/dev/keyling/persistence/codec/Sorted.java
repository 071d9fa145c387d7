package dev.keyling.persistence.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Writes hash sets and hash maps in the order of their encoded elements and keys, so that equal
 * ones give equal bytes. (Jackson's own ordering of maps needs keys that can be compared, and
 * merges those that compare as equal without being so.)
 */
final class Sorted extends BeanSerializerModifier {
  private static final long serialVersionUID = 1;

  private final transient ObjectMapper mapper;

  Sorted(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public JsonSerializer<?> modifyCollectionSerializer(
      SerializationConfig config,
      CollectionType type,
      BeanDescription description,
      JsonSerializer<?> serializer) {
    boolean ordered =
        !type.isTypeOrSubTypeOf(Set.class)
            || type.isTypeOrSubTypeOf(SortedSet.class)
            || type.isTypeOrSubTypeOf(EnumSet.class);
    return ordered ? serializer : converted(this::elements, type, serializer);
  }

  @Override
  public JsonSerializer<?> modifyMapSerializer(
      SerializationConfig config,
      MapType type,
      BeanDescription description,
      JsonSerializer<?> serializer) {
    boolean ordered = type.isTypeOrSubTypeOf(SortedMap.class);
    return ordered ? serializer : converted(this::entries, type, serializer);
  }

  private Object elements(Object set) {
    return inOrder((Collection<?>) set, element -> element);
  }

  private Object entries(Object map) {
    Map<Object, Object> sorted = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : inOrder(((Map<?, ?>) map).entrySet(), Map.Entry::getKey)) {
      sorted.put(entry.getKey(), entry.getValue());
    }
    return sorted;
  }

  private <T> List<T> inOrder(Collection<T> items, Function<T, ?> by) {
    List<Map.Entry<byte[], T>> encoded = new ArrayList<>(items.size());
    for (T item : items) {
      encoded.add(new SimpleImmutableEntry<>(encode(by.apply(item)), item));
    }
    encoded.sort(Map.Entry.comparingByKey(Arrays::compareUnsigned));
    return encoded.stream().map(Map.Entry::getValue).collect(Collectors.toList());
  }

  private byte[] encode(Object item) {
    try {
      return mapper.writeValueAsBytes(item);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  private static JsonSerializer<?> converted(
      UnaryOperator<Object> conversion, JavaType type, JsonSerializer<?> serializer) {
    return new StdDelegatingSerializer(
        new StdConverter<Object, Object>() {
          @Override
          public Object convert(Object value) {
            return conversion.apply(value);
          }
        },
        type,
        serializer);
  }
}
