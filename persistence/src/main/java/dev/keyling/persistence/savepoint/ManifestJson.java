package dev.keyling.persistence.savepoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyling.connector.Position;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The manifest as the text of its file: JSON whose last field is the checksum of what stands before
 * it.
 */
final class ManifestJson {
  private static final String CHECKSUM = ",\n  \"crc32c\" : \"";
  private static final String END = "\"\n}\n";
  private static final int HEX = 8;
  private static final String END_OF_JSON = "\n}";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ManifestJson() {}

  static byte[] encode(SavepointManifest manifest) {
    String json;
    try {
      json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(manifest));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    String unix = json.replace("\r\n", "\n");
    String body = unix.substring(0, unix.length() - END_OF_JSON.length());
    return (body + CHECKSUM + checksum(body) + END).getBytes(StandardCharsets.US_ASCII);
  }

  private static String checksum(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.ISO_8859_1));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /** Returns the manifest as JSON has it, without the checksum. */
  static ObjectNode tree(SavepointManifest manifest) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", SavepointManifest.FORMAT);
    json.put("dataflow", manifest.dataflow());
    json.put("creation", manifest.creation());
    json.put("checkpoint", manifest.checkpointId());
    json.put("completedAt", manifest.completedAt().toString());
    ArrayNode steps = json.putArray("steps");
    manifest.steps().forEach(step -> put(step, steps.addObject()));
    ObjectNode positions = json.putObject("positions");
    manifest
        .positions()
        .forEach(
            (source, position) ->
                positions
                    .putObject(source)
                    .put("partition", position.partition())
                    .put("offset", position.offset()));
    ObjectNode generators = json.putObject("generators");
    manifest.generators().forEach(generators::put);
    ObjectNode watermarks = json.putObject("watermarks");
    manifest.watermarks().forEach(watermarks::put);
    ObjectNode handles = json.putObject("handles");
    manifest
        .handles()
        .forEach(
            (sink, staged) -> {
              ArrayNode each = handles.putArray(sink);
              staged.forEach(handle -> each.add(Base64.getEncoder().encodeToString(handle)));
            });
    if (!manifest.ended().isEmpty()) {
      ArrayNode ended = json.putArray("ended");
      manifest.ended().forEach(ended::add);
    }
    return json;
  }

  private static void put(SavedStep step, ObjectNode json) {
    json.put("id", step.id());
    json.put("kind", step.isOperator() ? "operator" : "keyed");
    json.put("keyGroups", step.keyGroups());
    if (!step.isOperator()) {
      json.put("keyType", step.keyType());
    }
    ArrayNode states = json.putArray("states");
    step.states().forEach(state -> put(state, states.addObject()));
    ArrayNode files = json.putArray("files");
    for (GroupFile file : step.files()) {
      ObjectNode each = files.addObject();
      each.put("keyGroup", file.group());
      each.put("name", file.name());
      each.put("bytes", file.size());
      each.put("crc32c", HexFormat.of().toHexDigits(file.crc32c()));
      each.put("keys", file.keys());
      each.put("entries", file.entries());
      ArrayNode own = each.putArray("states");
      file.states().forEach(state -> put(state, own.addObject()));
    }
  }

  private static void put(SavedState state, ObjectNode json) {
    json.put("name", state.name()).put("kind", state.kind());
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException what is wrong with it
   */
  static SavepointManifest decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int body = text.length() - END.length() - HEX - CHECKSUM.length();
    if (body < 0
        || !text.startsWith(CHECKSUM, body)
        || !text.endsWith(END)
        || !text.startsWith(checksum(text.substring(0, body)), body + CHECKSUM.length())) {
      throw new IllegalArgumentException("its checksum is not that of its text");
    }
    JsonNode json;
    try {
      json = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
    }
    int format = json.path("format").asInt();
    if (format != SavepointManifest.FORMAT) {
      throw new IllegalArgumentException(
          "it has format "
              + format
              + ", this program reads format "
              + SavepointManifest.FORMAT
              + "; use the version that wrote it");
    }
    return read(json);
  }

  private static SavepointManifest read(JsonNode json) {
    List<SavedStep> steps = new ArrayList<>();
    json.path("steps").forEach(step -> steps.add(step(step)));
    return new SavepointManifest(
        json.path("dataflow").asText(),
        json.path("creation").asText(),
        json.path("checkpoint").asLong(),
        Instant.parse(json.path("completedAt").asText()),
        List.copyOf(steps),
        map(
            json.path("positions"),
            at -> new Position(at.path("partition").asText(), at.path("offset").asText())),
        map(json.path("generators"), JsonNode::asLong),
        map(json.path("watermarks"), JsonNode::asLong),
        map(json.path("handles"), ManifestJson::handles),
        ended(json.path("ended")));
  }

  private static SavedStep step(JsonNode json) {
    List<GroupFile> files = new ArrayList<>();
    for (JsonNode file : json.path("files")) {
      TreeSet<SavedState> states = new TreeSet<>();
      file.path("states")
          .forEach(
              s -> states.add(new SavedState(s.path("name").asText(), s.path("kind").asText())));
      files.add(
          new GroupFile(
              file.path("keyGroup").asInt(),
              file.path("name").asText(),
              file.path("bytes").asLong(),
              HexFormat.fromHexDigits(file.path("crc32c").asText()),
              file.path("keys").asLong(),
              file.path("entries").asLong(),
              states));
    }
    JsonNode keyType = json.get("keyType");
    return new SavedStep(
        json.path("id").asText(),
        json.path("keyGroups").asInt(),
        keyType == null ? null : keyType.asText(),
        files);
  }

  private static Set<String> ended(JsonNode json) {
    Set<String> ended = new TreeSet<>();
    json.forEach(step -> ended.add(step.asText()));
    return ended;
  }

  private static List<byte[]> handles(JsonNode json) {
    List<byte[]> handles = new ArrayList<>();
    json.forEach(handle -> handles.add(Base64.getDecoder().decode(handle.asText())));
    return handles;
  }

  private static <T> Map<String, T> map(JsonNode json, Function<JsonNode, @Nullable T> value) {
    Map<String, T> map = new TreeMap<>();
    json.fields().forEachRemaining(field -> map.put(field.getKey(), value.apply(field.getValue())));
    return map;
  }
}
