package io.gatehouse.devices.alarm;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The bytes of an alarm latch: a line each, and the digest of the lines, so that half a file is not taken for calm. */
final class LatchCodec {
    private static final String HEAD = "gatehouse alarm latch 1\n";

    private LatchCodec() {}

    static byte[] encode(List<Alarm> alarms) {
        StringBuilder text = new StringBuilder(HEAD);
        for (Alarm alarm : alarms) {
            text.append(alarm.kind())
                    .append(' ')
                    .append(alarm.at().toEpochMilli())
                    .append(' ')
                    .append(URLEncoder.encode(alarm.scope(), StandardCharsets.UTF_8))
                    .append(' ')
                    .append(URLEncoder.encode(alarm.cause(), StandardCharsets.UTF_8))
                    .append('\n');
        }
        return text.append(sha256(text.toString())).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    static List<Alarm> decode(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int digestAt = text.lastIndexOf('\n', text.length() - 2) + 1;
        String lines = text.substring(0, digestAt);
        if (!lines.startsWith(HEAD) || !text.substring(digestAt).equals(sha256(lines) + "\n")) {
            throw new IOException("it is damaged");
        }
        List<Alarm> alarms = new ArrayList<>();
        for (String line : lines.substring(HEAD.length()).lines().toList()) {
            alarms.add(decodeLine(line));
        }
        return List.copyOf(alarms);
    }

    private static Alarm decodeLine(String line) throws IOException {
        try {
            String[] parts = line.split(" ", -1);
            return new Alarm(
                    Alarm.Kind.valueOf(parts[0]),
                    URLDecoder.decode(parts[2], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[3], StandardCharsets.UTF_8),
                    Instant.ofEpochMilli(Long.parseLong(parts[1])));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("it is of another version", e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
