package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.KEY;
import static io.gatehouse.codes.token.Fixtures.RING;
import static io.gatehouse.codes.token.Fixtures.issue;
import static io.gatehouse.codes.token.Fixtures.visitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyKind;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.KeyScope;
import io.gatehouse.codes.keys.SigningKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyTest {
    @Test
    void derivesThePublicKeyOfTheRfc() {
        assertThat(HexFormat.of().formatHex(KEY.issuerKey().publicKey()))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    @Test
    void tellsNothingOfThePrivateKeyOrThePass() {
        String secret = HexFormat.of().formatHex(KEY.exportSecret());
        assertThat(KEY.toString()).isEqualTo("SigningKey[0102, secret]").doesNotContain(secret);

        Pass pass = visitor().build();
        IssuedPass issued =
                PassIssuer.create(KEY, () -> RING, () -> Fixtures.NOON).issue(pass);
        assertThat(issued.toString()).doesNotContain(issued.text()).doesNotContain("104217");
    }

    @Test
    void keepsAnExportedKey() {
        SigningKey generated = SigningKey.generate(KeyId.of(3), new SecureRandom());
        SigningKey again = SigningKey.of(KeyId.of(3), generated.exportSecret());
        assertThat(again.issuerKey()).isEqualTo(generated.issuerKey());
    }

    @Test
    void signsOnlyWithAnActiveKeyOfTheRing() {
        Pass pass = visitor().build();
        SigningKey impostor = SigningKey.generate(KEY.id(), new SecureRandom());
        assertThat(issue(pass)).startsWith("GH1:");
        for (KeyRing ring : new KeyRing[] {
            KeyRing.of(), RING.withRetired(KEY.id()), RING.withRevoked(KEY.id()), KeyRing.of(impostor.issuerKey())
        }) {
            PassIssuer issuer = PassIssuer.create(KEY, () -> ring, () -> Fixtures.NOON);
            assertThatIllegalStateException()
                    .isThrownBy(() -> issuer.issue(pass))
                    .withMessageContaining("0102");
        }
    }

    @Test
    void neverBringsAKeyBackOrUsesItsIdAgain() {
        KeyRing revoked = RING.withRevoked(KEY.id());
        assertThatIllegalArgumentException().isThrownBy(() -> revoked.withRetired(KEY.id()));
        assertThatIllegalArgumentException().isThrownBy(() -> revoked.with(KEY.issuerKey()));
        assertThatIllegalArgumentException().isThrownBy(() -> RING.withRevoked(KeyId.of(4)));
    }

    @Test
    void refusesBytesThatAreNoPublicKey() {
        byte[] smallOrder = new byte[32];
        smallOrder[0] = 1;
        byte[] noPoint = new byte[32];
        java.util.Arrays.fill(noPoint, (byte) 0xFF);
        for (byte[] bytes : new byte[][] {smallOrder, noPoint, new byte[31]}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IssuerKey.of(KeyId.of(1), KeyKind.ED25519, bytes, KeyScope.HOUSE_PASSES));
        }
    }
}
