package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.NOON;
import static io.gatehouse.codes.token.Fixtures.OPTIONS;
import static io.gatehouse.codes.token.Fixtures.visitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.codes.internal.text.Base45;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyKind;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuer keys that are kept well: in the vault, in a PKCS#12 file, in a device behind PKCS#11. */
class KeyStoreKeyTest {
    private static final String PASSWORD = "changeit-please";
    private static final KeyId ID = KeyId.of(0x0207);
    private static final List<Path> SOFT_HSM = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
            Path.of("/usr/local/lib/softhsm/libsofthsm2.so"));

    @TempDir
    Path directory;

    private static void run(Path config, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SOFTHSM2_CONF", config.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private Path pkcs12(String... algorithm) throws Exception {
        Path file = directory.resolve(algorithm[1] + ".p12");
        List<String> command = new ArrayList<>(List.of(tool("keytool"), "-genkeypair", "-alias", "issuer"));
        command.addAll(List.of(algorithm));
        command.addAll(List.of("-dname", "CN=gatehouse", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", file.toString()));
        run(directory, command.toArray(String[]::new));
        return file;
    }

    private static void assertIssues(SigningKey key, KeyKind kind) {
        assertThat(key.kind()).isEqualTo(kind);
        KeyRing ring = KeyRing.of(key.issuerKey());
        Pass pass = visitor().build();
        PassIssuer issuer = PassIssuer.create(key, () -> ring, () -> NOON);
        PassVerifier verifier = PassVerifier.create(() -> ring, OPTIONS);
        for (int i = 0; i < 8; i++) {
            String text = issuer.issue(pass).text();
            assertThat(verifier.verify(text, Presentation.atDesk(NOON)))
                    .isEqualTo(new Verification.Verified(pass, ID, ""));
            byte[] token =
                    Base45.decode(text.getBytes(StandardCharsets.US_ASCII), 4).orElseThrow();
            token[token.length - 70] ^= 1;
            assertThat(verifier.verify("GH1:" + Base45.encode(token), Presentation.atDesk(NOON)))
                    .isInstanceOf(Verification.Rejected.class);
        }
    }

    @Test
    void signsWithAKeyThatTheVaultSealed() throws Exception {
        try (Store store = Stores.open(directory.resolve("office.db"));
                KeyEncryptionKey outer = KeyEncryptionKey.ofKeyFile(directory.resolve("outer.key"));
                StoreVault vault = StoreVault.open(store, outer, () -> NOON)) {
            SigningKey made = SigningKey.generate(ID, new SecureRandom());
            byte[] sealed = made.seal(vault);
            assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
                    .doesNotContain(new String(made.exportSecret(), StandardCharsets.ISO_8859_1));
            SigningKey opened = SigningKey.ofSealed(ID, vault, sealed);
            assertThat(opened.issuerKey()).isEqualTo(made.issuerKey());
            assertIssues(opened, KeyKind.ED25519);
            assertThatIOException().isThrownBy(() -> SigningKey.ofSealed(KeyId.of(1), vault, sealed));
            byte[] altered = sealed.clone();
            altered[altered.length - 1] ^= 1;
            assertThatIOException().isThrownBy(() -> SigningKey.ofSealed(ID, vault, altered));
        }
    }

    @Test
    void signsWithAnEd25519KeyInAPkcs12File() throws Exception {
        Path file = pkcs12("-keyalg", "Ed25519");
        SigningKey key = SigningKey.ofPkcs12(ID, file, "issuer", PASSWORD.toCharArray());
        assertIssues(key, KeyKind.ED25519);
        assertThatIllegalStateException().isThrownBy(key::exportSecret);
        assertThat(key.toString()).doesNotContain(PASSWORD);
        assertThatIOException()
                .isThrownBy(() -> SigningKey.ofPkcs12(ID, file, "other", PASSWORD.toCharArray()))
                .withMessageContaining("'other'");
        assertThatIOException().isThrownBy(() -> SigningKey.ofPkcs12(ID, file, "issuer", "not it".toCharArray()));
        assertThatIOException()
                .isThrownBy(() -> SigningKey.ofPkcs12(ID, directory.resolve("none"), "issuer", PASSWORD.toCharArray()));
    }

    @Test
    void signsWithAnEcKeyInAPkcs12FileAndTakesOneFormOfItsSignaturesOnly() throws Exception {
        Path file = pkcs12("-keyalg", "EC", "-groupname", "secp256r1");
        SigningKey key = SigningKey.ofPkcs12(ID, file, "issuer", PASSWORD.toCharArray());
        assertIssues(key, KeyKind.P256);

        byte[] message = {1, 2, 3};
        byte[] signature = key.sign(message);
        BigInteger order = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
        BigInteger other = order.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
        byte[] bytes = other.toByteArray();
        byte[] turned = Arrays.copyOf(signature, 64);
        Arrays.fill(turned, 32, 64, (byte) 0);
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, turned, 64 - length, length);
        assertThat(key.issuerKey().verify(message, signature)).isTrue();
        assertThat(key.issuerKey().verify(message, turned)).isFalse();
    }

    @Test
    void refusesKeysOfAnotherKind() throws Exception {
        Path rsa = pkcs12("-keyalg", "RSA");
        assertThatIOException()
                .isThrownBy(() -> SigningKey.ofPkcs12(ID, rsa, "issuer", PASSWORD.toCharArray()))
                .withMessageContaining("of type RSA");
        Path p384 = directory.resolve("-keyalg.p12");
        run(
                directory,
                tool("keytool"),
                "-genkeypair",
                "-alias",
                "issuer",
                "-keyalg",
                "EC",
                "-groupname",
                "secp384r1",
                "-dname",
                "CN=g",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                p384.toString());
        assertThatIOException()
                .isThrownBy(() -> SigningKey.ofPkcs12(ID, p384, "issuer", PASSWORD.toCharArray()))
                .withMessageContaining("P-256");
    }

    @Test
    void signsWithAKeyThatNeverLeavesAPkcs11Device() throws Exception {
        Path library = SOFT_HSM.stream().filter(Files::exists).findFirst().orElse(null);
        assumeTrue(library != null, "SoftHSM 2 is not installed here");
        Path tokens = Files.createDirectory(directory.resolve("tokens"));
        Path config = Files.writeString(
                directory.resolve("softhsm2.conf"), "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        run(
                config,
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "gatehouse",
                "--so-pin",
                "12345678",
                "--pin",
                "1234");
        Path p11 = Files.writeString(
                directory.resolve("pkcs11.cfg"),
                "name = Gatehouse\nlibrary = " + library + "\nslotListIndex = 0\n"
                        + "attributes(generate,CKO_PRIVATE_KEY,*) = {\n CKA_EXTRACTABLE = false\n"
                        + " CKA_SENSITIVE = true\n}\n");
        run(
                config,
                tool("keytool"),
                "-genkeypair",
                "-alias",
                "issuer",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=gatehouse",
                "-keystore",
                "NONE",
                "-storetype",
                "PKCS11",
                "-storepass",
                "1234",
                "-addprovider",
                "SunPKCS11",
                "-providerarg",
                p11.toString());
        // The library reads its settings from the environment when it is loaded, so that takes a process of its own.
        run(
                config,
                tool("java"),
                "-cp",
                System.getProperty("java.class.path"),
                KeyStoreKeyTest.class.getName(),
                p11.toString());
    }

    /** The part of the test with the device. */
    public static void main(String[] arguments) throws Exception {
        Provider device = Security.getProvider("SunPKCS11").configure(arguments[0]);
        KeyStore keys = KeyStore.getInstance("PKCS11", device);
        keys.load(null, "1234".toCharArray());
        assertThat(keys.getKey("issuer", null).getEncoded()).isNull();
        assertIssues(SigningKey.ofKeyStore(ID, keys, "issuer", new char[0]), KeyKind.P256);
    }
}
