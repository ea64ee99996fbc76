package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Refused;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.LedgerEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchLimitTest {
    private static final PersonId ANNA = PersonId.of("anna");
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final Template anna = new Faces(41).any();
    private Instant now = START;

    @TempDir
    Path folder;

    @Test
    @DisplayName("ATT-6 Searches beyond the limit are refused, and told together in the ledger")
    void refusesAndTellsTogether() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder)) {
            try (Gallery gallery = house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                    .limit(SearchLimit.perMinute(60, 3))
                    .open()) {
                gallery.enrol(ANNA, anna);
                assertThat(found(gallery, SearchOptions.DEFAULT, 3)).isEqualTo(3);
                assertThat(search(gallery, SearchOptions.DEFAULT))
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused -> assertThat(refused.reason().code()).isEqualTo("gallery.too-many-searches"));
                assertThat(gallery.verify(Purpose.ACCESS, ANNA, anna, 1e-3)).isInstanceOf(Refused.class);
                assertThat(found(gallery, SearchOptions.DEFAULT, 100)).isZero();
                house.pass(Duration.ofSeconds(2));
                assertThat(found(gallery, SearchOptions.DEFAULT, 100)).isEqualTo(2);
                assertThat(refusals(house)).containsExactly("1");
                house.pass(Duration.ofMinutes(1));
                assertThat(search(gallery, SearchOptions.DEFAULT)).isInstanceOf(Known.class);
                assertThat(refusals(house)).containsExactly("1", "199");
                assertThat(found(gallery, SearchOptions.DEFAULT, 12)).isEqualTo(2);
                assertThat(gallery.identify(Purpose.ATTENDANCE, anna, SearchOptions.DEFAULT))
                        .isInstanceOf(Refused.class);
                assertThat(house.recorded(Gallery.SEARCH_REFUSED))
                        .as("another purpose is recorded each time")
                        .hasSize(1);
            }
            assertThat(refusals(house)).as("the rest at the end").containsExactly("1", "199", "10");
        }
    }

    @Test
    void oneCallerDoesNotUseUpWhatAnotherMay() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                        .limit(SearchLimit.perSecond(10, 10))
                        .limitPerCaller(SearchLimit.perSecond(1, 4))
                        .open()) {
            gallery.enrol(ANNA, anna);
            assertThat(found(gallery, SearchOptions.DEFAULT.by("east"), 20)).isEqualTo(4);
            assertThat(found(gallery, SearchOptions.DEFAULT.by("west"), 20)).isEqualTo(4);
            assertThat(found(gallery, SearchOptions.DEFAULT, 20))
                    .as("what the gallery's limit leaves")
                    .isEqualTo(2);
            assertThat(house.recorded(Gallery.SEARCHES_LIMITED))
                    .extracting(event -> Optional.ofNullable(event.facts().get("caller")))
                    .containsExactly(Optional.of("east"), Optional.of("west"), Optional.empty());
        }
    }

    @Test
    void aBatchTakesAPlaceForEachProbeOrNone() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                        .limit(SearchLimit.perSecond(1, 5))
                        .open()) {
            gallery.enrol(ANNA, anna);
            assertThat(gallery.identifyAll(Purpose.ACCESS, Collections.nCopies(3, anna), SearchOptions.DEFAULT))
                    .hasOnlyElementsOfType(Known.class);
            assertThat(gallery.identifyAll(Purpose.ACCESS, Collections.nCopies(3, anna), SearchOptions.DEFAULT))
                    .hasSize(3)
                    .hasOnlyElementsOfType(Refused.class);
            assertThat(found(gallery, SearchOptions.DEFAULT, 5)).isEqualTo(2);
            assertThatThrownBy(() ->
                            gallery.identifyAll(Purpose.ACCESS, Collections.nCopies(6, anna), SearchOptions.DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a batch of 6 probes never comes through");
        }
    }

    @Test
    @DisplayName(
            "A clock that is set back locks nobody out, and one that is set about opens the gate no wider than a burst")
    void outlivesAClockThatJumps() {
        Limiter limiter = new Limiter(Optional.of(SearchLimit.perSecond(1, 5)), Optional.empty(), () -> now);
        assertThat(allowed(limiter, 20)).isEqualTo(5);
        now = START.minus(Duration.ofDays(3));
        assertThat(allowed(limiter, 20)).as("set back").isZero();
        now = now.plusSeconds(2);
        assertThat(allowed(limiter, 20)).as("goes on from there").isEqualTo(2);
        now = START.plus(Duration.ofDays(400_000));
        assertThat(allowed(limiter, 20)).as("set forward").isEqualTo(5);
        now = Instant.MIN;
        assertThat(allowed(limiter, 20)).isZero();
        now = Instant.MAX;
        assertThat(allowed(limiter, 20)).isEqualTo(5);
        now = START;
        assertThat(allowed(limiter, 20)).isZero();
        now = START.plusSeconds(1);
        assertThat(allowed(limiter, 20)).isEqualTo(1);
    }

    @Test
    void neverLetsMoreThroughThanRateAndBurst() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            SearchLimit limit = SearchLimit.perSecond(1 + random.nextInt(20), 1 + random.nextInt(20));
            Limiter limiter = new Limiter(Optional.empty(), Optional.of(limit), () -> now);
            Instant begun = now;
            long allowed = 0;
            for (int i = 0; i < 500; i++) {
                now = now.plusMillis(random.nextInt(100));
                allowed += limiter.take(Optional.of("one"), 1).isAllowed() ? 1 : 0;
                double most = limit.burst()
                        + limit.searches() * (Duration.between(begun, now).toNanos() / 1e9);
                assertThat(allowed).isLessThanOrEqualTo((long) Math.floor(most + 1e-6));
            }
        }
    }

    @Test
    void namesMadeUpGetNoMoreThanThoseThatThereAre() {
        Limiter limiter = new Limiter(Optional.empty(), Optional.of(SearchLimit.perSecond(1, 2)), () -> now);
        int allowed = 0;
        for (int i = 0; i < 5_000; i++) {
            allowed += limiter.take(Optional.of("caller" + i), 2).isAllowed() ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(1_001);
        now = now.plusSeconds(10);
        assertThat(limiter.take(Optional.of("somebody-else"), 2).isAllowed())
                .as("those who pause are forgotten")
                .isTrue();
    }

    @Test
    void refusesLimitsThatMeanNothing() {
        assertThatThrownBy(() -> SearchLimit.perSecond(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SearchLimit.perSecond(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SearchLimit(1, Duration.ZERO, 1)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new SearchLimit(1, Duration.ofDays(-1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SearchLimit(1, Duration.ofDays(1), Integer.MAX_VALUE))
                .hasMessageContaining("longer than can be counted");
    }

    private static int allowed(Limiter limiter, int asked) {
        int allowed = 0;
        for (int i = 0; i < asked; i++) {
            allowed += limiter.take(Optional.empty(), 1).isAllowed() ? 1 : 0;
        }
        return allowed;
    }

    private int found(Gallery gallery, SearchOptions options, int searches) {
        int found = 0;
        for (int i = 0; i < searches; i++) {
            found += search(gallery, options) instanceof Known ? 1 : 0;
        }
        return found;
    }

    private SearchResult search(Gallery gallery, SearchOptions options) {
        return gallery.identify(Purpose.ACCESS, anna, options);
    }

    private static Iterable<String> refusals(GalleryHouse house) {
        return house.recorded(Gallery.SEARCHES_LIMITED).stream()
                .map(LedgerEvent::facts)
                .map(facts -> facts.getOrDefault("refused", ""))
                .toList();
    }
}
