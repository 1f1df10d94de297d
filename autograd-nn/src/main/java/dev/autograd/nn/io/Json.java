package dev.autograd.nn.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON as plain objects: a {@code Map<String, Object>} in order, a {@code List<Object>}, a {@code
 * String}, {@code Boolean}, {@code Long} or {@code Double}, and {@link #NULL}. Stricter than JSON
 * where that is ambiguous: no key twice in an object, no integers beyond 64 bits.
 */
public final class Json {

  /** Stands for {@code null}. */
  public static final Object NULL = Optional.empty();

  private static final int DEEPEST = 100;

  // Names are not looked up in a table: with names made to collide that gets slow, then fails.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private Json() {}

  // ---------------------------------------------------------------- reading

  /**
   * Returns the value that a text is.
   *
   * @param place what is read, for messages
   * @throws FormatException if it is no JSON
   */
  public static Object parse(String place, String text) {
    try {
      return parse(place, new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the value that a text is, all of it.
   *
   * @param place what is read, for messages
   * @throws FormatException if it is no JSON
   */
  static Object parse(String place, Reader text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new FormatException(place, "is empty; it must be a JSON object");
      }
      Object value = value(place, parser);
      if (parser.nextToken() != null) {
        throw new FormatException(place, "goes on after the JSON object; nothing may follow it");
      }
      return value;
    } catch (JsonProcessingException e) {
      long character = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
      throw new FormatException(
          place + ", character " + character, "is no valid JSON: " + e.getOriginalMessage(), e);
    } catch (CharacterCodingException e) {
      throw new FormatException(place, "is no UTF-8 text", e);
    }
  }

  private static Object value(String place, JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(place, parser);
      case START_ARRAY -> array(place, parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> integer(place, parser);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NULL;
      default -> throw new IllegalStateException("a value starts with " + parser.currentToken());
    };
  }

  private static Map<String, Object> object(String place, JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      fields.put(name, value(place, parser));
    }
    return fields;
  }

  private static List<Object> array(String place, JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    while (!parser.nextToken().isStructEnd()) {
      elements.add(value(place, parser));
    }
    return elements;
  }

  private static long integer(String place, JsonParser parser) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new FormatException(
          place + ", character " + parser.currentTokenLocation().getCharOffset(),
          "the integer " + FormatException.quote(parser.getText()) + " has more than 64 bits");
    }
    return parser.getLongValue();
  }

  // ---------------------------------------------------------------- writing

  /**
   * Returns a value as one line of text. NaN and infinities, which JSON has not, become strings.
   *
   * @throws IllegalArgumentException if it has parts of other classes
   */
  public static String text(Object value) {
    StringWriter text = new StringWriter();
    try {
      write(value, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Object value, Writer text) throws IOException {
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      write(value, out);
    }
  }

  private static void write(Object value, JsonGenerator out) throws IOException {
    if (value instanceof Map<?, ?> fields) {
      out.writeStartObject();
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        out.writeFieldName((String) field.getKey());
        write(field.getValue(), out);
      }
      out.writeEndObject();
    } else if (value instanceof List<?> elements) {
      out.writeStartArray();
      for (Object element : elements) {
        write(element, out);
      }
      out.writeEndArray();
    } else if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof Boolean truth) {
      out.writeBoolean(truth);
    } else if (value instanceof Long integer) {
      out.writeNumber(integer);
    } else if (value instanceof Double number) {
      out.writeNumber(number);
    } else if (value == NULL) {
      out.writeNull();
    } else {
      throw new IllegalArgumentException("JSON has no " + value.getClass().getName());
    }
  }
}
