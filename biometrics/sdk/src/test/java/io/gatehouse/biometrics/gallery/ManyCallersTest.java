package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches by many at once, while people come and go. */
@Timeout(120)
class ManyCallersTest {
    private static final int CALLERS = 8;

    @TempDir
    Path folder;

    @Test
    @DisplayName("Who waits for a search is overtaken by nobody who came later")
    void comesInTheOrderOfTheLine() throws Exception {
        Line line = new Line(1);
        List<Integer> order = new CopyOnWriteArrayList<>();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch isIn = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Boolean>> turns = new ArrayList<>();
            turns.add(threads.submit(() -> line.turn(() -> {
                isIn.countDown();
                awaited(first);
                return order.add(0);
            })));
            isIn.await();
            for (int caller = 1; caller <= CALLERS; caller++) {
                int number = caller;
                // Each asks again at once, which gets it to the end of the line and not before the others.
                turns.add(threads.submit(() -> {
                    line.turn(() -> order.add(number));
                    return line.turn(() -> order.add(number));
                }));
                while (line.waiting() < caller) {
                    Thread.onSpinWait();
                }
            }
            first.countDown();
            for (Future<Boolean> turn : turns) {
                assertThat(turn.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(order.subList(0, CALLERS + 1))
                .isEqualTo(IntStream.rangeClosed(0, CALLERS).boxed().toList());
        assertThat(order).hasSize(2 * CALLERS + 1);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void letsNoMoreInThanMaySearchAtOnceAndFreesThePlaceOfWhoFails() throws Exception {
        Line line = new Line(2);
        AtomicInteger in = new AtomicInteger();
        List<Callable<Integer>> turns = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean fails = i % 7 == 0;
            turns.add(() -> {
                try {
                    return line.turn(() -> {
                        int now = in.incrementAndGet();
                        Thread.onSpinWait();
                        in.decrementAndGet();
                        if (fails) {
                            throw new IllegalStateException("as the test wants it");
                        }
                        return now;
                    });
                } catch (IllegalStateException e) {
                    return 1;
                }
            });
        }
        for (Future<Integer> turn : all(turns)) {
            assertThat(turn.get()).isBetween(1, 2);
        }
    }

    @Test
    @DisplayName("Every caller of many gets every answer, with one search at a time and changes in between")
    void answersEveryCaller() throws Exception {
        Faces faces = new Faces(51);
        Template anna = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                        .searchesAtOnce(1)
                        .open()) {
            gallery.enrol(PersonId.of("anna"), anna);
            List<Callable<Integer>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(() -> {
                    int found = 0;
                    for (int i = 0; i < 200; i++) {
                        found += search(gallery, anna) instanceof Known ? 1 : 0;
                    }
                    return found;
                });
            }
            callers.add(() -> {
                for (int i = 0; i < 20; i++) {
                    gallery.enrol(PersonId.of("p" + i), new Faces(i).any());
                }
                return 200;
            });
            for (Future<Integer> caller : all(callers)) {
                assertThat(caller.get()).isEqualTo(200);
            }
            assertThat(gallery.size()).isEqualTo(21);
        }
    }

    @Test
    void givesPartsOfASearchToTheExecutorAndStopsAtNothingWhenItHasNoTime() throws IOException {
        Faces faces = new Faces(52);
        Template anna = faces.any();
        AtomicInteger given = new AtomicInteger();
        Executor deaf = part -> given.incrementAndGet();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                        .searchThreads(deaf, 2, 1_500)
                        .open()) {
            gallery.enrol(PersonId.of("anna"), anna);
            for (int i = 1; i < 1_499; i++) {
                gallery.enrol(PersonId.of("p" + i), faces.any(), EnrolmentOptions.DEFAULT.withoutDuplicateCheck());
            }
            assertThat(search(gallery, anna)).isInstanceOf(Known.class);
            assertThat(given).as("too few references").hasValue(0);
            gallery.enrol(PersonId.of("last"), faces.any(), EnrolmentOptions.DEFAULT.withoutDuplicateCheck());
            assertThat(search(gallery, anna)).isInstanceOf(Known.class);
            assertThat(given).hasValue(1);
        }
    }

    @Test
    void refusesThreadsThatCannotBe() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder)) {
            GalleryBuilder builder = house.builder(Purpose.ACCESS, GalleryHouse.PACK);
            assertThatThrownBy(() -> builder.searchThreads(Runnable::run, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least 1 thread");
            assertThatThrownBy(() -> builder.searchThreads(Runnable::run, 2, 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder.searchesAtOnce(0)).hasMessageContaining("at least 1 search");
            builder.open().close();
        }
    }

    /** What is certain of a person: set after a change has returned, cleared before the next begins. */
    private enum Certain {
        HERE,
        GONE
    }

    /** A person, and a number that grows at each beginning and end of a change. */
    private static final class Subject {
        final PersonId person;
        final Faces faces;
        final AtomicInteger version = new AtomicInteger();
        volatile Certain state = Certain.GONE;
        volatile Template face;

        Subject(int number) {
            this.person = PersonId.of("subject" + number);
            this.faces = new Faces(1_000 + number);
            this.face = faces.any();
        }

        void change(Certain next, Callable<?> change) throws Exception {
            version.incrementAndGet();
            change.call();
            state = next;
            version.incrementAndGet();
        }
    }

    @Test
    @DisplayName(
            "ATT-9 ATT-10 A search that begins after an enrolment finds them, after a removal never, after a replacement"
                    + " by the new face only")
    void isLinearizableForEachPerson() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        List<Subject> subjects = IntStream.range(0, 4).mapToObj(Subject::new).toList();
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger judged = new AtomicInteger();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            for (int i = 0; i < 300; i++) {
                gallery.enrol(
                        PersonId.of("other" + i), new Faces(i).any(), EnrolmentOptions.DEFAULT.withoutDuplicateCheck());
            }
            CountDownLatch changing = new CountDownLatch(subjects.size());
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < subjects.size(); i++) {
                Random random = new Random(seed + i);
                Subject subject = subjects.get(i);
                work.add(() -> {
                    try {
                        return changes(gallery, subject, random);
                    } finally {
                        changing.countDown();
                        isOver.set(changing.getCount() == 0);
                    }
                });
            }
            for (int searcher = 0; searcher < 3; searcher++) {
                Random random = new Random(seed + 100 + searcher);
                work.add(() -> {
                    while (!isOver.get()) {
                        judge(gallery, subjects.get(random.nextInt(subjects.size())), judged);
                    }
                    return 0;
                });
            }
            for (Future<Integer> each : all(work)) {
                each.get();
            }
            for (Subject subject : subjects) {
                judge(gallery, subject, judged);
            }
        }
        System.out.println("searches with a certain answer: " + judged);
        assertThat(judged.get()).isGreaterThanOrEqualTo(subjects.size());
    }

    private static int changes(Gallery gallery, Subject subject, Random random) throws Exception {
        EnrolmentOptions options = EnrolmentOptions.DEFAULT.withoutDuplicateCheck();
        for (int i = 0; i < 25; i++) {
            if (subject.state == Certain.GONE) {
                subject.change(Certain.HERE, () -> gallery.enrol(subject.person, subject.face, options));
            } else if (random.nextBoolean()) {
                subject.change(Certain.GONE, () -> gallery.remove(subject.person));
            } else {
                Template old = subject.face;
                subject.change(Certain.HERE, () -> {
                    subject.face = subject.faces.any();
                    return gallery.enrol(subject.person, subject.face, options.replacing());
                });
                assertThat(search(gallery, old)).isInstanceOf(SearchResult.Unknown.class);
            }
        }
        return 25;
    }

    /** Where nothing changed from before the search until after it, there is one right answer. */
    private static void judge(Gallery gallery, Subject subject, AtomicInteger judged) {
        int before = subject.version.get();
        Certain state = subject.state;
        boolean isFound = search(gallery, subject.face) instanceof Known known
                && known.person().equals(subject.person);
        if (before % 2 == 0 && subject.version.get() == before) {
            assertThat(isFound).isEqualTo(state == Certain.HERE);
            judged.incrementAndGet();
        }
    }

    private static <T> List<Future<T>> all(List<Callable<T>> work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            return threads.invokeAll(work);
        } finally {
            threads.shutdownNow();
        }
    }

    private static SearchResult search(Gallery gallery, Template probe) {
        return gallery.identify(Purpose.ACCESS, probe, SearchOptions.DEFAULT);
    }
}
