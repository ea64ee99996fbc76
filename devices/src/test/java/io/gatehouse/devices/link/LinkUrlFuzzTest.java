package io.gatehouse.devices.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a configuration says is a link's URL or refused with what is valid; JAZZER_FUZZ=1 looks for new ones. */
class LinkUrlFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void takesOrRefusesAnyUrl(byte[] bytes) {
        String url = new String(bytes, StandardCharsets.UTF_8);
        for (String text : new String[] {url, "serial:/dev/x?" + url, "tcp:" + url, "mem:" + url}) {
            try {
                Links.create().check(text);
            } catch (IllegalArgumentException refused) {
                assertThat(refused)
                        .hasMessageMatching(
                                "(?s).*(valid are|such as|is not name=value|said twice|written tcp:|at most|contradicts).*");
            }
        }
    }
}
