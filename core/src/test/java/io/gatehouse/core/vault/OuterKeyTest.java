package io.gatehouse.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key-encryption keys from key stores, devices and services. */
class OuterKeyTest {
    private static final char[] PASSWORD = "changeit-please".toCharArray();
    private static final byte[] KEY = "the store key, in whatever form it has".getBytes(StandardCharsets.UTF_8);
    private static final List<Path> SOFT_HSM = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
            Path.of("/usr/local/lib/softhsm/libsofthsm2.so"));

    @TempDir
    Path directory;

    private static void assertWraps(KeyEncryptionKey key) throws Exception {
        byte[] wrapped = key.wrap(KEY);
        assertThat(wrapped).isNotEqualTo(key.wrap(KEY));
        assertThat(new String(wrapped, StandardCharsets.ISO_8859_1)).doesNotContain("store key");
        assertThat(key.unwrap(wrapped)).isEqualTo(KEY);
        for (int length = 0; length < wrapped.length; length += 5) {
            byte[] cut = Arrays.copyOf(wrapped, length);
            assertThatThrownBy(() -> key.unwrap(cut)).isInstanceOf(VaultException.class);
        }
        for (int at = 0; at < wrapped.length; at += 3) {
            byte[] flipped = wrapped.clone();
            flipped[at] ^= 16;
            assertThatThrownBy(() -> key.unwrap(flipped)).isInstanceOf(VaultException.class);
        }
    }

    private Path pkcs12WithAes() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        byte[] aes = new byte[32];
        Arrays.fill(aes, (byte) 7);
        keys.setEntry(
                "outer",
                new KeyStore.SecretKeyEntry(new SecretKeySpec(aes, "AES")),
                new KeyStore.PasswordProtection(PASSWORD));
        Path file = directory.resolve("outer.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            keys.store(out, PASSWORD);
        }
        return file;
    }

    private static void run(List<String> command, Path config) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SOFTHSM2_CONF", config.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private Path pkcs12WithPair(String algorithm, String size) throws Exception {
        Path file = directory.resolve(algorithm + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String password = new String(PASSWORD);
        run(
                List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "outer",
                        "-keyalg",
                        algorithm,
                        size.isEmpty() ? "-v" : "-keysize",
                        size.isEmpty() ? "-v" : size,
                        "-dname",
                        "CN=gatehouse",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        password),
                directory);
        return file;
    }

    @Test
    void wrapsByAnAesKeyInAPkcs12File() throws Exception {
        Path file = pkcs12WithAes();
        try (KeyEncryptionKey key = KeyEncryptionKey.ofPkcs12(file, "outer", PASSWORD)) {
            assertWraps(key);
            assertThat(key.kind() + key).contains("outer").doesNotContain(new String(PASSWORD));
        }
        assertThatThrownBy(() -> KeyEncryptionKey.ofPkcs12(file, "outer", "not it".toCharArray()))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("password")
                .hasMessageNotContaining("not it");
        assertThatThrownBy(() -> KeyEncryptionKey.ofPkcs12(directory.resolve("none"), "outer", PASSWORD))
                .hasMessageContaining("is missing");
        try (KeyEncryptionKey none = KeyEncryptionKey.ofPkcs12(file, "another", PASSWORD)) {
            assertThatThrownBy(() -> none.wrap(KEY)).hasMessageContaining("There is no key 'another'");
        }
    }

    @Test
    void wrapsByAnRsaPairInAPkcs12File() throws Exception {
        try (KeyEncryptionKey rsa = KeyEncryptionKey.ofPkcs12(pkcs12WithPair("RSA", "2048"), "outer", PASSWORD);
                KeyEncryptionKey aes = KeyEncryptionKey.ofPkcs12(pkcs12WithAes(), "outer", PASSWORD)) {
            assertWraps(rsa);
            assertThat(rsa.unwrap(rsa.wrap(new byte[1_000]))).hasSize(1_000);
            assertThatThrownBy(() -> rsa.unwrap(aes.wrap(KEY))).hasMessageContaining("of another sort");
        }
    }

    @Test
    void refusesKeysThatAreTooShortOrOfAnotherSort() throws Exception {
        try (KeyEncryptionKey curve = KeyEncryptionKey.ofPkcs12(pkcs12WithPair("EC", ""), "outer", PASSWORD)) {
            assertThatThrownBy(() -> curve.wrap(KEY)).hasMessageContaining("AES or RSA key is needed");
        }
        try (KeyEncryptionKey small = KeyEncryptionKey.ofPkcs12(pkcs12WithPair("RSA", "1024"), "outer", PASSWORD)) {
            assertThatThrownBy(() -> small.wrap(KEY)).hasMessageContaining("2048 bits");
        }
    }

    @Test
    void wrapsByAKeyThatNeverLeavesAPkcs11Device() throws Exception {
        Path library = SOFT_HSM.stream().filter(Files::exists).findFirst().orElse(null);
        assumeTrue(library != null, "SoftHSM 2 is not installed here");
        Path tokens = Files.createDirectory(directory.resolve("tokens"));
        Path config = Files.writeString(
                directory.resolve("softhsm2.conf"), "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        // The library reads its settings from the environment when it is loaded, so that takes a process of its own.
        run(
                List.of(
                        "softhsm2-util",
                        "--init-token",
                        "--free",
                        "--label",
                        "gatehouse",
                        "--so-pin",
                        "12345678",
                        "--pin",
                        "1234"),
                config);
        Path p11 = Files.writeString(
                directory.resolve("pkcs11.cfg"),
                "name = Gatehouse\nlibrary = " + library + "\nslotListIndex = 0\n"
                        + "attributes(generate,CKO_SECRET_KEY,*) = {\n CKA_TOKEN = true\n CKA_EXTRACTABLE = false\n"
                        + " CKA_SENSITIVE = true\n CKA_ENCRYPT = true\n CKA_DECRYPT = true\n}\n");
        run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OuterKeyTest.class.getName(),
                        p11.toString()),
                config);
    }

    /** The part of the test with the device. */
    public static void main(String[] arguments) throws Exception {
        Provider device = Security.getProvider("SunPKCS11").configure(arguments[0]);
        KeyStore keys = KeyStore.getInstance("PKCS11", device);
        keys.load(null, "1234".toCharArray());
        javax.crypto.KeyGenerator generator = javax.crypto.KeyGenerator.getInstance("AES", device);
        generator.init(256);
        javax.crypto.SecretKey made = generator.generateKey();
        assertThat(made.getEncoded()).isNull();
        keys.setKeyEntry("gatehouse", made, null, null);
        try (KeyEncryptionKey key = KeyEncryptionKey.ofKeyStore(keys, "gatehouse", new char[0])) {
            assertWraps(key);
        }
    }

    @Test
    void wrapsByAnyTinkAeadAsACloudsKeyServiceGivesIt() throws Exception {
        Aead aead = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get())
                .getPrimitive(AeadConfig2026.get(), Aead.class);
        assertWraps(KeyEncryptionKey.ofService("key service", aead::encrypt, aead::decrypt));
        KeyEncryptionKey away =
                KeyEncryptionKey.ofService("cloud", OuterKeyTest::unreachable, OuterKeyTest::unreachable);
        assertThatThrownBy(() -> away.wrap(KEY))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("cloud");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyEncryptionKey.ofService(" ", aead::encrypt, aead::decrypt));
    }

    private static byte[] unreachable(byte[] bytes, byte[] associated) throws GeneralSecurityException {
        throw new GeneralSecurityException("no route to " + bytes.length + associated.length);
    }
}
