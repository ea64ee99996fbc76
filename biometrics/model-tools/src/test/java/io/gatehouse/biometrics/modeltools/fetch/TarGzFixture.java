package io.gatehouse.biometrics.modeltools.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes small ustar archives for tests. */
final class TarGzFixture {
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    TarGzFixture file(String prefix, String name, byte[] content) {
        return entry(prefix, name, content, content.length, '0');
    }

    TarGzFixture file(String name, byte[] content) {
        return file("", name, content);
    }

    TarGzFixture entry(String prefix, String name, byte[] content, long claimedSize, char type) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 124, String.format(Locale.ROOT, "%011o", claimedSize));
        header[156] = (byte) type;
        put(header, 257, "ustar");
        put(header, 345, prefix);
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o", sum));
        header[154] = 0;
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream gz = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gz)) {
            out.write(tar.toByteArray());
            out.write(new byte[1024]);
        }
        return gz.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
