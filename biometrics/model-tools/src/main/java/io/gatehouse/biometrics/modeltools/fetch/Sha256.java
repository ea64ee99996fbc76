package io.gatehouse.biometrics.modeltools.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest (FIPS 180-4) as 64 lower-case hex digits. Immutable. Throws {@link IllegalArgumentException} for anything else.
 *
 * @param hex the digits
 */
public record Sha256(String hex) {
    private static final int BUFFER_BYTES = 1 << 16;

    public Sha256 {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hex digits, this is '" + hex + "'");
        }
    }

    /** Digest of these bytes. */
    public static Sha256 of(byte[] bytes) {
        return new Sha256(HexFormat.of().formatHex(digest().digest(bytes)));
    }

    /** Digest of a file's bytes, read once. */
    public static Sha256 of(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    /** True if there is a file here and it has this digest. */
    public boolean matches(Path file) throws IOException {
        return Files.isRegularFile(file) && equals(of(file));
    }

    @Override
    public String toString() {
        return hex;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
