package io.gatehouse.biometrics.gallery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pieces of secret bytes, every 16 of them, and where in files any of them stands: a ciphertext of which a half is left is
 * found too. Not thread-safe.
 */
final class Traces {
    private static final int PIECE = 16;

    /** By the first eight bytes of a piece; the rest is compared then. */
    private final Map<Long, List<Trace>> pieces = new HashMap<>();

    private record Trace(String what, byte[] piece) {}

    /** From now on looks for these too. */
    void add(String what, byte[] secret) {
        for (int at = 0; at + PIECE <= secret.length; at += PIECE) {
            byte[] piece = Arrays.copyOfRange(secret, at, at + PIECE);
            pieces.computeIfAbsent(ByteBuffer.wrap(piece).getLong(), any -> new ArrayList<>())
                    .add(new Trace(what, piece));
        }
    }

    /** What is found in the files of a folder, each as what it is and in which file. */
    Set<String> in(Path folder) throws IOException {
        Set<String> found = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String what : in(Files.readAllBytes(file))) {
                    found.add(what + " in " + file.getFileName());
                }
            }
        }
        return found;
    }

    private Set<String> in(byte[] bytes) {
        Set<String> found = new HashSet<>();
        long window = 0;
        for (int i = 0; i < bytes.length; i++) {
            window = window << Byte.SIZE | (bytes[i] & 0xFF);
            int begin = i - Long.BYTES + 1;
            if (begin < 0 || begin + PIECE > bytes.length) {
                continue;
            }
            for (Trace trace : pieces.getOrDefault(window, List.of())) {
                if (Arrays.equals(bytes, begin, begin + PIECE, trace.piece, 0, PIECE)) {
                    found.add(trace.what);
                }
            }
        }
        return found;
    }
}
