package io.gatehouse.benchmarks;

import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.token.HolderReference;
import io.gatehouse.codes.token.Pass;
import io.gatehouse.codes.token.PassId;
import io.gatehouse.codes.token.PassIssuer;
import io.gatehouse.codes.token.PassType;
import io.gatehouse.codes.token.PassVerifier;
import io.gatehouse.codes.token.Presentation;
import io.gatehouse.codes.token.Verification;
import io.gatehouse.codes.token.VerificationOptions;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole verification of a pass (text to verdict) beside the bare Ed25519 verification of as many bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class PassBenchmark {
    private static final int SIGNED_BYTES = 80;

    private byte[] payload = {};
    private PassVerifier verifier = PassVerifier.create(() -> KeyRing.of(), VerificationOptions.DEFAULT);
    private Presentation presentation = Presentation.atDesk(Instant.EPOCH);
    private PassIssuer issuer = PassIssuer.create(
            SigningKey.generate(KeyId.of(1), new SecureRandom()), () -> KeyRing.of(), () -> Instant.EPOCH);
    private Pass pass = pass(Instant.EPOCH);
    private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    private final byte[] message = new byte[SIGNED_BYTES];
    private final byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];

    /** Signs one pass and one bare message. */
    @Setup
    public void sign() {
        Instant now = Instant.ofEpochSecond(1_800_000_000);
        SigningKey key = SigningKey.generate(KeyId.of(1), new SecureRandom());
        KeyRing ring = KeyRing.of(key.issuerKey());
        pass = pass(now);
        issuer = PassIssuer.create(key, () -> ring, () -> now);
        payload = issuer.issue(pass).text().getBytes(StandardCharsets.US_ASCII);
        verifier = PassVerifier.create(() -> ring, VerificationOptions.DEFAULT);
        presentation = Presentation.atDesk(now.plusSeconds(60));
        byte[] secret = key.exportSecret();
        Ed25519.generatePublicKey(secret, 0, publicKey, 0);
        Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
    }

    private static Pass pass(Instant from) {
        return Pass.builder(PassId.random(new SecureRandom()), PassType.EMPLOYEE, HolderReference.of("1001"))
                .valid(from, from.plus(Duration.ofHours(8)))
                .build();
    }

    /** The peer: Bouncy Castle alone. */
    @Benchmark
    public boolean bareEd25519Verify() {
        return Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    @Benchmark
    public Verification verify() {
        return verifier.verify(payload, presentation);
    }

    @Benchmark
    public String issue() {
        return issuer.issue(pass).text();
    }
}
