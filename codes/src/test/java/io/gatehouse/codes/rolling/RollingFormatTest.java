package io.gatehouse.codes.rolling;

import static io.gatehouse.codes.rolling.RollingFixtures.MASTER;
import static io.gatehouse.codes.rolling.RollingFixtures.SITE;
import static io.gatehouse.codes.rolling.RollingFixtures.bound;
import static io.gatehouse.codes.rolling.RollingFixtures.employee;
import static io.gatehouse.codes.rolling.RollingFixtures.holder;
import static io.gatehouse.codes.rolling.RollingFixtures.rolling;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The vectors of ROLLING-FORMAT.md, as they stand there, each made by the code and by the platform's HMAC alone. */
class RollingFormatTest {
    private static final Map<String, String> VECTORS = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws IOException {
        Matcher line = Pattern.compile("(?m)^    ([a-z0-9 ]+) = (.+)$")
                .matcher(Files.readString(Path.of("ROLLING-FORMAT.md")));
        while (line.find()) {
            VECTORS.merge(line.group(1).strip(), line.group(2).strip(), String::concat);
        }
    }

    private static String vector(String name) {
        return Objects.requireNonNull(VECTORS.get(name), name);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** One block of RFC 5869, which is all that 32 bytes take. */
    private static byte[] hkdf(byte[] key, byte[]... info) throws Exception {
        byte[][] parts = Arrays.copyOf(info, info.length + 1);
        parts[info.length] = new byte[] {1};
        return hmac(hmac(ascii("gatehouse rolling 1"), key), parts);
    }

    @Test
    void derivesTheSecretsOfTheVectors() throws Exception {
        byte[] site = hkdf(bytes(vector("master")), ascii("site"), bytes(vector("site id")), ascii(vector("site")));
        assertThat(hex(site)).isEqualTo(vector("site secret")).isEqualTo(hex(SITE.exportSecret()));
        assertThat(MASTER).hasToString("RollingMaster[secret]");
        byte[] pass = hkdf(site, ascii("pass"), new byte[] {15}, bytes(vector("pass")));
        assertThat(hex(pass))
                .isEqualTo(vector("pass secret"))
                .isEqualTo(hex(rolling().exportSecret()));
        assertThat(vector("pass")).isEqualTo(hex(employee().build().toBytes()));
    }

    @Test
    void showsTheCodesOfTheVectors() throws Exception {
        Instant at = Instant.parse(vector("time"));
        long step = RollingStep.STANDARD.of(at);
        assertThat(step).isEqualTo(Long.parseLong(vector("step")));
        byte[] mac = hmac(
                bytes(vector("pass secret")),
                java.nio.ByteBuffer.allocate(8).putLong(step).array());
        assertThat(hex(Arrays.copyOf(mac, 8))).isEqualTo(vector("mac"));
        String code = vector("site id") + vector("mac") + vector("pass");
        assertThat(hex(rolling().at(at).bytes())).isEqualTo("47483200" + code);
        assertThat(rolling().at(at).text()).isEqualTo(vector("text"));
        assertThat(rolling().at(at).digits()).isEqualTo(vector("digits"));
    }

    @Test
    void showsTheSignedCodeOfTheVectors() {
        Instant at = Instant.parse(vector("time"));
        String message =
                hex(HolderPass.message(bound().pass().id(), RollingStep.STANDARD, RollingStep.STANDARD.of(at)));
        assertThat(message).isEqualTo(vector("signed bytes"));
        String step = String.format("%08x", Long.parseLong(vector("step")));
        assertThat(hex(bound().token())).isEqualTo(vector("token"));
        assertThat(hex(holder().at(at).bytes())).isEqualTo("47483300" + step + vector("signature") + vector("token"));
    }
}
