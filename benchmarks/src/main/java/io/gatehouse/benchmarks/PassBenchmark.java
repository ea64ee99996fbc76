package io.gatehouse.benchmarks;

import io.gatehouse.codes.keys.HolderKey;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyKind;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.codes.rolling.HolderPass;
import io.gatehouse.codes.rolling.HolderVerifier;
import io.gatehouse.codes.rolling.RollingMaster;
import io.gatehouse.codes.rolling.RollingStep;
import io.gatehouse.codes.rolling.RollingVerifier;
import io.gatehouse.codes.rolling.ShownCode;
import io.gatehouse.codes.rolling.SiteSecret;
import io.gatehouse.codes.rolling.StepRegister;
import io.gatehouse.codes.token.HolderReference;
import io.gatehouse.codes.token.IssuedPass;
import io.gatehouse.codes.token.Pass;
import io.gatehouse.codes.token.PassIssuer;
import io.gatehouse.codes.token.PassType;
import io.gatehouse.codes.token.PassVerifier;
import io.gatehouse.codes.token.Presentation;
import io.gatehouse.codes.token.StatusReference;
import io.gatehouse.codes.token.Verification;
import io.gatehouse.codes.token.VerificationOptions;
import io.gatehouse.codes.token.ZoneGrant;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

/**
 * A whole verification of a pass (text to verdict), in each of its forms, beside the bare Ed25519 verification of as many
 * bytes by the same library, with the public key decoded before in both. Codes that change with time follow; their
 * register answers from memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class PassBenchmark {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final SigningKey key = SigningKey.generate(KeyId.of(1), new SecureRandom());
    private final SigningKey phone = SigningKey.generate(KeyId.of(2), new SecureRandom());
    private final KeyRing ring = KeyRing.of(key.issuerKey());
    private final SiteSecret site = RollingMaster.generate(new SecureRandom()).siteSecret(KeyId.of(3), "north");
    private final Presentation presentation = Presentation.atDesk(NOW.plusSeconds(60));
    private final PassIssuer issuer = PassIssuer.create(key, () -> ring, () -> NOW);
    private final PassVerifier verifier =
            PassVerifier.create(() -> ring, VerificationOptions.DEFAULT.withStatuses((status, at) -> Optional.empty()));
    private final StepRegister register = (pass, start, until) -> true;
    private final RollingVerifier rollingVerifier =
            RollingVerifier.create(() -> List.of(site), verifier, register, RollingStep.STANDARD);
    private final HolderVerifier holderVerifier = HolderVerifier.create(verifier, register, RollingStep.STANDARD);

    private Pass pass = pass(NOW).build();
    private byte[] text = {};
    private byte[] digits = {};
    private byte[] bytes = {};
    private byte[] rolling = {};
    private byte[] holders = {};
    private Ed25519.PublicPoint point = point(key.issuerKey().publicKey());
    private byte[] message = {};
    private byte[] signature = {};

    private static Ed25519.PublicPoint point(byte[] publicKey) {
        return Objects.requireNonNull(Ed25519.validatePublicKeyFullExport(publicKey, 0), "public key");
    }

    /** Signs one pass, shows it in each way, and signs a bare message as long as what is signed of the pass. */
    @Setup
    public void sign() {
        pass = pass(NOW).build();
        IssuedPass issued = issuer.issue(pass);
        text = issued.text().getBytes(StandardCharsets.US_ASCII);
        digits = issued.digits().getBytes(StandardCharsets.US_ASCII);
        bytes = issued.bytes();
        rolling = ascii(site.rollingPass(pass, RollingStep.STANDARD).at(presentation.at()));
        HolderKey holderKey = HolderKey.of(KeyKind.ED25519, phone.issuerKey().publicKey());
        IssuedPass bound = issuer.issue(pass(NOW).holderKey(holderKey).build());
        holders = ascii(HolderPass.of(bound, RollingStep.STANDARD, phone::sign).at(presentation.at()));
        point = point(key.issuerKey().publicKey());
        // The Signature1 structure around headers of 7 bytes: 12 for its head and context, 8, 1, and 2 before the
        // claims.
        message = new byte[issued.token().length - 78 + 23];
        signature = key.sign(message);
    }

    private static byte[] ascii(ShownCode code) {
        return code.text().getBytes(StandardCharsets.US_ASCII);
    }

    private static Pass.Builder pass(Instant from) {
        return Pass.builder(StatusReference.of(7, 123_456), PassType.EMPLOYEE, HolderReference.of("104217"))
                .zones(new ZoneGrant(1, List.of(0, 3)))
                .valid(from, from.plus(Duration.ofHours(8)));
    }

    /** The peer: Bouncy Castle alone. */
    @Benchmark
    public boolean bareEd25519Verify() {
        return Ed25519.verify(signature, 0, point, message, 0, message.length);
    }

    @Benchmark
    public Verification verify() {
        return verifier.verify(text, presentation);
    }

    @Benchmark
    public Verification verifyDigits() {
        return verifier.verify(digits, presentation);
    }

    @Benchmark
    public Verification verifyBytes() {
        return verifier.verify(bytes, presentation);
    }

    @Benchmark
    public Verification verifyRolling() {
        return rollingVerifier.verify(rolling, presentation);
    }

    @Benchmark
    public Verification verifyHolders() {
        return holderVerifier.verify(holders, presentation);
    }

    @Benchmark
    public String issue() {
        return issuer.issue(pass).text();
    }
}
