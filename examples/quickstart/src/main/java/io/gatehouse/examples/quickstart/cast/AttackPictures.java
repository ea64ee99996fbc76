package io.gatehouse.examples.quickstart.cast;

import io.gatehouse.core.frame.FrameDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Pictures of presentation attacks (a print or a screen before the camera): files with {@code _F} in their names. */
public final class AttackPictures {
    private AttackPictures() {}

    /** Those in a folder; none if there is no such folder. */
    public static List<Photograph> in(Path folder, FrameDecoder decoder, Instant now) throws CannotStartException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Photograph> attacks = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(AttackPictures::isAttack).sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                FrameDecoder.Decoding decoding = decoder.decode(PhotoFolder.bytes(file), now, name);
                if (decoding instanceof FrameDecoder.Refused refused) {
                    throw new CannotStartException(refused.reason().text());
                }
                if (decoding instanceof FrameDecoder.Decoded decoded) {
                    attacks.add(new Photograph(name, decoded.frame()));
                }
            }
        } catch (IOException e) {
            throw new CannotStartException(folder + " cannot be read: check its permissions or leave --spoof out", e);
        }
        return attacks;
    }

    private static boolean isAttack(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.contains("_F") && name.endsWith(".jpg");
    }
}
