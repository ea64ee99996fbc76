package io.gatehouse.examples.quickstart.premises;

import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.symbol.QrOptions;
import io.gatehouse.codes.symbol.QrWriter;
import io.gatehouse.codes.token.HolderReference;
import io.gatehouse.codes.token.IssuedPass;
import io.gatehouse.codes.token.Pass;
import io.gatehouse.codes.token.PassId;
import io.gatehouse.codes.token.PassIdentifier;
import io.gatehouse.codes.token.PassIssuer;
import io.gatehouse.codes.token.PassType;
import io.gatehouse.codes.token.PassVerifier;
import io.gatehouse.codes.token.VerificationOptions;
import io.gatehouse.core.identity.PersonId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** Issues passes in QR codes, with a key that lives as long as the morning. Thread-safe. */
public final class PassOffice {
    private static final Duration LIFETIME = Duration.ofHours(12);

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final KeyRing ring;
    private final PassIssuer issuer;
    private final QrWriter qrWriter = QrWriter.create(QrOptions.DEFAULT);

    PassOffice(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        SigningKey key = SigningKey.generate(KeyId.of(1), random);
        this.ring = KeyRing.of(key.issuerKey());
        this.issuer = PassIssuer.create(key, () -> ring, clock);
    }

    /** A pass for one day, as often as its holder likes. */
    public IssuedPass dayPass(PersonId holder) {
        Instant now = clock.instant();
        return issuer.issue(pass(holder).valid(now, now.plus(LIFETIME)).build());
    }

    /** A pass that lets its holder in once. */
    public IssuedPass singlePass(PersonId holder) {
        Instant now = clock.instant();
        return issuer.issue(
                pass(holder).valid(now, now.plus(LIFETIME)).singleUse().build());
    }

    /** A pass whose time is over. */
    public IssuedPass expiredPass(PersonId holder) {
        Instant now = clock.instant();
        return issuer.issue(pass(holder)
                .valid(now.minus(LIFETIME), now.minus(Duration.ofHours(1)))
                .build());
    }

    private Pass.Builder pass(PersonId holder) {
        return Pass.builder(PassId.random(random), PassType.EMPLOYEE, HolderReference.of(holder.value()));
    }

    /** Draws a pass as a QR code and writes the picture whole or not at all. */
    public void draw(IssuedPass pass, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, qrWriter.write(pass.text()).toPng());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    PassIdentifier identifier() {
        return PassIdentifier.create(PassVerifier.create(() -> ring, VerificationOptions.DEFAULT));
    }
}
