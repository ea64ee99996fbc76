package io.gatehouse.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.ledger.EventKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    @Test
    void hasItsConstants() {
        assertThat(DataClass.LEDGER).hasToString("ledger");
        assertThat(DataClass.FACE_TEMPLATE).isEqualTo(DataClass.of("face-template"));
        assertThat(Purpose.ACCESS).isEqualTo(Purpose.of("access"));
        assertThat(EventKind.DECISION).isEqualTo(EventKind.of("gate.decision"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a'b", "a\u0000b", "a\nb"})
    void refusesPersonIdsThatAreNotPlain(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> PersonId.of(id));
    }

    @Test
    void takesPersonIdsOfAnyScriptUpToTheirLimit() {
        assertThat(PersonId.of("日本-7")).hasToString("日本-7");
        assertThat(PersonId.of("x".repeat(64)).value()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> PersonId.of("x".repeat(65)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Face", "face_template", "-face", "1face"})
    void refusesWordsOfAnotherForm(String word) {
        assertThatIllegalArgumentException().isThrownBy(() -> DataClass.of(word));
        assertThatIllegalArgumentException().isThrownBy(() -> Purpose.of(word));
        assertThatIllegalArgumentException().isThrownBy(() -> EventKind.of(word));
    }

    @Test
    void refusesIncompleteIdentitiesAndLongKeys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Identity.Ambiguous(Method.FACE, List.of(PersonId.of("one"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.Known.of(PersonId.of("one"), Method.FACE, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new RedemptionKey("x".repeat(129), Instant.EPOCH));
        assertThatIllegalArgumentException().isThrownBy(() -> new RedemptionKey(" ", Instant.EPOCH));
    }

    @Test
    void leavesTheNameOutOfAPersonsText() {
        Person person = new Person(PersonId.of("one"), "Ada Planted", PersonKind.VISITOR, Set.of("guests"));
        assertThat(person.toString()).contains("one").doesNotContain("Ada");
    }
}
