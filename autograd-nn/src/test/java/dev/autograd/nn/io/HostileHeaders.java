package dev.autograd.nn.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autograd.nn.io.DamagedFiles.Sample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Safetensors files and models in them that nobody may read: each a lie, or no sense, of its own.
 */
final class HostileHeaders {

  /** What is said about a tensor {@code x}, in a file with four bytes of data. */
  private static final List<String> TENSORS =
      List.of(
          "1",
          "null",
          "true",
          "\"x\"",
          "[]",
          "{}",
          "[{}]",
          "{\"dtype\":\"F32\",\"shape\":[1]}",
          "{\"dtype\":\"F32\",\"data_offsets\":[0,4]}",
          "{\"shape\":[1],\"data_offsets\":[0,4]}");

  private static final List<String> DTYPES =
      List.of(
          "null",
          "1",
          "[]",
          "\"\"",
          "\"f32\"",
          "\"F32 \"",
          "\"F8_E4M3\"",
          "\"F8_E5M2\"",
          "\"F4\"",
          "\"C64\"",
          "\"U64\"",
          "\"F128\"",
          "\"F16\"",
          "\"F64\"",
          "\"I64\"",
          "\"BOOL\"");

  private static final List<String> SHAPES =
      List.of(
          "null",
          "1",
          "\"1\"",
          "{}",
          "[-1]",
          "[0]",
          "[2]",
          "[1,2]",
          "[1.0]",
          "[1e0]",
          "[\"1\"]",
          "[null]",
          "[true]",
          "[[1]]",
          "[-1,-1]",
          "[0,-1]",
          "[2147483647]",
          "[2147483648]",
          "[65536,65536]",
          "[4294967296,4294967296]",
          "[-9223372036854775808]",
          "[9223372036854775807,9223372036854775807]",
          "[9223372036854775808]",
          "[1073741825,4]",
          "[1e999999999]");

  private static final List<String> OFFSETS =
      List.of(
          "null",
          "4",
          "\"0,4\"",
          "{}",
          "[]",
          "[0]",
          "[0,4,4]",
          "[4,0]",
          "[-4,0]",
          "[0,-4]",
          "[0,3]",
          "[0,5]",
          "[0,8]",
          "[1,4]",
          "[1,5]",
          "[4,8]",
          "[4,4]",
          "[0,\"4\"]",
          "[0,4.0]",
          "[0,9223372036854775807]",
          "[9223372036854775803,9223372036854775807]",
          "[-9223372036854775808,-9223372036854775804]",
          "[0,18446744073709551616]");

  /** Headers without data. */
  private static final List<String> HEADERS =
      List.of(
          "{",
          "}",
          "[]",
          "null",
          "0",
          "\"x\"",
          " {}",
          "\t{}",
          "\n{}",
          "\uFEFF{}",
          "{}{}",
          "{} x",
          "{},",
          "{\"a\"}",
          "{\"a\":}",
          "{\"a\":NaN}",
          "{\"a\":Infinity}",
          "{\"a\":-}",
          "{a:1}",
          "{'a':1}",
          "{\"a\":1,}",
          "{,}",
          "{\"a\" 1}",
          "{\"a\":01}",
          "{\"a\":+1}",
          "{\"a\":.5}",
          "{\"a\":0x1}",
          "{\"a\":\"\\x\"}",
          "{\"a\":\"\\u12\"}",
          "{\"a",
          "{\"a\u0000\":1}",
          "{\"a\n\":1}",
          "{\"a\":tru}",
          "{/**/}",
          "{}//",
          "{\"a\":{\"b\":[}}",
          "{\"__metadata__\":1}",
          "{\"__metadata__\":null}",
          "{\"__metadata__\":[]}",
          "{\"__metadata__\":\"x\"}",
          "{\"__metadata__\":{\"a\":1}}",
          "{\"__metadata__\":{\"a\":null}}",
          "{\"__metadata__\":{\"a\":{}}}",
          "{\"__metadata__\":{\"a\":[\"b\"]}}",
          "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}",
          "{\"__metadata__\":{},\"__metadata__\":{}}",
          "{\"__metadata__\":{\"autograd.crc32c\":\"\"}}",
          "{\"__metadata__\":{\"autograd.crc32c\":\"00000000\"}}",
          "{\"__metadata__\":{\"autograd.crc32c\":\"297BD0AA\"}}");

  /** Models without tensors; the first ones are no models at all. */
  private static final List<String> CONFIGURATIONS =
      List.of(
          "",
          " ",
          "null",
          "[]",
          "{}",
          "{\"format\":\"autograd model\"}",
          "{\"format\":\"other\",\"version\":1,\"model\":{\"type\":\"Elu\",\"alpha\":1}}",
          "{\"format\":\"autograd model\",\"version\":1}",
          model("null", "\"version\":2"),
          model("null", "\"version\":\"1\""),
          model("null", "\"version\":1.0"),
          model("null", "\"version\":NaN"));

  private static final List<String> LAYERS =
      List.of(
          "null",
          "1",
          "[]",
          "{}",
          "\"Elu\"",
          "{\"type\":null}",
          "{\"type\":1}",
          "{\"type\":\"elu\"}",
          "{\"type\":\"java.lang.Runtime\"}",
          "{\"same\":\"\"}",
          "{\"same\":\"0\"}",
          "{\"type\":\"Elu\",\"alpha\":NaN}",
          "{\"type\":\"Elu\",\"alpha\":\"1\"}",
          "{\"type\":\"Elu\",\"alpha\":1,\"alpha\":2}",
          "{\"type\":\"Elu\",\"alpha\":1,\"more\":1}",
          "{\"type\":\"Elu\",\"alpha\":1,\"tied\":{\"a\":\"b\"}}",
          "{\"type\":\"Dropout\",\"probability\":1e999,\"seed\":0}",
          "{\"type\":\"Dropout\",\"probability\":-1,\"seed\":0}",
          "{\"type\":\"Dropout\",\"probability\":0.5,\"seed\":9223372036854775808}",
          "{\"type\":\"Softmax\",\"axis\":4294967295}",
          "{\"type\":\"Flatten\",\"from\":-1}",
          "{\"type\":\"Activation\",\"function\":\"exec\"}",
          "{\"type\":\"Sequential\",\"layers\":{}}",
          "{\"type\":\"Sequential\",\"layers\":[null]}",
          "{\"type\":\"Parallel\",\"branches\":[]}",
          "{\"type\":\"Concat\",\"axis\":1,\"branches\":[]}",
          "{\"type\":\"Residual\",\"body\":{\"same\":\"\"}}",
          "{\"type\":\"Residual\",\"body\":{\"same\":\"body\"}}",
          "{\"type\":\"Dense\",\"in\":1,\"out\":1,\"dtype\":\"F64\",\"activation\":\"relu\"}",
          "{\"type\":\"Dense\",\"in\":2147483647,\"out\":2147483647,\"dtype\":\"F64\",\"activation\":\"relu\"}",
          "{\"type\":\"Dense\",\"in\":-1,\"out\":1,\"dtype\":\"F64\",\"activation\":\"relu\"}",
          "{\"type\":\"Embedding\",\"rows\":2147483647,\"width\":1,\"dtype\":\"F64\"}",
          "{\"type\":\"RmsNorm\",\"dims\":[-1],\"dtype\":\"F64\",\"eps\":0}",
          "{\"type\":\"BatchNorm\",\"dims\":[2147483647],\"dtype\":\"F32\",\"momentum\":0,\"eps\":0}",
          "{\"type\":\"BatchNorm\",\"dims\":1,\"dtype\":\"F32\",\"momentum\":0,\"eps\":0}",
          "{\"type\":\"Conv1d\",\"in\":1,\"out\":1,\"groups\":0,\"kernel\":[1],\"dtype\":\"F64\"}",
          "{\"type\":\"Conv2d\",\"in\":65536,\"out\":65536,\"groups\":1,\"kernel\":[65536,65536],\"dtype\":\"F64\"}",
          "{\"type\":\"MaxPool1d\",\"kernel\":[0,0],\"stride\":[1,1],\"padding\":[0,0],\"dilation\":[1,1],"
              + "\"overhangs\":false,\"countsPadding\":false}",
          "{\"type\":\"MaxPool2d\",\"kernel\":[1],\"stride\":[1,1],\"padding\":[0,0],\"dilation\":[1,1],"
              + "\"overhangs\":false,\"countsPadding\":false}",
          "{\"type\":\"Recurrent\",\"reversed\":false,\"cell\":\"Cell\"}",
          "{\"type\":\"Recurrent\",\"reversed\":false,\"cell\":\"GruCell\",\"inputs\":1,\"units\":2147483647,"
              + "\"dtype\":\"F64\"}",
          "{\"type\":\"MultiHeadAttention\",\"heads\":1,\"causal\":false,\"query\":{\"type\":\"Elu\",\"alpha\":1}}");

  private HostileHeaders() {}

  private static String model(String layer, String version) {
    return "{\"format\":\"autograd model\"," + version + ",\"model\":" + layer + "}";
  }

  /** Returns all files. */
  static Stream<Sample> all() {
    return Stream.of(tensors(), headers(), lengths(), models()).flatMap(files -> files);
  }

  private static Stream<Sample> tensors() {
    String start = "{\"x\":{\"dtype\":";
    Stream<String> fields =
        Stream.of(
                TENSORS.stream().map(field -> "{\"x\":" + field + "}"),
                DTYPES.stream().map(t -> start + t + ",\"shape\":[1],\"data_offsets\":[0,4]}}"),
                SHAPES.stream()
                    .map(s -> start + "\"F32\",\"shape\":" + s + ",\"data_offsets\":[0,4]}}"),
                OFFSETS.stream()
                    .map(o -> start + "\"F32\",\"shape\":[1],\"data_offsets\":" + o + "}}"))
            .flatMap(headers -> headers);
    String x = "\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":";
    Stream<String> pairs =
        Stream.of("[0,2]}", "[1,3]}", "[0,2],\"more\":1}", "[2,4]},\"z\":1")
            .map(second -> "{" + x + "[0,2]}," + x.replace("x", "y") + second + "}");
    String twice = "{" + x + "[0,2]}," + x + "[2,4]}}";
    return Stream.of(fields, pairs, Stream.of(twice))
        .flatMap(headers -> headers)
        .map(header -> safetensors(header, 4));
  }

  private static Stream<Sample> headers() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    return Stream.concat(
        HEADERS.stream().map(header -> safetensors(header, 0)),
        Stream.of(
            safetensors("{\"a\":" + deep + "}", 0),
            safetensors("{\"a\":".repeat(101) + "1" + "}".repeat(101), 0),
            safetensors("{\"a\":" + "9".repeat(5000) + "}", 0),
            safetensors("{}", 1),
            safetensors(
                "{\"_\":1}".replace("_", "\u00c0\u0080").getBytes(ISO_8859_1), "\\xc0\\x80"),
            safetensors("{\"_\":1}".replace("_", "\u00ff").getBytes(ISO_8859_1), "\\xff"),
            safetensors(
                "{\"_\":1}".replace("_", "\u00e2\u0082").getBytes(ISO_8859_1), "\\xe2\\x82"),
            safetensors(
                "{\"_\":1}".replace("_", "\u00ed\u00a0\u0080").getBytes(ISO_8859_1),
                "\\xed\\xa0\\x80"),
            safetensors(
                "{\"_\":1}".replace("_", "\u00f5\u0080\u0080\u0080").getBytes(ISO_8859_1),
                "\\xf5\\x80\\x80\\x80")));
  }

  /** Returns files whose first eight bytes are not the length of what follows. */
  private static Stream<Sample> lengths() {
    Stream<Sample> wrong =
        Stream.of(
                0L,
                1L,
                3L,
                100L,
                100_000_000L,
                100_000_001L,
                1L << 31,
                1L << 32,
                Long.MAX_VALUE,
                -1L)
            .map(
                length ->
                    sample(
                        "safetensors of length " + length,
                        ByteBuffer.allocate(10)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .put("{}".getBytes(UTF_8))
                            .array()));
    Stream<Sample> cut =
        Stream.of(0, 1, 7, 8).map(n -> sample("safetensors of " + n + " bytes", new byte[n]));
    return Stream.concat(wrong, cut);
  }

  private static Stream<Sample> models() {
    Stream<String> bare =
        LayerTypes.standard()
            .toString()
            .lines()
            .flatMap(names -> Stream.of(names.substring(1, names.length() - 1).split(", ")))
            .filter(name -> !name.equals("SinusoidalPositions"))
            .map(name -> "{\"type\":\"" + name + "\"}");
    String residual = "{\"type\":\"Residual\",\"body\":";
    String deep = residual.repeat(200) + "1" + "}".repeat(200);
    return Stream.concat(
            CONFIGURATIONS.stream(),
            Stream.of(LAYERS.stream(), bare, Stream.of(deep))
                .flatMap(layers -> layers)
                .map(layer -> model(layer, "\"version\":1")))
        .map(HostileHeaders::modelFile);
  }

  private static Sample modelFile(String configuration) {
    Map<String, Object> texts = Map.of(ModelFile.CONFIGURATION, configuration);
    String header = Json.text(new TreeMap<>(Map.of(SafetensorsHeader.METADATA, texts)));
    return Sample.of("model " + configuration, ModelFile::load, bytes(header.getBytes(UTF_8), 0));
  }

  private static Sample safetensors(String header, int dataLength) {
    return sample("safetensors " + header, bytes(header.getBytes(UTF_8), dataLength));
  }

  private static Sample safetensors(byte[] header, String shown) {
    return sample("safetensors with the text " + shown, bytes(header, 0));
  }

  private static Sample sample(String name, byte... bytes) {
    return Sample.of(name, Safetensors::read, bytes);
  }

  private static byte[] bytes(byte[] header, int dataLength) {
    return ByteBuffer.allocate(8 + header.length + dataLength)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }
}
