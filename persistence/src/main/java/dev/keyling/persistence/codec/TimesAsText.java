package dev.keyling.persistence.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Date;

/**
 * Reads times from the text that they are stored as, and from nothing else: a number that a field
 * once was is not a time. Unless the field says by {@code @JsonFormat} that it is.
 */
final class TimesAsText extends BeanDeserializerModifier {
  private static final long serialVersionUID = 1;

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription description, JsonDeserializer<?> reads) {
    Class<?> type = description.getBeanClass();
    boolean time =
        Temporal.class.isAssignableFrom(type)
            || TemporalAmount.class.isAssignableFrom(type)
            || Date.class.isAssignableFrom(type);
    return time ? new FromText(reads) : reads;
  }

  private static final class FromText extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    FromText(JsonDeserializer<?> reads) {
      super(reads);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reads) {
      return new FromText(reads);
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) throws JsonMappingException {
      JsonDeserializer<?> reads = super.createContextual(context, property);
      JsonFormat.Value format = findFormatOverrides(context, property, handledType());
      return format.getShape() == JsonFormat.Shape.ANY || !(reads instanceof FromText text)
          ? reads
          : text.getDelegatee();
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.hasToken(JsonToken.VALUE_STRING)
          ? super.deserialize(parser, context)
          : context.handleUnexpectedToken(handledType(), parser);
    }
  }
}
