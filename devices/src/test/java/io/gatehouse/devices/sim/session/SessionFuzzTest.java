package io.gatehouse.devices.sim.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a file says, it is a recorded session or refused by its line; with the environment variable JAZZER_FUZZ=1 new files are looked for. */
class SessionFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void readsOrRefusesAnyText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (String file : new String[] {text, Session.HEADER + "\n" + text}) {
            try {
                Session session = Session.parse(file);
                assertThat(Session.parse(session.text())).isEqualTo(session);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s)line \\d+: .*|a session has at most.*");
            }
        }
    }
}
