package io.gatehouse.biometrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever the bytes of a descriptor, it is one or is refused in words that say where it is; with the environment variable
 * JAZZER_FUZZ=1 new ones are looked for. The kept seeds are the descriptors of this project, whole and broken.
 */
class PackDescriptorFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void readsOrRefuses(byte[] bytes) {
        try {
            PackDescriptor pack = PackDescriptor.parse(bytes, "fuzz");
            assertThat(pack.id()).isNotEmpty();
            assertThat(pack.files())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file.name()).doesNotContain("/"));
        } catch (ModelUnavailableException refused) {
            assertThat(refused).hasMessageContaining("fuzz");
        }
    }
}
